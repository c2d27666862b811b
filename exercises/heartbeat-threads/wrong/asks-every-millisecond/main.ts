import type { Receiver, Sender } from "std/sync";
import { sleep } from "std/thread";
import { Instant } from "std/time";

/** Looks for events and at the clock once a millisecond. */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
  // The moment a batch is due comes from the one before it, never from now: what a round costs is not added up.
  let due = Instant.now().add(periodMs);
  let batch: E[] = [];

  while (true) {
    // The deadline stands, whatever comes: each event only shortens what is left of the wait.
    const left = due.durationSince(Instant.now());
    // When it is over the clock comes first, however many events are waiting.
    const got = left > 0 ? events.tryRecv() : null;
    if (got?.ok) {
      batch.push(got.value);
      continue;
    }
    if (got?.error === "empty") {
      sleep(Math.min(1, left));
      continue;
    }
    if (got?.error === "disconnected") {
      if (batch.length > 0) batches.send(batch);
      return;
    }
    if (!batches.send(batch).ok) return;
    batch = [];
    due = due.add(periodMs);
  }
}
