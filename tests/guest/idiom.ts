import * as esbuild from "esbuild-wasm";

/** Everyday TypeScript: a program (or the body of its `main`) that prints texts and numbers. */
export type Idiom = readonly [title: string, program: string, lines: readonly string[]];

/** The module that `program` stands for. */
export function moduleOf(program: string): string {
  return program.includes("export function main") ? program : `export function main() {\n${program}\n}`;
}

/** What Node prints for the module, called by its `main`. */
export async function printedByNode(module: string): Promise<string[]> {
  const { code } = await esbuild.transform(module, { loader: "ts", format: "cjs", target: "es2024" });
  const lines: string[] = [];
  const console = { log: (...values: unknown[]) => void lines.push(values.map(String).join(" ")) };
  const exported: { exports: { main?: () => void } } = { exports: {} };
  // The text under test is a module; only evaluating it shows what it prints.
  new Function("module", "exports", "console", `"use strict";${code}`)(exported, exported.exports, console);
  exported.exports.main?.();
  return lines;
}
