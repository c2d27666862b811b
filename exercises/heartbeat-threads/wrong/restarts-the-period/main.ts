import type { Receiver, Sender } from "std/sync";

/** Waits a whole period after each event: while events keep coming no batch is ever sent. */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
  let batch: E[] = [];
  while (true) {
    const got = events.recvTimeout(periodMs);
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
  }
}
