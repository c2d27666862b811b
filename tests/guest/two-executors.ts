/**
 * A module that does a little of everything: two executors in two threads, tasks, channels between them, timers,
 * `select`, a task that is aborted and one that panics. Nothing in it is exported, and it may stand behind any program.
 */
export const TWO_EXECUTORS = `
import { type Async, blockOn, join, select, spawn as spawnTask, yieldNow as pause } from "rt";
import { channel as queueOf, type Receiver as TaskReceiver, type Sender as TaskSender } from "rt/sync";
import { sleep as nap } from "rt/time";
import { spawn as spawnThread } from "std/thread";

function* produce(numbers: TaskSender<number>, first: number): Async<void> {
  for (let i = 0; i < 3; i++) {
    yield* numbers.send(first + i);
    yield* pause();
  }
}

function* collect(numbers: TaskReceiver<number>): Async<string> {
  const got: string[] = [];
  for (;;) {
    const won = yield* select({ number: numbers.recv(), late: nap(2) });
    if (won.branch === "late") got.push("late");
    else if (won.value.ok) got.push(String(won.value.value));
    else return got.join(" ");
  }
}

function* own(numbers: TaskSender<number>): Async<void> {
  const panics = spawnTask((function* (): Async<void> { yield* nap(1); throw new Error("no"); })());
  const endless = spawnTask((function* (): Async<void> { for (;;) yield* nap(1); })());
  yield* join(spawnTask(produce(numbers.clone(), 10)), spawnTask(produce(numbers, 20)), nap(3));
  endless.abort();
  try { yield* panics; } catch { /* as it should */ }
}

function twoExecutors(): string {
  const [numbers, others] = queueOf<number>(2);
  const thread = spawnThread(() => blockOn(collect(others)), { name: "collector" });
  blockOn(own(numbers));
  return thread.join();
}
const order = twoExecutors();
`;
