import type { Receiver, Sender } from "std/sync";

/**
 * Forwards events in batches: one batch for each period, until there are no more events or nobody wants them.
 *
 * - Time counts from the call. A batch is sent at 1, 2, 3 … times `periodMs`, on time however busy the events are and
 *   however often, and also when nothing has come: an empty batch says that we are alive.
 * - Each event is in exactly one batch, in order: that of the period in which it came. An event that comes at the very
 *   instant of a batch may be in that one or in the next.
 * - The events end (all their senders are gone): what is left is sent at once as one last batch, if anything is left,
 *   and the function returns.
 * - Nobody takes batches any more (their receiver is gone): it returns, within two periods.
 *
 * It sleeps while there is nothing to do, and leaves no thread behind.
 */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
  let batch: E[] = [];
  while (true) {
    // At most one period of waiting. But a period that begins when?
    const got = events.recvTimeout(periodMs);
    if (got.ok) {
      batch.push(got.value);
      continue;
    }
    if (got.error === "disconnected") return;
    batches.send(batch);
    batch = [];
  }
}
