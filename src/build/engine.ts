import { readFile } from "node:fs/promises";
import * as esbuild from "esbuild-wasm";
import { compile } from "#compile";
import type { Engine } from "#grade";
import { Machine, type EngineAssets } from "#machine";
import { ensureAssets, type AssetOptions } from "./assets.ts";

/** The engine on Node, and what its machine is made of: other threads make theirs of the same. */
export interface NodeEngine extends Engine {
  readonly assets: EngineAssets;
}

/** Compiler and machine on Node, from assets that are built when they are missing or old. */
export async function createNodeEngine(options: AssetOptions = {}): Promise<NodeEngine> {
  const paths = await ensureAssets(options);
  const [bytes, guest, library] = await Promise.all([
    readFile(paths.wasmPath),
    readFile(paths.guestPath, "utf8"),
    readFile(paths.libraryPath, "utf8"),
  ]);
  const assets = { wasm: await WebAssembly.compile(bytes), guest };
  const machine = Machine.create(assets);
  const { exports } = JSON.parse(library) as { exports: Record<string, readonly string[]> };
  return {
    compile: (input) => compile(esbuild, { ...input, library: exports }),
    load: (program) => machine.load(program),
    assets,
  };
}
