import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { markCards } from "./card-marking.ts";
import { findSuspending } from "./suspending-functions.ts";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** Where quickjs-wasi keeps its module, and binaryen its tools. */
export const QUICKJS_WASM = require.resolve("quickjs-wasi/quickjs.wasm");
export const WASM_OPT = require.resolve("binaryen/bin/wasm-opt");
const WASM_DIS = require.resolve("binaryen/bin/wasm-dis");

/** What the module uses of WebAssembly; its text does not say so. */
const FEATURES = [
  "mutable-globals",
  "nontrapping-float-to-int",
  "bulk-memory",
  "bulk-memory-opt",
  "sign-ext",
].map((feature) => `--enable-${feature}`);

export const ASYNCIFY_FLAGS = [
  "--mvp-features",
  ...FEATURES,
  "--asyncify",
  "--pass-arg=asyncify-imports@env.host_call",
  ...(process.env["ASYNCIFY_ASSERTS"] === "1" ? ["--pass-arg=asyncify-asserts"] : []),
  "-O3",
];

/**
 * Makes the module note what it writes (card-marking.ts) and suspendable: a host call may unwind the whole stack and
 * rebuild it later. The functions that can be on that stack are found first (suspending-functions.ts). About 25 s.
 */
export async function asyncify(output: string): Promise<void> {
  const text = `${output}.wat`;
  try {
    await runTool(WASM_DIS, [QUICKJS_WASM, "-o", text]);
    const code = await readFile(text, "utf8");
    const suspending = findSuspending(await readFile(QUICKJS_WASM), code).map((name) => name.slice(1));
    await writeFile(text, markCards(code));
    const only = `--pass-arg=asyncify-onlylist@${suspending.join(",")}`;
    await runTool(WASM_OPT, [text, ...ASYNCIFY_FLAGS, only, "-o", output]);
  } finally {
    await rm(text, { force: true });
  }
}

async function runTool(tool: string, args: readonly string[]): Promise<void> {
  await run(process.execPath, ["--stack-size=8000", tool, ...args]);
}
