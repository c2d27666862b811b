import type { Program, SourceFiles } from "#compile";
import type { CheckBundle } from "#course";
import { lostSteps, parseSchedule, Replay, type LostOptions, type Runnable } from "#explorer";
import { recordSteps, type RunResult } from "#machine";
import type { Engine } from "./engine.ts";
import { tellLost, type LostRun } from "./lost-run.ts";
import { openCheck, type OpenCheck } from "./one-check.ts";

/** A check that failed, and the schedule on which it did. */
export interface Studied {
  readonly check: string;
  readonly schedule: string;
}

/** A failing run, recorded, and what it was run with. */
export interface FailingRun {
  readonly runnable: Runnable;
  readonly program: Program;
  readonly result: RunResult;
  readonly runOptions: LostOptions["runOptions"];
}

/**
 * Finds when the failing run of a check was lost, yielding after each run. Return the generator to stop: what was loaded is
 * let go. Null where nothing can be said: the run reached a bound, or these files do not fail so.
 */
export async function* studySteps(
  engine: Engine,
  bundle: CheckBundle,
  submission: SourceFiles,
  { check, schedule }: Studied,
): AsyncGenerator<void, LostRun | null, void> {
  const opening = await openCheck(engine, bundle, submission, check);
  if (opening.kind !== "open") return null;
  try {
    return yield* studyCheck(opening.check, schedule);
  } finally {
    opening.check.dispose();
  }
}

/** Finds when a failing run was lost; null where it passed, and where nothing can be said. */
export function studyRun(failing: FailingRun): LostRun | null {
  const steps = studyRunSteps(failing);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function* studyCheck({ suite, runOptions }: OpenCheck, text: string): Generator<void, LostRun | null, void> {
  const { loaded, program } = suite;
  const schedule = parseSchedule(text);
  const options = { ...runOptions, rules: { ...runOptions.rules, clock: schedule.clock } };
  const replay = new Replay(schedule);
  const result = loaded.run({ ...options, chooser: replay, record: true });
  yield;
  if (!replay.fits) return null;
  return yield* studyRunSteps({ runnable: loaded, program, result, runOptions: options });
}

function* studyRunSteps(failing: FailingRun): Generator<void, LostRun | null, void> {
  const { runnable, program, result, runOptions } = failing;
  const lost = yield* lostSteps(runnable, result, { runOptions });
  const record = recordSteps(result, program);
  return lost === undefined || record === null ? null : tellLost(lost, record);
}
