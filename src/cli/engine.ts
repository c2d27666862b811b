import { readFile } from "node:fs/promises";
import * as esbuild from "esbuild-wasm";
import { ensureAssets } from "#build";
import { compile } from "#compile";
import type { Engine } from "#grade";
import { Machine } from "#machine";

/** Compiler and machine on Node, from assets that are built when they are missing or old. */
export async function createEngine(onProgress: (message: string) => void): Promise<Engine> {
  const paths = await ensureAssets({ onProgress });
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
