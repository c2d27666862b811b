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
 * Waits for `ms` milliseconds, counted from this call and not from the first poll.
 * @throws RangeError where `ms` is no number from 0.
 * @rust tokio::time::sleep
 * @cancel Safe: there is nothing to lose. A `sleep` that is made anew counts anew.
 * @differs Exact to the nanosecond; tokio's timers are rounded up to whole milliseconds.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { Instant, sleep } from "rt/time";
 * function* main(): Async<void> {
 *   const start = Instant.now();
 *   const nap = sleep(10);
 *   yield* sleep(4);
 *   yield* nap;
 *   console.log(start.elapsed()); // 10
 * }
 * blockOn(main());
 * ```
 */
export function sleep(ms: number): Future<void> {
  return sleepUntilNs(nsFromNow(ms, "sleep(ms)"));
}

/**
 * Waits until `instant`; ready at once where that is past.
 * @throws TypeError where `instant` is no Instant.
 * @rust tokio::time::sleep_until
 * @cancel Safe: there is nothing to lose.
 * @differs Exact to the nanosecond; tokio's timers are rounded up to whole milliseconds.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { Instant, sleepUntil } from "rt/time";
 * function* main(): Async<void> {
 *   const start = Instant.now();
 *   yield* sleepUntil(start.add(10));
 *   console.log(start.elapsed()); // 10
 *   yield* sleepUntil(start);
 *   console.log(start.elapsed()); // 10
 * }
 * blockOn(main());
 * ```
 */
export function sleepUntil(instant: Instant): Future<void> {
  return sleepUntilNs(nsOf(instant, "sleepUntil(instant)"));
}
