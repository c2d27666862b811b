import type { Receiver, Sender } from "std/sync";
import { Instant } from "std/time";

/** Sends a last batch in any case, also an empty one. */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
  // The moment a batch is due comes from the one before it, never from now: what a round costs is not added up.
  let due = Instant.now().add(periodMs);
  let batch: E[] = [];

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
      batches.send(batch);
      return;
    }
    if (!batches.send(batch).ok) return;
    batch = [];
    due = due.add(periodMs);
  }
}
