import { Context, Future, Poll, type Result, Waker } from "rt";
import { current, parkTimeout } from "std/thread";
import { Instant } from "std/time";

class Timeout<T> extends Future<Result<T, "elapsed">> {
  readonly #ms: number;
  readonly #future: Future<T>;

  constructor(ms: number, future: Future<T>) {
    super();
    this.#ms = ms;
    this.#future = future;
  }

  override poll(): Poll<Result<T, "elapsed">> {
    const due = Instant.now().add(this.#ms);
    const mine = new Context(Waker.from(current()));
    while (true) {
      const inner = this.#future.poll(mine);
      if (inner.ready) return Poll.ready({ ok: true, value: inner.value });
      const left = due.durationSince(Instant.now());
      if (left === 0) break;
      parkTimeout(left);
    }
    this.#future.drop();
    return Poll.ready({ ok: false, error: "elapsed" });
  }

  override drop(): void {
    this.#future.drop();
  }
}

/** Parks the whole thread until the future is ready or the time is up: whatever else the thread should poll has to wait. */
export function timeout<T>(ms: number, future: Future<T>): Future<Result<T, "elapsed">> {
  return new Timeout(ms, future);
}
