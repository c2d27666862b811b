import { type Context, Future, Poll, type Result } from "rt";
import { sleep } from "rt/time";

class Timeout<T> extends Future<Result<T, "elapsed">> {
  readonly #ms: number;
  readonly #future: Future<T>;
  #timer: Future<void> | null = null;

  constructor(ms: number, future: Future<T>) {
    super();
    this.#ms = ms;
    this.#future = future;
  }

  override poll(cx: Context): Poll<Result<T, "elapsed">> {
    // One timer for all polls: it counts from the first.
    const timer = (this.#timer ??= sleep(this.#ms));
    let inner: Poll<T>;
    try {
      inner = this.#future.poll(cx);
    } catch {
      timer.drop();
      return Poll.ready({ ok: false, error: "elapsed" });
    }
    if (inner.ready) {
      timer.drop();
      return Poll.ready({ ok: true, value: inner.value });
    }
    // Both have been polled with this waker, so whichever is ready first has us polled again.
    if (!timer.poll(cx).ready) return Poll.pending;
    this.#future.drop();
    return Poll.ready({ ok: false, error: "elapsed" });
  }

  override drop(): void {
    this.#timer?.drop();
    this.#future.drop();
  }
}

/** Catches everything, and calls a panic a timeout. */
export function timeout<T>(ms: number, future: Future<T>): Future<Result<T, "elapsed">> {
  return new Timeout(ms, future);
}
