import type { Receiver, Sender } from "std/sync";
import { sleep } from "std/thread";
import { Instant } from "std/time";

/** Sleeps from batch to batch and collects what has come: that the events have ended it learns late. */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
  // The moment a batch is due comes from the one before it, never from now: what a round costs is not added up.
  let due = Instant.now().add(periodMs);
  let batch: E[] = [];

  while (true) {
    sleep(due.durationSince(Instant.now()));
    let got = events.tryRecv();
    for (; got.ok; got = events.tryRecv()) batch.push(got.value);
    if (got.error === "disconnected") {
      if (batch.length > 0) batches.send(batch);
      return;
    }
    if (!batches.send(batch).ok) return;
    batch = [];
    due = due.add(periodMs);
  }
}
