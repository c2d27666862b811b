import { CALLS } from "#abi";
import { toNs } from "../core/duration.ts";
import { kernelCall } from "../core/kernel.ts";

/** Blocks this thread for `ms` milliseconds of virtual time. Stands for `std::thread::sleep`. */
export function sleep(ms: number): void {
  kernelCall(CALLS.sleep, toNs(ms, "sleep(ms)"));
}

/** Lets another thread that can run go first. Stands for `std::thread::yield_now`. */
export function yieldNow(): void {
  kernelCall(CALLS.yieldNow);
}

/**
 * How many threads this machine can have at work at once: its cores. More threads than that finish nothing sooner
 * that computes, only what waits. Stands for `std::thread::available_parallelism`.
 */
export function availableParallelism(): number {
  return kernelCall(CALLS.cores) as number;
}
