import { type Async, selectBiased } from "rt";
import type { Receiver, Sender } from "rt/sync";
import { interval } from "rt/time";

/** Asks for an event first, always: while there is one the tick is never looked at. */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  // One clock for all rounds. Its ticks are at multiples of the period, however long a round takes.
  const beat = interval(periodMs);
  // The first tick comes at once: nothing is due yet.
  yield* beat.tick();
  let batch: E[] = [];

  while (true) {
    const won = yield* selectBiased({ event: events.recv(), tick: beat.tick() });
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
