import { CALLS } from "#abi";
import { toNs } from "../core/duration.ts";
import { kernelCall } from "../core/kernel.ts";
import { type Instant, nsOf } from "../std/instant.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";

/** Waits until `ns` nanoseconds of virtual time. */
export function sleepUntilNs(ns: number): Future<void> {
  return new Operation<void>({ call: CALLS.sleepUntil, a: ns, read: () => undefined });
}

/** The moment `ms` milliseconds from now, in nanoseconds; `what` is what the program called. */
export function nsFromNow(ms: number, what: string): number {
  const ns = toNs(ms, what);
  return (kernelCall(CALLS.now) as number) + ns;
}

/**
 * Waits for `ms` milliseconds, counted from this call and not from the first poll. Cancel safe.
 * Stands for `tokio::time::sleep`.
 */
export function sleep(ms: number): Future<void> {
  return sleepUntilNs(nsFromNow(ms, "sleep(ms)"));
}

/**
 * Waits until `instant`; ready at once where that is past. Cancel safe. Stands for `tokio::time::sleep_until`.
 */
export function sleepUntil(instant: Instant): Future<void> {
  return sleepUntilNs(nsOf(instant, "sleepUntil(instant)"));
}
