import type { Async } from "rt";
import type { Receiver, Sender } from "rt/sync";
import { sleep } from "std/thread";
import { Instant } from "std/time";

/** Receives with a call that blocks the whole thread, and with it every other task. */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  let batch: E[] = [];
  for (let due = Instant.now().add(periodMs); ; due = due.add(periodMs)) {
    sleep(due.durationSince(Instant.now()));
    let got = events.tryRecv();
    while (got.ok) {
      batch.push(got.value);
      got = events.tryRecv();
    }
    const hasEnded = got.error === "disconnected";
    if (hasEnded && batch.length === 0) return;
    const sent = yield* batches.send(batch);
    if (hasEnded || !sent.ok) return;
    batch = [];
  }
}
