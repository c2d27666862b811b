import type { Async } from "rt";
import type { Receiver, Sender } from "rt/sync";
import { sleep } from "rt/time";
import { Instant } from "std/time";

/** Looks once a millisecond whether an event has come or a batch is due. */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  let batch: E[] = [];
  let due = Instant.now().add(periodMs);
  while (true) {
    if (Instant.now() >= due) {
      const sent = yield* batches.send(batch);
      if (!sent.ok) return;
      batch = [];
      due = due.add(periodMs);
      continue;
    }
    const got = events.tryRecv();
    if (got.ok) batch.push(got.value);
    else if (got.error === "empty") yield* sleep(Math.min(1, due.durationSince(Instant.now())));
    else {
      if (batch.length > 0) yield* batches.send(batch);
      return;
    }
  }
}
