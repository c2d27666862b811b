import { type Async, type Context, Future, Poll, type Result } from "rt";
import type { Receiver, Sender } from "rt/sync";
import { interval } from "rt/time";

/** Ready with `"tick"` or with what the receiver said. */
class Either<E> extends Future<"tick" | Result<E, "disconnected">> {
  readonly #tick: Future<unknown>;
  readonly #event: Future<Result<E, "disconnected">>;

  constructor(tick: Future<unknown>, event: Future<Result<E, "disconnected">>) {
    super();
    this.#tick = tick;
    this.#event = event;
  }

  override poll(cx: Context): Poll<"tick" | Result<E, "disconnected">> {
    const tick = this.#tick.poll(cx);
    const event = this.#event.poll(cx);
    if (tick.ready) {
      if (!event.ready) this.#event.drop();
      return Poll.ready("tick");
    }
    if (!event.ready) return Poll.pending;
    this.#tick.drop();
    return event;
  }

  override drop(): void {
    this.#tick.drop();
    this.#event.drop();
  }
}

/** Polls both branches before it looks at the answers: an event that is taken together with the tick is gone. */
export function* forwardBatches<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Async<void> {
  const beat = interval(periodMs);
  yield* beat.tick();
  let batch: E[] = [];
  while (true) {
    const won = yield* new Either(beat.tick(), events.recv());
    if (won !== "tick" && won.ok) {
      batch.push(won.value);
      continue;
    }
    const hasEnded = won !== "tick";
    if (hasEnded && batch.length === 0) return;
    const sent = yield* batches.send(batch);
    if (hasEnded || !sent.ok) return;
    batch = [];
  }
}
