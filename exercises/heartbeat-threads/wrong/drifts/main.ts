import type { Receiver, Sender } from "std/sync";
import { Instant } from "std/time";

/** Counts each period from the end of the last one, and so adds up what the rounds cost. */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
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
      if (batch.length > 0) batches.send(batch);
      return;
    }
    if (!batches.send(batch).ok) return;
    batch = [];
    due = Instant.now().add(periodMs);
  }
}
