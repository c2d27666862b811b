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
 * A shared flag whose every access is one indivisible step. All threads that capture it see the same one.
 * @rust std::sync::atomic::AtomicBool
 * @differs Memory orders are accepted and have no effect: every access is sequentially consistent.
 * @example
 * ```ts
 * import { AtomicBool } from "std/sync";
 * import { spawn, yieldNow } from "std/thread";
 * const stop = new AtomicBool(false);
 * const worker = spawn(() => {
 *   while (!stop.load()) yieldNow();
 *   return "stopped";
 * });
 * console.log(stop.swap(true)); // false
 * console.log(worker.join()); // stopped
 * ```
 */
export class AtomicBool extends Handle {
  /**
   * A flag that begins as `value`.
   * @throws TypeError, as every method does, for what is neither true nor false.
   * @rust std::sync::atomic::AtomicBool::new
   */
  constructor(value: boolean) {
    super(
      KEY,
      "atomicBool",
      kernelCall(CALLS.atomicNew, 0, 0, bit(value, "new AtomicBool(value)")) as number,
    );
  }

  /**
   * The value.
   * @throws TypeError for an order that only writing can have.
   * @rust std::sync::atomic::AtomicBool::load
   */
  load(order?: LoadOrder): boolean {
    checkLoadOrder(order);
    return kernelCall(CALLS.atomicLoad, idAs(this, "atomicBool")) === 1;
  }

  /**
   * Replaces the value.
   * @throws TypeError for an order that only reading can have.
   * @rust std::sync::atomic::AtomicBool::store
   */
  store(value: boolean, order?: StoreOrder): void {
    checkStoreOrder(order);
    kernelCall(CALLS.atomicStore, idAs(this, "atomicBool"), 0, bit(value, "store(value)"));
  }

  /**
   * Stores `value` and returns the one before.
   * @rust std::sync::atomic::AtomicBool::swap
   */
  swap(value: boolean, order?: MemoryOrder): boolean {
    checkOrder(order, "swap");
    return kernelCall(CALLS.atomicSwap, idAs(this, "atomicBool"), 0, bit(value, "swap(value)")) === 1;
  }

  /**
   * Stores `next` if the value is `now`; ok holds the value before, error the value found instead.
   * @rust std::sync::atomic::AtomicBool::compare_exchange
   * @differs Takes one order for both outcomes, not two.
   */
  compareExchange(now: boolean, next: boolean, order?: MemoryOrder): Result<boolean, boolean> {
    checkOrder(order, "compareExchange");
    const what = "compareExchange(now, next)";
    const [from, to] = [bit(now, what), bit(next, what)];
    const before = kernelCall(CALLS.atomicCompareExchange, idAs(this, "atomicBool"), from, to) === 1;
    return status() === STATUS.ok ? ok(before) : err(before);
  }

  /**
   * Stores whether the value and `other` are both true; returns the value before.
   * @rust std::sync::atomic::AtomicBool::fetch_and
   */
  fetchAnd(other: boolean, order?: MemoryOrder): boolean {
    checkOrder(order, "fetchAnd");
    return fetch(idAs(this, "atomicBool"), FETCH.and, bit(other, "fetchAnd(other)")) === 1;
  }

  /**
   * Stores whether the value or `other` is true; returns the value before.
   * @rust std::sync::atomic::AtomicBool::fetch_or
   */
  fetchOr(other: boolean, order?: MemoryOrder): boolean {
    checkOrder(order, "fetchOr");
    return fetch(idAs(this, "atomicBool"), FETCH.or, bit(other, "fetchOr(other)")) === 1;
  }

  /**
   * Stores whether the value and `other` differ; returns the value before.
   * @rust std::sync::atomic::AtomicBool::fetch_xor
   */
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
