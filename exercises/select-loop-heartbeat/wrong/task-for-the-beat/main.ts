import { type Async, selectBiased, spawn } from "rt";
import { channel, type Receiver, type Sender } from "rt/sync";
import { interval } from "rt/time";

function* beating(ticks: Sender<number>, periodMs: number): Async<void> {
  const beat = interval(periodMs);
  yield* beat.tick();
  for (let k = 1; ; k += 1) {
    yield* beat.tick();
    if (!(yield* ticks.send(k)).ok) return;
  }
}

/** Lets a task of its own do the beating, and returns without it. */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  const [ticks, due] = channel<number>(1);
  spawn(beating(ticks, periodMs));
  let batch: E[] = [];
  while (true) {
    const won = yield* selectBiased({ tick: due.recv(), event: events.recv() });
    if (won.branch === "event" && won.value.ok) {
      batch.push(won.value.value);
      continue;
    }
    const hasEnded = won.branch === "event";
    if (hasEnded && batch.length === 0) return;
    const sent = yield* batches.send(batch);
    if (hasEnded || !sent.ok) return;
    batch = [];
  }
}
