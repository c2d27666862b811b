import type { Limits, OutcomeKind, Place, Trace, WaitFor } from "#abi";
import type { Chooser, Choice } from "#kernel";

/** What a run executes once the module bodies have run. */
export type Entry =
  | { readonly kind: "main" }
  | { readonly kind: "demo" } // the module bodies are the program
  | { readonly kind: "check"; readonly index: number }
  | { readonly kind: "list" }; // registers the checks, runs none

/** Rules of one run that an author may set with a check. */
export interface RunRules {
  /**
   * How time moves: `idle` only when no thread can run; `late` also where one could, at the price of a preemption, so
   * that a program which is right only because it waits long enough is found out.
   */
  readonly clock: "idle" | "late";
  /** Virtual time every kernel call occupies a core, nanoseconds. */
  readonly callCostNs: number;
  readonly cores: number;
  /** True where threads and tasks may outlive the body. */
  readonly mayLeave: boolean;
  /** A wait on a condition and a `park` may end without anybody having ended it, once a run. */
  readonly spuriousWakeups: boolean;
  /** Longest virtual time that one poll may hold its executor, nanoseconds. */
  readonly pollMaxNs: number;
}

export const DEFAULT_RULES: RunRules = {
  clock: "idle",
  callCostNs: 0,
  cores: 4,
  mayLeave: false,
  spuriousWakeups: false,
  pollMaxNs: Infinity,
};

export interface RunOptions {
  readonly entry: Entry;
  readonly chooser: Chooser;
  readonly rules?: Partial<RunRules>;
  readonly limits?: Partial<Limits>;
  /** Keep the events (and the choices' operations) for showing; without, only their hash. */
  readonly record?: boolean;
}

export interface Outcome {
  readonly kind: OutcomeKind;
  /** What the program did, in words for the learner; "" when passed. */
  readonly message: string;
  /** The thread it happened in, -1 where none. */
  readonly thread: number;
  /** Learner's (or author's) position, where there is one. */
  readonly place?: Place;
  /** The wait-for cycle of a deadlock. */
  readonly cycle?: readonly WaitFor[];
  /** For `check-failed`: the author's message is `message`; for panics the error's name. */
  readonly errorName?: string;
}

export interface PrintedLine {
  readonly timeNs: number;
  readonly thread: number;
  readonly threadName: string;
  /** The name of the task that printed it, else of the thread. */
  readonly actor: string;
  readonly text: string;
}

/** Something that is no failure, in words for the learner. */
export interface RunWarning {
  readonly message: string;
  readonly place?: Place;
}

export interface RunResult {
  readonly outcome: Outcome;
  /** Hash over every event, the same on every platform; 16 hex digits. */
  readonly traceHash: string;
  readonly choices: readonly Choice[];
  readonly calls: number;
  /** How often each thread went on, by its number: chosen, or as the only one that could. */
  readonly stepsOf: readonly number[];
  readonly endNs: number;
  /** True where something waited for an instant, or was to happen at one. */
  readonly waitsForTime: boolean;
  readonly printed: readonly PrintedLine[];
  /** What is no failure and should be known. */
  readonly warnings: readonly RunWarning[];
  /** Number of expectations checked. */
  readonly expectations: number;
  /** Present with `record`. */
  readonly trace?: Trace;
  /** Present for the entry `list`. */
  readonly checks?: readonly CheckInfo[];
}

/** A hidden check as it registers itself. */
export interface CheckInfo {
  readonly index: number;
  readonly id: string;
  readonly title: string;
  readonly explain?: string;
  readonly hint?: string;
  readonly rules: Partial<RunRules>;
  /** Runs for this check, where it asks for another number than the exercise. */
  readonly runsMax?: number;
  readonly callsMax?: number;
}
