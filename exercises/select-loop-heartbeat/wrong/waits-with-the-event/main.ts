import { type Async, type Result, selectBiased } from "rt";
import type { Receiver, Sender } from "rt/sync";
import { interval, sleep } from "rt/time";

/** The next event, once it has settled. */
function* settled<E>(events: Receiver<E>): Async<Result<E, "disconnected">> {
  const event = yield* events.recv();
  if (event.ok) yield* sleep(1);
  return event;
}

/** Takes the event and waits for something else before it hands it over: a tick in between drops the event with it. */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  // One clock for all rounds. Its ticks are at multiples of the period, however long a round takes.
  const beat = interval(periodMs);
  // The first tick comes at once: nothing is due yet.
  yield* beat.tick();
  let batch: E[] = [];

  while (true) {
    const won = yield* selectBiased({ tick: beat.tick(), event: settled(events) });
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
