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
 * Waits for `future`, for at most `ms` milliseconds counted from this call: then it is dropped, and the
 * result is `"elapsed"`. The future is asked before the clock: a value that comes at the very instant wins.
 * @throws RangeError where `ms` is no number from 0; the future's panic.
 * @rust tokio::time::timeout
 * @cancel As safe as `future`, which is dropped with it.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { sleep, timeout } from "rt/time";
 * function* work(ms: number): Async<string> {
 *   yield* sleep(ms);
 *   return "done";
 * }
 * function* main(): Async<void> {
 *   for (const ms of [10, 11]) {
 *     const result = yield* timeout(10, work(ms));
 *     console.log(result.ok ? result.value : result.error); // done, elapsed
 *   }
 * }
 * blockOn(main());
 * ```
 */
export function timeout<T>(ms: number, future: Future<T>): Future<Result<T, "elapsed">> {
  const deadlineNs = nsFromNow(ms, "timeout(ms, future)");
  return new Timeout(asFuture(future, "timeout(ms, future)"), deadlineNs);
}

/**
 * Like {@link timeout}, until `instant`: several waits can share one deadline.
 * @throws TypeError where `instant` is no Instant; the future's panic.
 * @rust tokio::time::timeout_at
 * @cancel As safe as `future`, which is dropped with it.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { Instant, sleep, timeoutAt } from "rt/time";
 * function* main(): Async<void> {
 *   const deadline = Instant.now().add(25);
 *   for (let step = 1; step <= 3; step++) {
 *     const result = yield* timeoutAt(deadline, sleep(10));
 *     console.log(step, result.ok); // 1 true, 2 true, 3 false
 *   }
 * }
 * blockOn(main());
 * ```
 */
export function timeoutAt<T>(instant: Instant, future: Future<T>): Future<Result<T, "elapsed">> {
  const deadlineNs = nsOf(instant, "timeoutAt(instant, future)");
  return new Timeout(asFuture(future, "timeoutAt(instant, future)"), deadlineNs);
}
