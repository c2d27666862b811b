import type { Context } from "./context.ts";
import { Await, type Poll, type Suspended } from "./polling.ts";

/**
 * Something that will have a value, and does nothing until it is polled. `yield*` in an async function (a
 * `function*`) polls it until it is ready. What an async function returns is a future too. Extend it to write
 * one by hand.
 * @rust std::future::Future
 * @differs Nothing is pinned: a future may be put anywhere between two polls. One of this library that is
 * polled after it was ready or dropped ends the run as a misuse; in Rust that may panic, or wait for ever.
 * @example
 * ```ts
 * import { blockOn, type Context, Future, Poll } from "rt";
 * class Countdown extends Future<string> {
 *   left = 2;
 *   override poll(cx: Context): Poll<string> {
 *     console.log(this.left); // 2, 1, 0
 *     if (this.left === 0) return Poll.ready("lift-off");
 *     this.left--;
 *     cx.waker.wake();
 *     return Poll.pending;
 *   }
 * }
 * const said = blockOn(new Countdown());
 * console.log(said); // lift-off
 * ```
 */
export abstract class Future<T> {
  /**
   * Goes on as far as it can now. Where it is not ready it has seen to it that `cx.waker`, the one of its
   * latest poll, will be woken. Must not be called again once it was ready.
   * @rust std::future::Future::poll
   */
  abstract poll(cx: Context): Poll<T>;

  /**
   * Gives the future up before it is ready; never called after. Nothing by default: override it to take back
   * what the future has begun, and to drop the futures inside.
   * @rust std::ops::Drop::drop
   * @differs Only a future that is not ready is dropped, and the fields of a future by hand are not dropped
   * by themselves: its `drop` has to do it.
   */
  drop(): void {}

  /**
   * What `yield*` uses.
   * @rust std::future::IntoFuture::into_future
   */
  [Symbol.iterator](): Iterator<Suspended, T, void> {
    return new Await(this);
  }
}

/**
 * What an async function returns: a future that runs the function's body, from one `yield*` to the next.
 * Nothing of the body runs before the first poll. Dropped where it waits, its `finally` blocks and `using`
 * declarations run.
 * @rust std::future::Future
 * @differs It is what an `async fn` gives. Cleaning up cannot wait: `yield*` in a `finally` block of a future
 * that is dropped ends the run as a misuse.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { sleep, timeout } from "rt/time";
 * const future = load();
 * console.log("made"); // made
 * blockOn(timeout(10, future));
 * function* load(): Async<string> {
 *   console.log("begun"); // begun
 *   try { yield* sleep(50); } finally { console.log("left"); } // left
 *   return "page";
 * }
 * ```
 */
export interface Async<T> extends Generator<Suspended, T, void> {}

/**
 * The value of a future.
 * @rust std::future::Future::Output
 */
export type Output<F> = F extends Future<infer T> ? T : never;
