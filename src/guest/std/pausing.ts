import { CALLS } from "#abi";
import { toNs } from "../core/duration.ts";
import { kernelCall } from "../core/kernel.ts";

/**
 * Blocks this thread for `ms` milliseconds of virtual time. Others run meanwhile, and no core is occupied.
 * @throws RangeError where `ms` is no number from 0.
 * @rust std::thread::sleep
 * @differs Ends after exactly this time, where Rust says "at least"; other threads may still run first.
 * @example
 * ```ts
 * import { sleep, spawn } from "std/thread";
 * import { Instant } from "std/time";
 * const start = Instant.now();
 * const other = spawn(() => sleep(300));
 * sleep(250);
 * console.log(start.elapsed()); // 250
 * other.join();
 * console.log(start.elapsed()); // 300
 * ```
 */
export function sleep(ms: number): void {
  kernelCall(CALLS.sleep, toNs(ms, "sleep(ms)"));
}

/**
 * Lets another thread that can run go first. A loop that waits for others without blocking needs it to end.
 * @rust std::thread::yield_now
 * @example
 * ```ts
 * import { spawn, yieldNow } from "std/thread";
 * const other = spawn(() => console.log("the other")); // the other
 * yieldNow();
 * console.log("main"); // main
 * other.join();
 * ```
 */
export function yieldNow(): void {
  kernelCall(CALLS.yieldNow);
}

/**
 * How many threads this machine can have at work at once: its cores. More threads than that finish nothing sooner
 * that computes, only what waits.
 * @rust std::thread::available_parallelism
 * @differs Gives the number itself, where Rust gives a Result.
 * @example
 * ```ts
 * import { availableParallelism } from "std/thread";
 * console.log(availableParallelism()); // 4
 * ```
 */
export function availableParallelism(): number {
  return kernelCall(CALLS.cores) as number;
}
