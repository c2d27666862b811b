import { type Async, selectBiased } from "rt";
import type { Receiver, Sender } from "rt/sync";
import { sleep } from "rt/time";

/** A new sleep in each round: the event that wins drops it, and the period begins again. */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  let batch: E[] = [];

  while (true) {
    const won = yield* selectBiased({ tick: sleep(periodMs), event: events.recv() });
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
