import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { Handle, KEY, idAs, reviveAs, reviveWith } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
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
 * A shared flag whose every access is one indivisible step. Memory orders are accepted and have no effect.
 * Stands for `std::sync::atomic::AtomicBool`.
 */
export class AtomicBool extends Handle {
  constructor(value: boolean) {
    super(
      KEY,
      "atomicBool",
      kernelCall(CALLS.atomicNew, 0, 0, bit(value, "new AtomicBool(value)")) as number,
    );
  }

  /** The value. */
  load(order?: LoadOrder): boolean {
    checkLoadOrder(order);
    return kernelCall(CALLS.atomicLoad, idAs(this, "atomicBool")) === 1;
  }

  /** Replaces the value. */
  store(value: boolean, order?: StoreOrder): void {
    checkStoreOrder(order);
    kernelCall(CALLS.atomicStore, idAs(this, "atomicBool"), 0, bit(value, "store(value)"));
  }

  /** Stores `value` and returns the one before. */
  swap(value: boolean, order?: MemoryOrder): boolean {
    checkOrder(order, "swap");
    return kernelCall(CALLS.atomicSwap, idAs(this, "atomicBool"), 0, bit(value, "swap(value)")) === 1;
  }

  /** Stores `next` if the value is `now`; ok holds the value before, error the value found instead. */
  compareExchange(now: boolean, next: boolean, order?: MemoryOrder): Result<boolean, boolean> {
    checkOrder(order, "compareExchange");
    const what = "compareExchange(now, next)";
    const [from, to] = [bit(now, what), bit(next, what)];
    const before = kernelCall(CALLS.atomicCompareExchange, idAs(this, "atomicBool"), from, to) === 1;
    return status() === STATUS.ok ? ok(before) : err(before);
  }

  /** Stores whether the value and `other` are both true; returns the value before. */
  fetchAnd(other: boolean, order?: MemoryOrder): boolean {
    checkOrder(order, "fetchAnd");
    return fetch(idAs(this, "atomicBool"), FETCH.and, bit(other, "fetchAnd(other)")) === 1;
  }

  /** Stores whether the value or `other` is true; returns the value before. */
  fetchOr(other: boolean, order?: MemoryOrder): boolean {
    checkOrder(order, "fetchOr");
    return fetch(idAs(this, "atomicBool"), FETCH.or, bit(other, "fetchOr(other)")) === 1;
  }

  /** Stores whether the value and `other` differ; returns the value before. */
  fetchXor(other: boolean, order?: MemoryOrder): boolean {
    checkOrder(order, "fetchXor");
    return fetch(idAs(this, "atomicBool"), FETCH.xor, bit(other, "fetchXor(other)")) === 1;
  }
}

function bit(value: boolean, what: string): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  const got = typeof value === "string" ? JSON.stringify(value) : inspect(value);
  throw new TypeError(`${what} needs true or false, got ${got}`);
}

reviveWith("atomicBool", (id) => reviveAs(AtomicBool, "atomicBool", id));
