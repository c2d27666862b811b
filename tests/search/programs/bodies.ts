// What every program runs its threads or tasks with. `steps.ts` says how many steps that matter to nobody come first.
import { type Async, blockOn, joinAll, spawn as spawnTask, yieldNow } from "rt";
import { spawn } from "std/thread";
import { AtomicI32 } from "std/sync";
import { STEPS } from "./steps";

const LATER_TURNS = 3;

/** A thread for each body; returns when all have ended. */
export function runThreads(...bodies: readonly (() => void)[]): void {
  const threads = bodies.map((body) =>
    spawn(() => {
      stepAside();
      body();
    }),
  );
  for (const thread of threads) thread.join();
}

/** A task for each future, on one executor; returns when all have ended. */
export function runTasks(...futures: readonly Async<void>[]): void {
  blockOn(runAll(futures));
}

function* runAll(futures: readonly Async<void>[]): Async<void> {
  yield* joinAll(futures.map((future) => spawnTask(behindPauses(future))));
}

/** A future that has something else to do first: under the default schedule it begins when others have ended. */
export function* later(future: Async<void>): Async<void> {
  for (let turn = 0; turn < LATER_TURNS; turn++) yield* yieldNow();
  yield* future;
}

function* behindPauses(future: Async<void>): Async<void> {
  for (let step = 0; step < STEPS; step++) yield* yieldNow();
  yield* future;
}

function stepAside(): void {
  const own = new AtomicI32(0);
  for (let step = 0; step < STEPS; step++) own.fetchAdd(1);
}
