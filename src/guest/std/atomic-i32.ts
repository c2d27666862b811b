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
 * Memory orders are accepted and have no effect. Stands for `std::sync::atomic::AtomicI32`.
 */
export class AtomicI32 extends Handle {
  /** @throws RangeError, as every method does, for what is no whole number of 32 bits. */
  constructor(value: number) {
    super(KEY, "atomicI32", kernelCall(CALLS.atomicNew, 0, 0, i32(value, "new AtomicI32(value)")) as number);
  }

  /** The value. */
  load(order?: LoadOrder): number {
    checkLoadOrder(order);
    return kernelCall(CALLS.atomicLoad, idAs(this, "atomicI32")) as number;
  }

  /** Replaces the value. */
  store(value: number, order?: StoreOrder): void {
    checkStoreOrder(order);
    kernelCall(CALLS.atomicStore, idAs(this, "atomicI32"), 0, i32(value, "store(value)"));
  }

  /** Stores `value` and returns the one before. */
  swap(value: number, order?: MemoryOrder): number {
    checkOrder(order, "swap");
    return kernelCall(CALLS.atomicSwap, idAs(this, "atomicI32"), 0, i32(value, "swap(value)")) as number;
  }

  /** Stores `next` if the value is `now`; ok holds the value before, error the value found instead. */
  compareExchange(now: number, next: number, order?: MemoryOrder): Result<number, number> {
    checkOrder(order, "compareExchange");
    const what = "compareExchange(now, next)";
    const [from, to] = [i32(now, what), i32(next, what)];
    const before = kernelCall(CALLS.atomicCompareExchange, idAs(this, "atomicI32"), from, to) as number;
    return status() === STATUS.ok ? ok(before) : err(before);
  }

  /** Adds `amount`, wrapping around; returns the value before. */
  fetchAdd(amount: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchAdd");
    return fetch(idAs(this, "atomicI32"), FETCH.add, i32(amount, "fetchAdd(amount)"));
  }

  /** Subtracts `amount`, wrapping around; returns the value before. */
  fetchSub(amount: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchSub");
    return fetch(idAs(this, "atomicI32"), FETCH.sub, i32(amount, "fetchSub(amount)"));
  }

  /** Stores the larger of the value and `other`; returns the value before. */
  fetchMax(other: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchMax");
    return fetch(idAs(this, "atomicI32"), FETCH.max, i32(other, "fetchMax(other)"));
  }

  /** Stores the smaller of the value and `other`; returns the value before. */
  fetchMin(other: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchMin");
    return fetch(idAs(this, "atomicI32"), FETCH.min, i32(other, "fetchMin(other)"));
  }

  /** Keeps the bits that are set in `mask`; returns the value before. */
  fetchAnd(mask: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchAnd");
    return fetch(idAs(this, "atomicI32"), FETCH.and, i32(mask, "fetchAnd(mask)"));
  }

  /** Sets the bits that are set in `mask`; returns the value before. */
  fetchOr(mask: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchOr");
    return fetch(idAs(this, "atomicI32"), FETCH.or, i32(mask, "fetchOr(mask)"));
  }

  /** Flips the bits that are set in `mask`; returns the value before. */
  fetchXor(mask: number, order?: MemoryOrder): number {
    checkOrder(order, "fetchXor");
    return fetch(idAs(this, "atomicI32"), FETCH.xor, i32(mask, "fetchXor(mask)"));
  }
}

function i32(value: number, what: string): number {
  return wholeNumber(value, -(2 ** 31), what, 2 ** 31 - 1) | 0;
}

reviveWith("atomicI32", (id) => reviveAs(AtomicI32, "atomicI32", id));
