/**
 * Owns: exercise and submission to verdict. Does not own: compiling, running, searching; and never the console.
 */
import type { SourceFiles } from "#compile";
import {
  createFifoChooser,
  searchSteps,
  type SearchFailure,
  type SearchResult,
  type StrategyName,
} from "#explorer";
import type { CheckInfo, Outcome, RunWarning } from "#machine";
import type { CheckBundle } from "#course";
import type { Engine } from "./engine.ts";
import { findHint } from "./hints.ts";
import { showRun, type ShownRun } from "./shown-run.ts";
import { disposeSuites, loadSuites, type Suite } from "./suite.ts";
import { concludeUngradable, concludeVerdict } from "./verdict.ts";
import type { CheckEvidence, CheckStatus, CheckVerdict, Verdict } from "./verdict.ts";
import { describeOutcome } from "./words.ts";
import { describeWrongExport } from "./wrong-export.ts";

export interface GradeOptions {
  readonly seed?: number;
  /** Runs a check, instead of the exercise's budget; lifts the bound on kernel calls too. */
  readonly runs?: number;
  readonly strategy?: StrategyName;
  /** Only these checks, by id; the score is that of these alone. */
  readonly checks?: readonly string[];
  /** Record one more run of each check that passes, under the default schedule, to be looked at. */
  readonly showPassing?: boolean;
}

/** How far grading is: one before each check (`runs` and `of` are 0) and one after each run. */
export interface GradeProgress {
  readonly check: string;
  readonly title: string;
  /** Number of the check, from 1, and how many there are. */
  readonly number: number;
  readonly checks: number;
  readonly runs: number;
  readonly of: number;
  readonly kernelCalls: number;
  /** Checks that have failed so far. */
  readonly failed: number;
}

/** The failing run of a check, to be shown step by step. */
export interface CheckFailure extends ShownRun {
  readonly check: string;
  readonly outcome: Outcome;
  readonly message: string;
  /** The strategy that found it, and with which run. */
  readonly strategy: StrategyName;
  readonly run: number;
  readonly preemptions: number;
  readonly schedule: string;
  readonly proof: string;
}

/** What stands behind one check of the verdict. */
export interface CheckDetail {
  readonly id: string;
  /** What the check is about, where its author says so. */
  readonly explain?: string;
  readonly proof: string;
  readonly calls: number;
  readonly failure: CheckFailure | null;
  /** Of the failing run, else of the default schedule. */
  readonly warnings: readonly RunWarning[];
  /** The run under the default schedule of a check that passes, where it was asked for. */
  readonly passing?: ShownRun;
}

export interface GradeResult {
  readonly verdict: Verdict;
  readonly details: readonly CheckDetail[];
  readonly failures: readonly CheckFailure[];
}

interface Graded {
  readonly verdict: CheckVerdict;
  readonly evidence: CheckEvidence;
  readonly detail: CheckDetail;
}

/** Grades a submission, yielding after each run. Return the generator to stop: what was loaded is let go. */
export async function* gradeSteps(
  engine: Engine,
  bundle: CheckBundle,
  submission: SourceFiles,
  options: GradeOptions = {},
): AsyncGenerator<GradeProgress, GradeResult, void> {
  const loading = await loadSuites(engine, bundle, submission);
  if (!loading.ok) {
    const maxScore = Object.values(bundle.points).reduce((sum, points) => sum + points, 0);
    return {
      verdict: concludeUngradable(bundle.slug, maxScore, loading.diagnostics),
      details: [],
      failures: [],
    };
  }
  try {
    const graded: Graded[] = [];
    const checks = loading.suites
      .flatMap((suite) => suite.checks.map((info) => ({ suite, info })))
      .filter(({ info }) => options.checks?.includes(info.id) ?? true);
    for (const [index, { suite, info }] of checks.entries()) {
      const failedBefore = graded.filter((one) => one.verdict.status === "fail").length;
      const steps = searchSteps(suite.loaded, toSearchOptions(bundle, suite, info, options));
      const at = { check: info.id, title: info.title, number: index + 1, checks: checks.length };
      // Said before the first run, so that whoever watches can name the check that a run never comes back from.
      yield { ...at, runs: 0, of: 0, kernelCalls: 0, failed: failedBefore };
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) {
        const { runs, of, calls, failed } = step.value;
        yield { ...at, runs, of, kernelCalls: calls, failed: failedBefore + (failed ? 1 : 0) };
      }
      graded.push(toGraded(bundle, suite, info, step.value, options));
    }
    return toResult(bundle, graded);
  } finally {
    disposeSuites(loading.suites);
  }
}

