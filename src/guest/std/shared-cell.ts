import { CALLS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { Handle, KEY, idAs, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";

/**
 * Memory that threads share without any protection: a `get` and a later `set` are two steps, and another thread
 * may come between them. It is here to show what goes wrong.
 * @rust std::cell::UnsafeCell
 * @differs Rust does not let threads share such a cell unless a program says `unsafe`.
 * @example
 * ```ts
 * import { SharedCell } from "std/sync";
 * import { scope, yieldNow } from "std/thread";
 * const count = new SharedCell(0);
 * scope((s) => {
 *   for (let i = 0; i < 2; i += 1)
 *     s.spawn(() => {
 *       const before = count.get();
 *       yieldNow();
 *       count.set(before + 1);
 *     });
 * });
 * console.log(count.get()); // 1
 * ```
 */
export class SharedCell<T> extends Handle {
  /**
   * A cell with a copy of `value`.
   * @rust std::cell::UnsafeCell::new
   */
  constructor(value: T) {
    super(KEY, "cell", kernelCall(CALLS.cellNew, 0, 0, encode(value, "value")) as number);
  }

  /**
   * A copy of the value.
   * @rust std::cell::UnsafeCell::get
   */
  get(): T {
    return decode(kernelCall(CALLS.cellGet, idAs(this, "cell"))) as T;
  }

  /**
   * Puts a copy of `value` there, whatever is there by now.
   * @rust std::cell::UnsafeCell::get
   */
  set(value: T): void {
    kernelCall(CALLS.cellSet, idAs(this, "cell"), 0, encode(value, "value"));
  }
}

reviveWith("cell", (id) => reviveAs(SharedCell, "cell", id));
