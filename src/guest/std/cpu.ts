import { CALLS } from "#abi";
import { toNs } from "../core/duration.ts";
import { kernelCall } from "../core/kernel.ts";

/**
 * Computes for `ms` milliseconds: occupies one core of the simulated machine for that long, and waits in line
 * where all cores are busy. Unlike `sleep`, it takes computing power from others.
 */
export function work(ms: number): void {
  kernelCall(CALLS.work, toNs(ms, "work(ms)"));
}
