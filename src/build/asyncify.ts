import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** Where quickjs-wasi keeps its module, and binaryen its optimiser. */
export const QUICKJS_WASM = require.resolve("quickjs-wasi/quickjs.wasm");
export const WASM_OPT = require.resolve("binaryen/bin/wasm-opt");

export const ASYNCIFY_FLAGS = ["--asyncify", "--pass-arg=asyncify-imports@env.host_call", "-O3"];

/** Makes the module suspendable: after this pass a host call may unwind the whole stack and rebuild it later. About 15 s. */
export async function asyncify(output: string): Promise<void> {
  await run(process.execPath, ["--stack-size=8000", WASM_OPT, ...ASYNCIFY_FLAGS, QUICKJS_WASM, "-o", output]);
}
