import type { SourceFiles } from "#compile";
import type { CheckBundle } from "#course";
import type { CheckInfo, RunOptions } from "#machine";
import type { Engine } from "./engine.ts";
import { disposeSuites, loadSuites, type Suite } from "./suite.ts";
import type { GradeDiagnostic } from "./verdict.ts";

/** What all runs of a check have in common. */
export type CheckRunOptions = Pick<RunOptions, "entry" | "rules" | "limits">;

export function runOptionsOfCheck({ index, rules, callsMax }: CheckInfo): CheckRunOptions {
  return { entry: { kind: "check", index }, rules, ...(callsMax !== undefined && { limits: { callsMax } }) };
}

/** One check of a submission, loaded, to be run again. Dispose it when done. */
export interface OpenCheck {
  readonly suite: Suite;
  readonly info: CheckInfo;
  readonly runOptions: CheckRunOptions;
  dispose(): void;
}

export type OpenCheckResult =
  | { readonly kind: "open"; readonly check: OpenCheck }
  | { readonly kind: "absent" } // the exercise runs no check of this id
  | { readonly kind: "ungradable"; readonly diagnostics: readonly GradeDiagnostic[] };

/** Compiles and loads a submission with the exercise's checks, for the sake of one of them. */
export async function openCheck(
  engine: Engine,
  bundle: CheckBundle,
  submission: SourceFiles,
  id: string,
): Promise<OpenCheckResult> {
  const loading = await loadSuites(engine, bundle, submission);
  if (!loading.ok) return { kind: "ungradable", diagnostics: loading.diagnostics };
  const { suites } = loading;
  const dispose = (): void => disposeSuites(suites);
  for (const suite of suites) {
    const info = suite.checks.find((check) => check.id === id);
    if (info !== undefined)
      return { kind: "open", check: { suite, info, runOptions: runOptionsOfCheck(info), dispose } };
  }
  dispose();
  return { kind: "absent" };
}
