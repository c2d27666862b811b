import type { Async } from "rt";
import type { Receiver, Sender } from "rt/sync";
import { interval } from "rt/time";

/** Sleeps from tick to tick and collects what has come: that the events have ended it learns late. */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  const beat = interval(periodMs);
  yield* beat.tick();
  while (true) {
    yield* beat.tick();
    const batch: E[] = [];
    let got = events.tryRecv();
    while (got.ok) {
      batch.push(got.value);
      got = events.tryRecv();
    }
    const hasEnded = got.error === "disconnected";
    if (hasEnded && batch.length === 0) return;
    const sent = yield* batches.send(batch);
    if (hasEnded || !sent.ok) return;
  }
}
