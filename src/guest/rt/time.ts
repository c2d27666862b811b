export { sleep, sleepUntil } from "./sleep.ts";
export { timeout, timeoutAt } from "./timeout.ts";
export { interval, intervalAt, Interval, type MissedTicks } from "./interval.ts";
export { Instant } from "../std/instant.ts";
