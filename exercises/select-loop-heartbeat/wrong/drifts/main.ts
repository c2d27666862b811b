import { type Async, selectBiased } from "rt";
import type { Receiver, Sender } from "rt/sync";
import { sleepUntil } from "rt/time";
import { Instant } from "std/time";

/** Counts each period from when it has sent the last batch, and so adds up what the rounds cost. */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  let due = Instant.now().add(periodMs);
  let batch: E[] = [];

  while (true) {
    const won = yield* selectBiased({ tick: sleepUntil(due), event: events.recv() });
    if (won.branch === "event" && won.value.ok) {
      batch.push(won.value.value);
      continue;
    }
    const hasEnded = won.branch === "event";
    if (hasEnded && batch.length === 0) return;
    const sent = yield* batches.send(batch);
    if (hasEnded || !sent.ok) return;
    batch = [];
    due = Instant.now().add(periodMs);
  }
}
