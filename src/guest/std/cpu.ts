import { CALLS } from "#abi";
import { toNs } from "../core/duration.ts";
import { kernelCall } from "../core/kernel.ts";

/**
 * Computes for `ms` milliseconds: occupies one core of the simulated machine for that long, and waits in line
 * where all cores are busy. Unlike `sleep`, it takes computing power from others.
 * @throws RangeError where `ms` is no number from 0.
 * @differs Rust has no such function: on a simulated computer code takes no time unless it says so.
 * @example
 * ```ts
 * import { work } from "std/cpu";
 * import { scope } from "std/thread";
 * import { Instant } from "std/time";
 * const start = Instant.now();
 * scope((s) => {
 *   for (let i = 0; i < 8; i += 1) s.spawn(() => work(100));
 * });
 * console.log(start.elapsed()); // 200
 * ```
 */
export function work(ms: number): void {
  kernelCall(CALLS.work, toNs(ms, "work(ms)"));
}
