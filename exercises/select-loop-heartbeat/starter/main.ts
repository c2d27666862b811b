import { type Async, select } from "rt";
import type { Receiver, Sender } from "rt/sync";
import { sleep } from "rt/time";

/**
 * Forwards events in batches: one batch for each period, until there are no more events or nobody wants them.
 *
 * - Time counts from the first poll. A batch is sent at 1, 2, 3 … times `periodMs`, on time however busy the events
 *   are and however often, and also when nothing has come: an empty batch says that we are alive. One at 0 is allowed.
 * - Each event is in exactly one batch, in order: that of the period in which it came. An event that comes at the very
 *   instant of a batch may be in that one or in the next.
 * - The channel of batches is full: the batch waits for room, and no event is lost. Afterwards batches are on time
 *   again, at multiples of the period.
 * - The events end (all their senders are gone): what is left is sent at once as one last batch, if anything is left,
 *   and the function returns.
 * - Nobody takes batches any more (their receiver is gone): it returns, within two periods.
 *
 * It never blocks its thread, sleeps while there is nothing to do, and leaves no task behind.
 */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  let batch: E[] = [];
  while (true) {
    // Whichever comes first; the other one is dropped. What does that do to the sleep?
    const won = yield* select({ tick: sleep(periodMs), event: events.recv() });
    if (won.branch === "event") {
      if (!won.value.ok) return;
      batch.push(won.value.value);
    } else {
      yield* batches.send(batch);
      batch = [];
    }
  }
}