/** {@link gradeSteps}, driven to its end. */
export async function grade(
  engine: Engine,
  bundle: CheckBundle,
  submission: SourceFiles,
  options: GradeOptions = {},
): Promise<GradeResult> {
  const steps = gradeSteps(engine, bundle, submission, options);
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}

function toSearchOptions(bundle: CheckBundle, suite: Suite, info: CheckInfo, options: GradeOptions) {
  const { runs, seed, strategy } = options;
  return {
    entry: { kind: "check", index: info.index },
    programHash: suite.program.hash,
    rules: info.rules,
    runsMax: runs ?? info.runsMax ?? bundle.budget.runs,
    callsMax: runs === undefined ? bundle.budget.calls : Number.MAX_SAFE_INTEGER,
    ...(info.callsMax !== undefined && { limits: { callsMax: info.callsMax } }),
    ...(seed !== undefined && { seed }),
    ...(strategy !== undefined && { strategy }),
  } as const;
}

function toResult(bundle: CheckBundle, graded: readonly Graded[]): GradeResult {
  const details = graded.map((one) => one.detail);
  return {
    verdict: concludeVerdict(
      bundle.slug,
      graded.map((one) => one.verdict),
      graded.map((one) => one.evidence),
    ),
    details,
    failures: details.flatMap((detail) => detail.failure ?? []),
  };
}

function toGraded(
  bundle: CheckBundle,
  suite: Suite,
  info: CheckInfo,
  found: SearchResult,
  options: GradeOptions,
): Graded {
  const status = statusOf(found);
  const maxPoints = bundle.points[info.id] ?? 0;
  const message = status === "pass" ? undefined : describeFound(suite, found);
  const hint =
    status === "fail"
      ? findHint(bundle.hintsFor, { check: info.id, outcome: found.outcome.kind }, info.hint)
      : undefined;
  const verdict: CheckVerdict = {
    id: info.id,
    title: info.title,
    status,
    points: status === "pass" ? maxPoints : 0,
    maxPoints,
    ...(message !== undefined && { message }),
    ...(hint !== undefined && { hint }),
    ...(found.failure !== null && { schedule: found.failure.schedule }),
    runs: found.runs,
    complete: found.complete,
  };
  const evidence: CheckEvidence = {
    outcome: found.outcome.kind,
    learnHash: found.learnHash,
    runsHash: found.runsHash,
    failureHash: found.failure?.result.traceHash ?? "",
  };
  const failure = found.failure && toFailure(suite, info, found.failure, found.proof, message ?? "");
  const explain = info.explain === undefined ? {} : { explain: info.explain };
  const passing =
    status === "pass" && options.showPassing === true ? { passing: runKindly(suite, info) } : {};
  return {
    verdict,
    evidence,
    detail: {
      id: info.id,
      ...explain,
      proof: found.proof,
      calls: found.calls,
      failure,
      warnings: found.warnings,
      ...passing,
    },
  };
}

/** A check's run under the default schedule. */
function runKindly({ loaded, program }: Suite, info: CheckInfo): ShownRun {
  const entry = { kind: "check", index: info.index } as const;
  const limits = info.callsMax === undefined ? {} : { limits: { callsMax: info.callsMax } };
  const chooser = createFifoChooser();
  return showRun(loaded.run({ entry, chooser, rules: info.rules, record: true, ...limits }), program);
}

function describeFound(suite: Suite, { outcome, failure }: SearchResult): string {
  const wrongExport = failure && describeWrongExport(suite, outcome, failure.result);
  return wrongExport ?? describeOutcome(outcome, suite.program.hidden);
}

function toFailure(
  suite: Suite,
  info: CheckInfo,
  failure: SearchFailure,
  proof: string,
  message: string,
): CheckFailure {
  const { strategy, run, preemptions, schedule, result } = failure;
  return {
    check: info.id,
    outcome: withoutHiddenPlace(failure.outcome, suite.program.hidden),
    message,
    strategy,
    run,
    preemptions,
    schedule,
    proof,
    ...showRun(result, suite.program),
  };
}

/** A place in the hidden checks means nothing to a learner, and is not theirs to see. */
function withoutHiddenPlace(outcome: Outcome, hidden: readonly string[]): Outcome {
  const { place, ...rest } = outcome;
  return place === undefined || hidden.includes(place.file) ? rest : outcome;
}

function statusOf(found: SearchResult): CheckStatus {
  switch (found.outcome.kind) {
    case "passed":
      return "pass";
    case "inconclusive":
      return "inconclusive";
    case "nondeterministic":
      return "error";
    default:
      return "fail";
  }
}
