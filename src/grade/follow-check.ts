import type { Program, SourceFiles } from "#compile";
import type { CheckBundle } from "#course";
import {
  describeFollowed,
  findBug,
  followSteps,
  parseSchedule,
  ScheduleError,
  type Followed,
  type FollowVerdict,
  type KnownFailure,
} from "#explorer";
import { recordSteps, type RunResult } from "#machine";
import type { Engine } from "./engine.ts";
import { openCheck } from "./one-check.ts";
import { showRun, type ShownRun } from "./shown-run.ts";
import type { GradeDiagnostic } from "./verdict.ts";
import { describeOutcome } from "./words.ts";

/** A schedule on which a check has failed, and how. */
export interface EarlierFailure {
  readonly check: string;
  readonly schedule: string;
  readonly failure: KnownFailure;
}

/** A run under a schedule, and what it ended in; `message` is "" where it passed. */
interface ToldRun {
  readonly message: string;
  readonly run: ShownRun;
}

/** What came of an earlier failure's schedule on the code as it is now. */
export interface FollowReport extends ToldRun {
  readonly verdict: FollowVerdict;
  /** A sentence each. */
  readonly sentences: readonly string[];
  /** The step at which the code parts from the schedule: its `index`; null where it does not. */
  readonly parting: number | null;
  /** A schedule near it that fails, where one was found. */
  readonly neighbour: (ToldRun & { readonly schedule: string }) | null;
}

export type FollowResult =
  | { readonly kind: "followed"; readonly report: FollowReport }
  | { readonly kind: "ungradable"; readonly diagnostics: readonly GradeDiagnostic[] }
  /** The exercise has no such check, or the text is no schedule (of this version). */
  | { readonly kind: "impossible"; readonly message: string };

/** Follows the schedule of an earlier failure, yielding after each run. Return the generator to stop: what was loaded is let go. */
export async function* followCheckSteps(
  engine: Engine,
  bundle: CheckBundle,
  submission: SourceFiles,
  { check, schedule: text, failure }: EarlierFailure,
): AsyncGenerator<void, FollowResult, void> {
  const schedule = tryParse(text);
  if (schedule instanceof ScheduleError) return { kind: "impossible", message: schedule.message };
  const opening = await openCheck(engine, bundle, submission, check);
  if (opening.kind === "ungradable") return opening;
  if (opening.kind === "absent")
    return { kind: "impossible", message: "This check is no longer part of the exercise." };
  const { suite, runOptions, dispose } = opening.check;
  try {
    const { loaded, program } = suite;
    const followed = yield* followSteps(loaded, schedule, { runOptions, program, failure });
    return { kind: "followed", report: toReport(followed, program) };
  } finally {
    dispose();
  }
}

function tryParse(text: string) {
  try {
    return parseSchedule(text);
  } catch (error) {
    if (error instanceof ScheduleError) return error;
    throw error;
  }
}

function toReport(followed: Followed, program: Program): FollowReport {
  const { result, verdict, parting, nearby } = followed;
  const at = parting === null ? null : stepOf(result, program, parting.event);
  const first = nearby?.first ?? null;
  const told = tell(result, program);
  return {
    ...told,
    run: at === null ? told.run : withMark(told.run, at),
    verdict,
    sentences: describeFollowed(followed),
    parting: at,
    neighbour: first && { ...tell(first.result, program), schedule: first.schedule },
  };
}

function tell(result: RunResult, program: Program): ToldRun {
  const hasPassed = result.outcome.kind === "passed";
  return {
    message: hasPassed ? "" : describeOutcome(result.outcome, program.hidden),
    run: showRun(result, program, hasPassed ? null : findBug(result, program)),
  };
}

function stepOf(result: RunResult, program: Program, event: number): number | null {
  return event < 0 ? null : (recordSteps(result, program)?.stepOf[event] ?? null);
}

function withMark(run: ShownRun, step: number): ShownRun {
  return { ...run, marks: [...(run.marks ?? []), { step, role: "parts here" }] };
}
