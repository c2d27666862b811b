import type { Receiver, Sender } from "std/sync";
import { Instant } from "std/time";

/** Sends the batch and goes on filling it: every event comes again in all later batches. */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
  // The moment a batch is due comes from the one before it, never from now: what a round costs is not added up.
  let due = Instant.now().add(periodMs);
  const batch: E[] = [];

  while (true) {
    // The deadline stands, whatever comes: each event only shortens what is left of the wait.
    const left = due.durationSince(Instant.now());
    // When it is over the clock comes first, however many events are waiting.
    const got = left > 0 ? events.recvTimeout(left) : null;
    if (got?.ok) {
      batch.push(got.value);
      continue;
    }
    if (got?.error === "disconnected") {
      if (batch.length > 0) batches.send(batch);
      return;
    }
    if (!batches.send(batch).ok) return;
    due = due.add(periodMs);
  }
}
