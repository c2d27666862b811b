import { type Context, Future, Poll, type Result } from "rt";
import { Instant } from "std/time";

class Timeout<T> extends Future<Result<T, "elapsed">> {
  readonly #ms: number;
  readonly #future: Future<T>;
  #began: Instant | null = null;

  constructor(ms: number, future: Future<T>) {
    super();
    this.#ms = ms;
    this.#future = future;
  }

  override poll(cx: Context): Poll<Result<T, "elapsed">> {
    this.#began ??= Instant.now();
    const inner = this.#future.poll(cx);
    if (inner.ready) {
      return Poll.ready({ ok: true, value: inner.value });
    }
    if (this.#began.elapsed() < this.#ms) {
      cx.waker.wake();
      return Poll.pending;
    }
    this.#future.drop();
    return Poll.ready({ ok: false, error: "elapsed" });
  }

  override drop(): void {
    this.#future.drop();
  }
}

/** Has itself polled again at once, to look at the clock once more. */
export function timeout<T>(ms: number, future: Future<T>): Future<Result<T, "elapsed">> {
  return new Timeout(ms, future);
}
