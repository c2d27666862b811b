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
    if (timer.poll(cx).ready) {
      this.#future.drop();
      return Poll.ready({ ok: false, error: "elapsed" });
    }
    const inner = this.#future.poll(cx);
    if (!inner.ready) return Poll.pending;
    timer.drop();
    return Poll.ready({ ok: true, value: inner.value });
  }

  override drop(): void {
    this.#timer?.drop();
    this.#future.drop();
  }
}

/** Asks the clock first: a value that is there is thrown away for being punctual. */
export function timeout<T>(ms: number, future: Future<T>): Future<Result<T, "elapsed">> {
  return new Timeout(ms, future);
}
