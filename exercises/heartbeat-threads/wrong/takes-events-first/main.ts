import type { Receiver, Sender } from "std/sync";
import { Instant } from "std/time";

/** Takes all events there are before it looks at the clock: in a flood it never does. */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
  // The moment a batch is due comes from the one before it, never from now: what a round costs is not added up.
  let due = Instant.now().add(periodMs);
  let batch: E[] = [];

  while (true) {
    // The deadline stands, whatever comes: each event only shortens what is left of the wait.
    const left = due.durationSince(Instant.now());
    const got = events.recvTimeout(left);
    if (got.ok) {
      batch.push(got.value);
      continue;
    }
    if (got.error === "disconnected") {
      if (batch.length > 0) batches.send(batch);
      return;
    }
    if (!batches.send(batch).ok) return;
    batch = [];
    due = due.add(periodMs);
  }
}
