import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { Handle, KEY, idAs, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { wholeNumber } from "../core/whole-number.ts";
import { FETCH, fetch } from "./atomic-fetch.ts";
import {
  checkLoadOrder,
  checkOrder,
  checkStoreOrder,
  type LoadOrder,
  type MemoryOrder,
  type StoreOrder,
} from "./memory-order.ts";

/**
 * A shared whole number of 32 bits whose every access is one indivisible step. Sums that do not fit wrap around.
 * @rust std::sync::atomic::AtomicI32
 * @differs Memory orders are accepted and have no effect: every access is sequentially consistent.
 * @example
 * ```ts
 * import { AtomicI32 } from "std/sync";
 * import { scope } from "std/thread";
 * const hits = new AtomicI32(0);
 * scope((s) => {
 *   for (let i = 0; i < 3; i += 1) s.spawn(() => hits.fetchAdd(10));
 * });
 * console.log(hits.load()); // 30
 * console.log(hits.compareExchange(7, 0).ok); // false
 * console.log(hits.swap(2 ** 31 - 1)); // 30
 * hits.fetchAdd(1);
 * console.log(hits.load()); // -2147483648
 * ```
 */
export class AtomicI32 extends Handle {
  /**
   * A number that begins as `value`.
   * @throws RangeError, as every method does, for what is no whole number of 32 bits.
   * @rust std::sync::atomic::AtomicI32::new
   */
  constructor(value: number) {
    super(KEY, "atomicI32", kernelCall(CALLS.atomicNew, 0, 0, i32(value, "new AtomicI32(value)")) as number);
  }

  /**
   * The value.
   * @throws TypeError for an order that only writing can have.
   * @rust std::sync::atomic::AtomicI32::load
   */
  load(order?: LoadOrder): number {
    checkLoadOrder(order);
    return kernelCall(CALLS.atomicLoad, idAs(this, "atomicI32")) as number;
  }

  /**
   * Replaces the value.
   * @throws TypeError for an order that only reading can have.
   * @rust std::sync::atomic::AtomicI32::store
   */
  store(value: number, order?: StoreOrder): void {
    checkStoreOrder(order);
    kernelCall(CALLS.atomicStore, idAs(this, "atomicI32"), 0, i32(value, "store(value)"));
  }

  /**
   * Stores `value` and returns the one before.
   * @rust std::sync::atomic::AtomicI32::swap
   */
  swap(value: number, order?: MemoryOrder): number {
    checkOrder(order, "swap");
    return kernelCall(CALLS.atomicSwap, idAs(this, "atomicI32"), 0, i32(value, "swap(value)")) as number;
  }

  /**
   * Stores `next` if the value is `now`; ok holds the value before, error the value found instead.
   * @rust std::sync::atomic::AtomicI32::compare_exchange
   * @differs Takes one order for both outcomes, not two.
   * @example
   * ```ts
   * import { AtomicI32 } from "std/sync";
   * const largest = new AtomicI32(5);
   * let seen = largest.load();
   * for (;;) {
   *   const done = largest.compareExchange(seen, Math.max(seen, 8));
   *   if (done.ok) break;
   *   seen = done.error;
   * }
   * console.log(largest.load()); // 8
   * ```
   */
  compareExchange(now: number, next: number, order?: MemoryOrder): Result<number, number> {
    checkOrder(order, "compareExchange");
    const what = "compareExchange(now, next)";
    const [from, to] = [i32(now, what), i32(next, what)];
    const before = kernelCall(CALLS.atomicCompareExchange, idAs(this, "atomicI32"), from, to) as number;
    return status() === STATUS.ok ? ok(before) : err(before);
  }

  /**
   * Adds `amount`, wrapping around; returns the value before.
   * @rust std::sync::atomic::AtomicI32::fetch_add
   */
  fetchAdd(amount: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchAdd");
    return fetch(idAs(this, "atomicI32"), FETCH.add, i32(amount, "fetchAdd(amount)"));
  }

  /**
   * Subtracts `amount`, wrapping around; returns the value before.
   * @rust std::sync::atomic::AtomicI32::fetch_sub
   */
  fetchSub(amount: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchSub");
    return fetch(idAs(this, "atomicI32"), FETCH.sub, i32(amount, "fetchSub(amount)"));
  }

  /**
   * Stores the larger of the value and `other`; returns the value before.
   * @rust std::sync::atomic::AtomicI32::fetch_max
   */
  fetchMax(other: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchMax");
    return fetch(idAs(this, "atomicI32"), FETCH.max, i32(other, "fetchMax(other)"));
  }

  /**
   * Stores the smaller of the value and `other`; returns the value before.
   * @rust std::sync::atomic::AtomicI32::fetch_min
   */
  fetchMin(other: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchMin");
    return fetch(idAs(this, "atomicI32"), FETCH.min, i32(other, "fetchMin(other)"));
  }

  /**
   * Keeps the bits that are set in `mask`; returns the value before.
   * @rust std::sync::atomic::AtomicI32::fetch_and
   */
  fetchAnd(mask: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchAnd");
    return fetch(idAs(this, "atomicI32"), FETCH.and, i32(mask, "fetchAnd(mask)"));
  }

  /**
   * Sets the bits that are set in `mask`; returns the value before.
   * @rust std::sync::atomic::AtomicI32::fetch_or
   */
  fetchOr(mask: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchOr");
    return fetch(idAs(this, "atomicI32"), FETCH.or, i32(mask, "fetchOr(mask)"));
  }

  /**
   * Flips the bits that are set in `mask`; returns the value before.
   * @rust std::sync::atomic::AtomicI32::fetch_xor
   */
  fetchXor(mask: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchXor");
    return fetch(idAs(this, "atomicI32"), FETCH.xor, i32(mask, "fetchXor(mask)"));
  }
}

function i32(value: number, what: string): number {
  return wholeNumber(value, -(2 ** 31), what, 2 ** 31 - 1) | 0;
}

reviveWith("atomicI32", (id) => reviveAs(AtomicI32, "atomicI32", id));
