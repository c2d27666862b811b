import { HELD } from "../core/captures.ts";
import { err, ok, type Result } from "../core/result.ts";
import { type Instant, nsOf } from "../std/instant.ts";
import { asFuture } from "./as-future.ts";
import type { Context } from "./context.ts";
import { Future } from "./future.ts";
import { begun, made } from "./generators.ts";
import { dropAfterPanic, dropAll } from "./panics.ts";
import { Poll, polledAgain } from "./polling.ts";
import { nsFromNow, sleepUntilNs } from "./sleep.ts";

class Timeout<T> extends Future<Result<T, "elapsed">> {
  /** The future and its timer; none of them is left once this is over. */
  readonly #parts: [Future<T> | null, Future<void> | null];
  readonly #token = made();

  constructor(future: Future<T>, deadlineNs: number) {
    super();
    this.#parts = [future, sleepUntilNs(deadlineNs)];
  }

  override poll(cx: Context): Poll<Result<T, "elapsed">> {
    begun(this.#token);
    const [future, timer] = this.#parts;
    if (future === null || timer === null) return polledAgain();
    const poll = this.#pollInner(future, cx);
    if (poll.ready) {
      this.#parts[0] = null;
      dropAll(this.#parts);
      return Poll.ready(ok(poll.value));
    }
    if (!timer.poll(cx).ready) return Poll.pending;
    this.#parts[1] = null;
    dropAll(this.#parts);
    return Poll.ready(err("elapsed"));
  }

  override drop(): void {
    begun(this.#token);
    dropAll(this.#parts);
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return this.#parts;
  }

  #pollInner(future: Future<T>, cx: Context): Poll<T> {
    try {
      return future.poll(cx);
    } catch (error) {
      this.#parts[0] = null;
      dropAfterPanic(this.#parts);
      throw error;
    }
  }
}

/**
 * Waits for `future`, for at most `ms` milliseconds counted from this call: then it is dropped, and the result is
 * `"elapsed"`. The future is asked before the clock: a value that comes at the very instant wins. Cancel safe as far as
 * `future` is; dropping it drops the future. Stands for `tokio::time::timeout`.
 */
export function timeout<T>(ms: number, future: Future<T>): Future<Result<T, "elapsed">> {
  const deadlineNs = nsFromNow(ms, "timeout(ms, future)");
  return new Timeout(asFuture(future, "timeout(ms, future)"), deadlineNs);
}

/** Like `timeout`, until `instant`. Stands for `tokio::time::timeout_at`. */
export function timeoutAt<T>(instant: Instant, future: Future<T>): Future<Result<T, "elapsed">> {
  const deadlineNs = nsOf(instant, "timeoutAt(instant, future)");
  return new Timeout(asFuture(future, "timeoutAt(instant, future)"), deadlineNs);
}
