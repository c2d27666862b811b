/**
 * Owns: exercise and submission to verdict. Does not own: compiling, running, searching; and never the console.
 */
import type { Bug } from "#abi";
import type { SourceFiles } from "#compile";
import {
  createFifoChooser,
  findBug,
  searchAll,
  type JobProgress,
  type SearchFailure,
  type SearchResult,
  type SharedSearch,
  type Shrunk,
  type StrategyName,
} from "#explorer";
import type { CheckInfo, Outcome, RunWarning } from "#machine";
import type { CheckBundle } from "#course";
import type { Engine } from "./engine.ts";
import { findHint } from "./hints.ts";
import { runOptionsOfCheck } from "./one-check.ts";
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
  /** False where nobody looks at failing runs: they are left as they were found. */
  readonly shrink?: boolean;
}

/**
 * How far grading is: one before each check (`runs` and `of` are 0) and one after each run. Where others help, it tells
 * of the check that the calling thread works at, else of the first that is not decided.
 */
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
  /** How far all checks together are, from 0 to 1. */
  readonly share: number;
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
  /** What was made simpler since the run was found; null where that was not tried. */
  readonly shrunk: Shrunk | null;
  readonly proof: string;
  /** The mistake that the run shows; null where it is no known one. */
  readonly bug: Bug | null;
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
  const checks = loading.suites
    .flatMap((suite) => suite.checks.map((info) => ({ suite, info })))
    .filter(({ info }) => options.checks?.includes(info.id) ?? true);
  const searching = searchAll(
    checks.map((one) => toSearch(bundle, one, options)),
    engine.crew,
  );
  try {
    for (;;) {
      const step = await searching.next();
      if (step.done === true) {
        const graded = checks.map((one, i) => toGraded(bundle, one, step.value[i] as SearchResult, options));
        return toResult(bundle, graded);
      }
      yield toProgress(checks, step.value);
    }
  } finally {
    await searching.return([]);
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

/** A check with the program it is in. */
interface SuiteCheck {
  readonly suite: Suite;
  readonly info: CheckInfo;
}

function toSearch(bundle: CheckBundle, { suite, info }: SuiteCheck, options: GradeOptions): SharedSearch {
  const { runs, seed, strategy, shrink } = options;
  const search = {
    ...runOptionsOfCheck(info),
    programHash: suite.program.hash,
    runsMax: runs ?? info.runsMax ?? bundle.budget.runs,
    callsMax: runs === undefined ? bundle.budget.calls : Number.MAX_SAFE_INTEGER,
    ...(seed !== undefined && { seed }),
    ...(strategy !== undefined && { strategy }),
    ...(shrink !== undefined && { shrink }),
  } as const;
  return { runnable: suite.loaded, program: suite.program, title: info.title, options: search };
}

/** Said before the first run of a check as well, so that whoever watches can name the check that a run never comes back from. */
function toProgress(
  checks: readonly SuiteCheck[],
  { job, progress: { runs, of, calls }, failed, share }: JobProgress,
): GradeProgress {
  const { id, title } = (checks[job] as SuiteCheck).info;
  const at = { check: id, title, number: job + 1, checks: checks.length };
  return { ...at, runs, of: runs === 0 ? 0 : of, kernelCalls: calls, failed, share };
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
  { suite, info }: SuiteCheck,
  found: SearchResult,
  options: GradeOptions,
): Graded {
  const status = statusOf(found);
  const maxPoints = bundle.points[info.id] ?? 0;
  const message = status === "pass" ? undefined : describeFound(suite, found);
  const bug = findBugOf(suite, found);
  const failed = { check: info.id, outcome: found.outcome.kind, ...(bug && { bug: bug.name }) };
  const asksForHelp = status === "fail" || status === "inconclusive";
  const hint = asksForHelp ? findHint(bundle.hintsFor, failed, info.hint) : undefined;
  const verdict: CheckVerdict = {
    id: info.id,
    title: info.title,
    status,
    points: status === "pass" ? maxPoints : 0,
    maxPoints,
    ...(message !== undefined && { message }),
    ...(hint !== undefined && { hint }),
    ...(bug && { bug: { name: bug.name, sentence: bug.sentence } }),
    // A run that was cut has thousands of choices: nobody would paste them.
    ...(found.failure !== null && status === "fail" && { schedule: found.failure.schedule }),
    runs: found.runs,
    complete: found.complete,
  };
  const evidence: CheckEvidence = {
    outcome: found.outcome.kind,
    learnHash: found.learnHash,
    runsHash: found.runsHash,
    failureHash: found.failure?.result.traceHash ?? "",
  };
  const failure =
    found.failure &&
    toFailure(suite, info, found.failure, { proof: found.proof, message: message ?? "", bug });
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
  const chooser = createFifoChooser();
  return showRun(loaded.run({ ...runOptionsOfCheck(info), chooser, record: true }), program);
}

function describeFound(suite: Suite, { outcome, failure }: SearchResult): string {
  const wrongExport = failure && describeWrongExport(suite, outcome, failure.result);
  return wrongExport ?? describeOutcome(outcome, suite.program.hidden);
}

/** A file that lacks what the checks use shows no mistake with threads. */
function findBugOf(suite: Suite, { outcome, failure }: SearchResult): Bug | null {
  if (failure === null || describeWrongExport(suite, outcome, failure.result) !== undefined) return null;
  return findBug(failure.result, suite.program);
}

function toFailure(
  suite: Suite,
  info: CheckInfo,
  failure: SearchFailure,
  told: Pick<CheckFailure, "proof" | "message" | "bug">,
): CheckFailure {
  const { strategy, run, preemptions, schedule, shrunk, result } = failure;
  return {
    check: info.id,
    outcome: withoutHiddenPlace(failure.outcome, suite.program.hidden),
    ...told,
    strategy,
    run,
    preemptions,
    schedule,
    shrunk,
    ...showRun(result, suite.program, told.bug),
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
