import { Mutex, type Receiver, type Sender } from "std/sync";
import { Instant } from "std/time";

const shared = new Mutex<unknown[]>([]);

/** Keeps the batch outside the function: what one call could not send, the next one does. */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
  // The moment a batch is due comes from the one before it, never from now: what a round costs is not added up.
  let due = Instant.now().add(periodMs);

  while (true) {
    // The deadline stands, whatever comes: each event only shortens what is left of the wait.
    const left = due.durationSince(Instant.now());
    // When it is over the clock comes first, however many events are waiting.
    const got = left > 0 ? events.recvTimeout(left) : null;
    if (got?.ok) {
      using batch = shared.lock();
      batch.value.push(got.value);
      continue;
    }
    using batch = shared.lock();
    if (got?.error === "disconnected") {
      if (batch.value.length > 0) batches.send(batch.value as E[]);
      batch.value = [];
      return;
    }
    if (!batches.send(batch.value as E[]).ok) return;
    batch.value = [];
    due = due.add(periodMs);
  }
}
