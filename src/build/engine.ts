import { readFile } from "node:fs/promises";
import * as esbuild from "esbuild-wasm";
import { compile } from "#compile";
import type { Engine } from "#grade";
import { Machine } from "#machine";
import { ensureAssets, type AssetOptions } from "./assets.ts";

/** Compiler and machine on Node, from assets that are built when they are missing or old. */
export async function createNodeEngine(options: AssetOptions = {}): Promise<Engine> {
  const paths = await ensureAssets(options);
  const [bytes, guest, library] = await Promise.all([
    readFile(paths.wasmPath),
    readFile(paths.guestPath, "utf8"),
    readFile(paths.libraryPath, "utf8"),
  ]);
  const machine = Machine.create({ wasm: await WebAssembly.compile(bytes), guest });
  const { exports } = JSON.parse(library) as { exports: Record<string, readonly string[]> };
  return {
    compile: (input) => compile(esbuild, { ...input, library: exports }),
    load: (program) => machine.load(program),
  };
}
