/**
 * Owns: a schedule on a program that may have been edited since: is what it showed still there? On the same program it is
 * that run, exactly; on another one it is followed by what the program does, and where it no longer fails its
 * neighbourhood is tried. Deterministic: the same program and schedule give the same answer everywhere.
 */
import type { Program } from "#compile";
import type { Chooser } from "#kernel";
import type { RunOptions, RunResult } from "#machine";
import { FAIR_AFTER, withFairTail } from "../strategies/fair-tail.ts";
import { Follower } from "./follower.ts";
import { nearbySteps, type Neighbourhood, type NearbyBudget } from "./nearby.ts";
import { findParting, type Parting } from "./parting.ts";
import { Replay } from "../schedule/replay.ts";
import type { Runnable } from "../runnable.ts";
import { isLikeFailure, type KnownFailure } from "../same-failure.ts";
import { encodeSchedule, isScheduleOf, type Schedule } from "../schedule/schedule.ts";
import { Scribe } from "../schedule/scribe.ts";

export interface FollowOptions {
  readonly runOptions: Omit<RunOptions, "chooser" | "record">;
  /** The program as it is now. */
  readonly program: Program;
  /** How the schedule failed when it was recorded, where that is known. */
  readonly failure?: KnownFailure;
  readonly budget?: NearbyBudget;
}

/** `fails`: in which way it failed before is not known. `open`: the run was cut. */
export type FollowVerdict = "passes" | "open" | "fails" | "same-failure" | "other-failure";

export interface Nearby {
  /** Different runs that were tried. */
  readonly runs: number;
  readonly failing: number;
  /** The first that fails, recorded, with its schedule. */
  readonly first: { readonly result: RunResult; readonly schedule: string } | null;
}

export interface Followed {
  /** The schedule's run on this program, recorded. */
  readonly result: RunResult;
  /** How many departures the schedule has; 0 for the default one. */
  readonly departures: number;
  /** True where it is the very run that was recorded. */
  readonly isExact: boolean;
  readonly verdict: FollowVerdict;
  /** The first place where the schedule and the program part; null where they do not. */
  readonly parting: Parting | null;
  /** What was found around it; null where it does not pass, or is exact. */
  readonly nearby: Nearby | null;
}

/** Follows a schedule. Yields after each run; drop it to stop. */
export function* followSteps(
  runnable: Runnable,
  schedule: Schedule,
  options: FollowOptions,
): Generator<void, Followed, void> {
  const { program, failure, budget } = options;
  const run: Run = (chooser, record) =>
    runnable.run({ ...withClock(options.runOptions, schedule), chooser, record });
  const departures = schedule.departures.length;
  const exact = isScheduleOf(schedule, program.hash) ? replay(run, schedule) : undefined;
  if (exact !== undefined) {
    const verdict = verdictOf(exact, failure);
    return { result: exact, departures, isExact: true, verdict, parting: null, nearby: null };
  }
  const follower = new Follower(schedule);
  const result = run(withTail(follower, schedule), true);
  yield;
  const parting = findParting(follower, result, program) ?? null;
  const verdict = verdictOf(result, failure);
  const followed = { result, departures, isExact: false, verdict, parting };
  if (verdict !== "passes") return { ...followed, nearby: null };
  const focus = focusOf(follower, parting);
  const found = yield* nearbySteps((chooser) => run(chooser, false), result, focus, budget);
  return { ...followed, nearby: toNearby(found, run, schedule.clock, program.hash) };
}

type Run = (chooser: Chooser, record: boolean) => RunResult;

/** The run that was recorded; undefined where the program has another one. */
function replay(run: Run, schedule: Schedule): RunResult | undefined {
  const chooser = new Replay(schedule);
  const result = run(chooser, true);
  return chooser.fits ? result : undefined;
}

/** {@link followSteps}, driven to its end. */
export function follow(runnable: Runnable, schedule: Schedule, options: FollowOptions): Followed {
  const steps = followSteps(runnable, schedule, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function toNearby(
  { runs, failing, picks }: Neighbourhood,
  run: Run,
  clock: Schedule["clock"],
  programHash: string,
): Nearby {
  if (picks === undefined) return { runs, failing, first: null };
  const scribe = new Scribe(picks);
  const result = run(scribe, true);
  return { runs, failing, first: { result, schedule: encodeSchedule(scribe.schedule(programHash, clock)) } };
}

/** A run under the schedule's rule of time, whatever the program's own is. */
function withClock(options: FollowOptions["runOptions"], { clock }: Schedule): FollowOptions["runOptions"] {
  return { ...options, rules: { ...options.rules, clock } };
}

/** As in a search, a long run goes on by chance, unless the schedule itself goes on so far. */
function withTail(follower: Follower, { departures }: Schedule): Chooser {
  return departures.some(({ choice }) => choice >= FAIR_AFTER) ? follower : withFairTail(follower);
}

/** The choice around which to look: where the last departure was taken, else where the program parts. */
function focusOf({ followings }: Follower, parting: Parting | null): number {
  return followings.findLast(({ at }) => at >= 0)?.at ?? parting?.choice ?? 0;
}

function verdictOf({ outcome }: RunResult, before: KnownFailure | undefined): FollowVerdict {
  if (outcome.kind === "passed") return "passes";
  if (outcome.kind === "inconclusive") return "open";
  if (before === undefined) return "fails";
  return isLikeFailure(outcome, before) ? "same-failure" : "other-failure";
}
