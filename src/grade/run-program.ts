import type { Chooser } from "#kernel";
import type { Diagnostic, Program, SourceFiles } from "#compile";
import { createFifoChooser } from "#explorer";
import type { Entry, RunResult } from "#machine";
import type { Engine } from "./engine.ts";

/** One recorded run, with the program its sites belong to. */
export type ProgramRun =
  | { readonly ok: true; readonly program: Program; readonly result: RunResult }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface ProgramRunOptions {
  readonly files: SourceFiles;
  /** The file to start from. */
  readonly start: string;
  readonly entry: Entry;
  readonly chooser: Chooser;
}

/** Compiles files and runs them once, recorded. */
export async function runProgram(engine: Engine, options: ProgramRunOptions): Promise<ProgramRun> {
  const { files, start, entry, chooser } = options;
  const compiled = await engine.compile({ files, entry: start });
  if (!compiled.ok) return compiled;
  const loaded = engine.load(compiled.program);
  try {
    const result = loaded.run({ entry, chooser, record: true });
    return { ok: true, program: compiled.program, result };
  } finally {
    loaded.dispose();
  }
}

/** Runs `demo.ts` of the files once, under the default schedule. */
export function runDemo(engine: Engine, files: SourceFiles): Promise<ProgramRun> {
  return runProgram(engine, {
    files,
    start: "demo.ts",
    entry: { kind: "demo" },
    chooser: createFifoChooser(),
  });
}
