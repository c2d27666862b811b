import type { Async } from "rt";
import type { Receiver, Sender } from "rt/sync";
import { timeoutAt } from "rt/time";
import { Instant } from "std/time";

/** No select and no interval: one receive after the other, each until the batch is due. */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  let batch: E[] = [];
  for (let due = Instant.now().add(periodMs); ; due = due.add(periodMs)) {
    while (Instant.now() < due) {
      const got = yield* timeoutAt(due, events.recv());
      if (!got.ok) break;
      if (!got.value.ok) {
        if (batch.length > 0) yield* batches.send(batch);
        return;
      }
      batch.push(got.value.value);
    }
    const sent = yield* batches.send(batch);
    if (!sent.ok) return;
    batch = [];
  }
}
