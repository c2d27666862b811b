import type { Context } from "./context.ts";
import { Await, type Poll, type Suspended } from "./polling.ts";

/**
 * Something that will have a value, and does nothing until it is polled. `yield*` in an async function (a
 * `function*`) polls it until it is ready. What an async function returns is a future too. Stands for
 * `std::future::Future`; extend it to write one by hand.
 */
export abstract class Future<T> {
  /**
   * Goes on as far as it can now. Where it is not ready it has seen to it that `cx.waker`, the one of its latest
   * poll, will be woken. Must not be called again once it was ready.
   */
  abstract poll(cx: Context): Poll<T>;

  /**
   * Gives the future up before it is ready; never called after. Nothing by default: override it to take back what
   * the future has begun, and to drop the futures inside. Stands for `Drop`.
   */
  drop(): void {}

  /** What `yield*` uses. */
  [Symbol.iterator](): Iterator<Suspended, T, void> {
    return new Await(this);
  }
}

/** What an async function returns: a future that runs the function's body, from one `yield*` to the next. */
export interface Async<T> extends Generator<Suspended, T, void> {}

/** The value of a future. */
export type Output<F> = F extends Future<infer T> ? T : never;
