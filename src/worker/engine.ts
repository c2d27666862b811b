/** Composes the engine from what the site ships: compiler, guest machine, guest library. */
import * as esbuild from "esbuild-wasm/esm/browser";
import esbuildUrl from "esbuild-wasm/esbuild.wasm?url";
import { compile } from "#compile";
import type { Engine } from "#grade";
import { Machine, type EngineAssets } from "#machine";
import guest from "../../.generated/guest.js?raw";
import library from "../../.generated/library.json";
import vmUrl from "../../.generated/vm.wasm?url";

let compilerReady: Promise<void> | undefined;

/** Loads compiler and machine, at the same time. Throws where a file cannot be fetched. */
export async function loadEngine(): Promise<BrowserEngine> {
  const [assets] = await Promise.all([loadAssets(), loadCompiler()]);
  const machine = Machine.create(assets);
  return {
    compile: (input) => compile(esbuild, { ...input, library: library.exports }),
    load: (program) => machine.load(program),
    assets,
  };
}

/** The engine in a browser, and what its machine is made of: other workers make theirs of the same. */
export interface BrowserEngine extends Engine {
  readonly assets: EngineAssets;
}

async function loadAssets(): Promise<EngineAssets> {
  const wasm = await WebAssembly.compileStreaming(fetchFile(vmUrl)).catch(() => compileWhole(vmUrl));
  return { wasm, guest };
}

/** For servers that send WebAssembly under another type. */
async function compileWhole(url: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await (await fetchFile(url)).arrayBuffer());
}

async function fetchFile(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`A part of the simulated computer could not be fetched (${response.status}).`);
  return response;
}

/** The compiler starts once only, also when the machine beside it has to be fetched again; a failed start may be repeated. */
function loadCompiler(): Promise<void> {
  compilerReady ??= esbuild.initialize({ worker: false, wasmURL: esbuildUrl }).catch((error: unknown) => {
    compilerReady = undefined;
    throw error;
  });
  return compilerReady;
}
