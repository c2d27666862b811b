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
    const inner = this.#future.poll(cx);
    const isUp = !inner.ready && this.#timer?.poll(cx).ready;
    if (isUp) {
      this.#future.drop();
      return Poll.ready({ ok: false, error: "elapsed" });
    }
    this.#timer?.drop();
    if (inner.ready) return Poll.ready({ ok: true, value: inner.value });
    this.#timer = sleep(this.#ms);
    if (!this.#timer.poll(cx).ready) return Poll.pending;
    this.#future.drop();
    return Poll.ready({ ok: false, error: "elapsed" });
  }

  override drop(): void {
    this.#timer?.drop();
    this.#future.drop();
  }
}

/** Sets the timer again whenever it is polled: a future that wakes up often enough is never out of time. */
export function timeout<T>(ms: number, future: Future<T>): Future<Result<T, "elapsed">> {
  return new Timeout(ms, future);
}
