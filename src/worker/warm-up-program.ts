/** A little of everything that exercises do. */
export const WARM_UP_PROGRAM = `
import { spawn } from "std/thread";
import { channel, Condvar, Mutex } from "std/sync";
import { type Async, blockOn, join, select, spawn as start } from "rt";
import { channel as bounded } from "rt/sync";
import { sleep, timeout } from "rt/time";

function threads(): void {
  const [tx, rx] = channel<{ n: number; text: string }>();
  const full = new Mutex<number[]>([]);
  const changed = new Condvar();
  const workers = [1, 2].map((n) => {
    const mine = tx.clone();
    return spawn(() => {
      mine.send({ n, text: "from " + n });
      using guard = full.lock();
      guard.value.push(n);
      changed.notifyAll();
    });
  });
  tx.drop();
  {
    using guard = full.lock();
    while (guard.value.length < 2) changed.wait(guard);
  }
  for (const message of rx) console.log(message.text);
  for (const worker of workers) worker.join();
}

function* tasks(): Async<void> {
  const [tx, rx] = bounded<number>(1);
  const sender = start((function* (): Async<void> { yield* sleep(1); yield* tx.send(1); })());
  const won = yield* select({ got: rx.recv(), late: sleep(2) });
  yield* join(timeout(1, sleep(3)), sender);
  console.log(won.branch);
}

export function main(): void {
  threads();
  blockOn(tasks());
}`;
