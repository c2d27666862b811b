import { CALLS } from "#abi";
import { kernelCall } from "../core/kernel.ts";

export * from "./network.ts";

export * from "./disk.ts";

export * from "./probe.ts";

/** What an author may say about a check. */
export interface CheckOptions {
  /** Why the property matters; shown after what happened. */
  readonly explain?: string;
  /** Shown when the learner asks for help with this check. */
  readonly hint?: string;
  /**
   * How time moves; `idle`: only when no thread can run. Needed where the check measures time: any other check is also run
   * with timers that fire late, and fails where that makes a difference.
   */
  readonly clock?: "idle";
  /** Virtual time every kernel call takes, nanoseconds; 0 where code costs nothing. */
  readonly callCostNs?: number;
  /** Cores of the machine; 4 where not given. */
  readonly cores?: number;
  /** True where threads may outlive the check's body. */
  readonly mayLeave?: boolean;
  /** True where a wait on a condition and a `park` may end without anybody having ended it, once a run. */
  readonly spuriousWakeups?: boolean;
  /** Runs for this check, where the exercise's number does not fit. */
  readonly runs?: number;
  /** Most kernel calls one run may make. */
  readonly callsMax?: number;
  /** Longest virtual time one poll may hold its executor, milliseconds; beyond, the run ends as `starved`. */
  readonly pollMs?: number;
}

interface Check {
  readonly id: string;
  readonly title: string;
  readonly body: () => void;
  readonly options: CheckOptions;
}

const checks: Check[] = [];
let common: CheckOptions = {};

/** Gives these options to every check registered from here on, unless it gives its own. */
export function defaults(options: CheckOptions): void {
  common = options;
}

/**
 * Registers a hidden test. `body` runs once in every explored schedule, as the first thread.
 * @throws Error where two checks have the same id.
 */
export function check(id: string, title: string, body: () => void, options: CheckOptions = {}): void {
  if (checks.some((known) => known.id === id)) throw new Error(`two checks are called ${id}`);
  checks.push({ id, title, body, options: { ...common, ...options } });
}

/**
 * Ends the check with `message` unless `condition` holds. Say what the program did, with times and names.
 * @throws Error where it does not hold. Catching it changes nothing: the check has failed.
 */
export function expect(condition: boolean, message: string | (() => string)): void {
  kernelCall(CALLS.expectation);
  if (!condition) fail(typeof message === "string" ? message : message());
}

/**
 * Ends the check. Nothing that learner code does can undo it.
 * @throws Error, always.
 */
export function fail(message: string): never {
  kernelCall(CALLS.checkFailed, 0, 0, `s${message}`.toWellFormed());
  throw new Error(message);
}

/** Virtual milliseconds since the run began. */
export function now(): number {
  return (kernelCall(CALLS.now) as number) / 1_000_000;
}

/** `1350` as "1,350 ms". */
export function ms(value: number): string {
  const whole = Math.trunc(value);
  const fraction = Math.round((value - whole) * 1000);
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === 0
    ? `${grouped} ms`
    : `${grouped}.${String(fraction).padStart(3, "0").replace(/0+$/, "")} ms`;
}

/** Kernel calls that all threads of this run have made so far. */
export function kernelCalls(): number {
  return kernelCall(CALLS.callCount) as number;
}

/** Threads alive right now, the asking one included. */
export function liveThreads(): number {
  return kernelCall(CALLS.liveThreads) as number;
}

/** Tasks of this library's executors that are not over; the futures that `blockOn` drives do not count. */
export function liveTasks(): number {
  return kernelCall(CALLS.liveTasks) as number;
}

/** @internal For the library's entry: tells the host which checks there are. */
export function listChecks(): void {
  const list = checks.map(({ id, title, options }) => ({ id, title, ...options }));
  kernelCall(CALLS.checkList, 0, 0, `s${JSON.stringify(list)}`);
}

/** @internal For the library's entry: runs one check. */
export function runCheck(index: number): void {
  const chosen = checks[index];
  if (chosen === undefined) throw new RangeError(`there is no check ${index}`);
  chosen.body();
}
