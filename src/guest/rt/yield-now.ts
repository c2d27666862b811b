import { Future } from "./future.ts";
import type { Context } from "./context.ts";
import { begun, made } from "./generators.ts";
import { Poll, polledAgain } from "./polling.ts";

class YieldNow extends Future<void> {
  readonly #token = made();
  #state: "fresh" | "yielded" | "over" = "fresh";

  override poll(cx: Context): Poll<void> {
    begun(this.#token);
    if (this.#state === "over") return polledAgain();
    const isReady = this.#state === "yielded";
    this.#state = isReady ? "over" : "yielded";
    if (isReady) return Poll.ready(undefined);
    cx.waker.wake();
    return Poll.pending;
  }

  override drop(): void {
    begun(this.#token);
    this.#state = "over";
  }
}

/**
 * Lets the other tasks that could go on have their turn first.
 * @rust tokio::task::yield_now
 * @cancel Safe: there is nothing to lose.
 * @example
 * ```ts
 * import { type Async, blockOn, join, spawn, yieldNow } from "rt";
 * function* count(name: string): Async<void> {
 *   for (const n of [1, 2]) {
 *     console.log(name + n); // a1, b1, a2, b2
 *     yield* yieldNow();
 *   }
 * }
 * function* main(): Async<void> {
 *   yield* join(spawn(count("a")), spawn(count("b")));
 * }
 * blockOn(main());
 * ```
 */
export function yieldNow(): Future<void> {
  return new YieldNow();
}
