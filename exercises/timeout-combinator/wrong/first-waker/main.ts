import { type Context, Future, Poll, type Result } from "rt";
import { sleep } from "rt/time";
import { Instant } from "std/time";

class Timeout<T> extends Future<Result<T, "elapsed">> {
  readonly #ms: number;
  readonly #future: Future<T>;
  #timer: Future<void> | null = null;
  #due = Instant.now();

  constructor(ms: number, future: Future<T>) {
    super();
    this.#ms = ms;
    this.#future = future;
  }

  override poll(cx: Context): Poll<Result<T, "elapsed">> {
    const isFirst = this.#timer === null;
    if (isFirst) this.#due = Instant.now().add(this.#ms);
    const timer = (this.#timer ??= sleep(this.#ms));
    const inner = this.#future.poll(cx);
    if (inner.ready) {
      timer.drop();
      return Poll.ready({ ok: true, value: inner.value });
    }
    if (isFirst ? !timer.poll(cx).ready : Instant.now() < this.#due) return Poll.pending;
    this.#future.drop();
    return Poll.ready({ ok: false, error: "elapsed" });
  }

  override drop(): void {
    this.#timer?.drop();
    this.#future.drop();
  }
}

/** Polls its timer once: at the deadline it wakes whoever polled it first, wherever it is by then. */
export function timeout<T>(ms: number, future: Future<T>): Future<Result<T, "elapsed">> {
  return new Timeout(ms, future);
}
