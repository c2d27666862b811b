import { type Async, selectBiased } from "rt";
import type { Receiver, Sender } from "rt/sync";
import { interval } from "rt/time";

/** Sends nothing when nothing came. */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  // One clock for all rounds. Its ticks are at multiples of the period, however long a round takes.
  const beat = interval(periodMs);
  // The first tick comes at once: nothing is due yet.
  yield* beat.tick();
  let batch: E[] = [];

  while (true) {
    // The loser is dropped. Neither has taken anything by then: no tick, no event. The tick is asked first, so that
    // a queue that is never empty cannot hide it.
    const won = yield* selectBiased({ tick: beat.tick(), event: events.recv() });
    if (won.branch === "event" && won.value.ok) {
      batch.push(won.value.value);
      continue;
    }
    const hasEnded = won.branch === "event";
    if (batch.length > 0 && !(yield* batches.send(batch)).ok) return;
    if (hasEnded) return;
    batch = [];
  }
}
