import type { Program, SourceFiles } from "#compile";
import { createFifoChooser } from "#explorer";
import type { CheckInfo, Outcome } from "#machine";
import type { CheckBundle } from "#course";
import type { Engine, LoadedRunnable } from "./engine.ts";
import type { GradeDiagnostic } from "./verdict.ts";
import { describeOutcome } from "./words.ts";

/** One file of checks, loaded together with a submission. */
export interface Suite {
  readonly program: Program;
  readonly loaded: LoadedRunnable;
  readonly checks: readonly CheckInfo[];
  /** The text of the checks. */
  readonly text: string;
  /** What the learner's file must export. */
  readonly exportsOf: { readonly file: string; readonly names: readonly string[] };
}

export type SuitesResult =
  | { readonly ok: true; readonly suites: readonly Suite[] }
  | { readonly ok: false; readonly diagnostics: readonly GradeDiagnostic[] };

/** A mistake in an exercise's own files, found only by running them. */
export class ExerciseError extends Error {
  override readonly name = "ExerciseError";
}

/**
 * Compiles and loads an exercise's checks with a submission, and asks which checks there are.
 * The caller disposes what is loaded. Throws {@link ExerciseError} for an author's mistake.
 */
export async function loadSuites(
  engine: Engine,
  bundle: CheckBundle,
  submission: SourceFiles,
): Promise<SuitesResult> {
  const absent = bundle.files.filter((file) => !Object.hasOwn(submission, file));
  if (absent.length > 0) return { ok: false, diagnostics: absent.map(missingFile) };
  const suites: Suite[] = [];
  const texts = bundle.privateChecks === undefined ? [bundle.checks] : [bundle.checks, bundle.privateChecks];
  for (const text of texts) {
    const loaded = await loadSuite(engine, bundle, submission, text);
    if ("loaded" in loaded) {
      suites.push(loaded);
      continue;
    }
    disposeSuites(suites);
    return { ok: false, diagnostics: loaded.diagnostics };
  }
  requireDistinctChecks(bundle.slug, suites);
  return { ok: true, suites };
}

export function disposeSuites(suites: readonly Suite[]): void {
  for (const suite of suites) suite.loaded.dispose();
}

async function loadSuite(
  engine: Engine,
  bundle: CheckBundle,
  submission: SourceFiles,
  checks: string,
): Promise<Suite | { diagnostics: readonly GradeDiagnostic[] }> {
  const exportsOf = { file: bundle.files[0] ?? "main.ts", names: bundle.exports };
  const compiled = await engine.compile({
    files: submission,
    hidden: { "checks.ts": checks },
    entry: "checks.ts",
    exports: exportsOf,
  });
  if (!compiled.ok) return compiled;
  const { program } = compiled;
  const loaded = engine.load(program);
  const { outcome, checks: found } = loaded.run({ entry: { kind: "list" }, chooser: createFifoChooser() });
  if (outcome.kind === "passed") return { program, loaded, checks: found ?? [], text: checks, exportsOf };
  loaded.dispose();
  return { diagnostics: [doesNotLoad(outcome, program.hidden)] };
}

function missingFile(file: string): GradeDiagnostic {
  return {
    kind: "input",
    message: `The submission has no file \`${file}\`.`,
    hint: "Hand in every file that the exercise lets you edit.",
  };
}

function doesNotLoad(outcome: Outcome, hidden: readonly string[]): GradeDiagnostic {
  const { place } = outcome;
  return {
    kind: "load",
    message: `The program does not start. ${describeOutcome(outcome, hidden)}`,
    hint: "Code outside of functions runs before any check; move into functions what need not run there.",
    ...(place !== undefined && !hidden.includes(place.file) && { place }),
  };
}

function requireDistinctChecks(slug: string, suites: readonly Suite[]): void {
  const ids = suites.flatMap((suite) => suite.checks.map((check) => check.id));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new ExerciseError(`The exercise ${slug} has two checks called \`${twice}\`.`);
  if (ids.length === 0) throw new ExerciseError(`The exercise ${slug} registers no checks.`);
}
