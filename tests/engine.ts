import { readFileSync } from "node:fs";
import * as esbuild from "esbuild-wasm";
import { compile, type Program } from "#compile";
import type { Chooser } from "#kernel";
import { type LoadedProgram, Machine, type RunOptions, type RunResult } from "#machine";
import { createPrng } from "#base";

/** The real engine for tests: one machine a test file, programs from TypeScript text. */
export const machine = Machine.create({
  wasm: new WebAssembly.Module(readFileSync(".generated/vm.wasm")),
  guest: readFileSync(".generated/guest.js", "utf8"),
});

const { exports: library } = JSON.parse(readFileSync(".generated/library.json", "utf8")) as {
  exports: Record<string, readonly string[]>;
};

/** Always the default: the current thread goes on, else the lowest. */
export const fifo: Chooser = { choose: (point) => point.preferred };

export function seeded(seed: number): Chooser {
  const prng = createPrng(seed);
  return { choose: (point) => prng.below(point.threads.length) };
}

/** Compiles `main.ts` (or several files); throws where it does not compile. */
export async function compileText(source: string | Record<string, string>): Promise<Program> {
  const files = typeof source === "string" ? { "main.ts": source } : source;
  const result = await compile(esbuild, { files, entry: "main.ts", library });
  if (!result.ok) throw new Error(result.diagnostics.map((diagnostic) => diagnostic.message).join("\n"));
  return result.program;
}

/** Loads `main.ts` together with hidden checks, as an exercise has them. */
export async function loadChecks(main: string, checks: string): Promise<LoadedProgram> {
  const input = { files: { "main.ts": main }, hidden: { "checks.ts": checks }, entry: "checks.ts", library };
  const result = await compile(esbuild, input);
  if (!result.ok) throw new Error(result.diagnostics.map((diagnostic) => diagnostic.message).join("\n"));
  return machine.load(result.program);
}

export async function load(source: string | Record<string, string>): Promise<LoadedProgram> {
  return machine.load(await compileText(source));
}

/** One run of a program that exports `main`. */
export async function run(source: string, options: Partial<RunOptions> = {}): Promise<RunResult> {
  return (await load(source)).run({ entry: { kind: "main" }, chooser: fifo, ...options });
}

/** What a program prints, a line each, under the default schedule; its outcome must be `passed`. */
export async function printed(source: string): Promise<string[]> {
  const result = await run(source);
  if (result.outcome.kind !== "passed") throw new Error(`${result.outcome.kind}: ${result.outcome.message}`);
  return result.printed.map((line) => line.text);
}

/** Kinds of outcome seen over `count` random schedules. */
export async function outcomes(source: string, count: number): Promise<Set<string>> {
  const loaded = await load(source);
  const kinds = new Set<string>();
  for (let seed = 0; seed < count; seed++)
    kinds.add(loaded.run({ entry: { kind: "main" }, chooser: seeded(seed) }).outcome.kind);
  return kinds;
}
