import type { Outcome, RunResult, RunRules, RunWarning } from "#machine";
import type { Shrunk } from "./shrink/shrink.ts";
import type { StrategyName } from "./strategies/strategy.ts";

/** How far a search is; one after each run. */
export interface SearchProgress {
  readonly strategy: StrategyName;
  readonly runs: number;
  readonly of: number;
  readonly calls: number;
  /** True where the last run failed: the search is about to end. */
  readonly failed: boolean;
}

/** The first failing run of a search, made simpler, with what is needed to see it again. */
export interface SearchFailure {
  readonly outcome: Outcome;
  /** The strategy that found it. */
  readonly strategy: StrategyName;
  /** Its number, from 1. */
  readonly run: number;
  /** As proofs count them: see cost.ts. */
  readonly preemptions: number;
  /** How time moved. */
  readonly clock: RunRules["clock"];
  readonly schedule: string;
  /** The run of this schedule, recorded. */
  readonly result: RunResult;
  /** What was made simpler since the run was found; null where that was not tried. */
  readonly shrunk: Shrunk | null;
}

export interface SearchResult {
  /** `passed`, `inconclusive`, `nondeterministic`, or what the first failing run ended in. */
  readonly outcome: Outcome;
  readonly failure: SearchFailure | null;
  readonly runs: number;
  readonly calls: number;
  /** True where every schedule with at most `preemptions` preemptions (one, unless told) was run. */
  readonly complete: boolean;
  /** What this proves, in words; and how much simpler a failing schedule was made. */
  readonly proof: string;
  /** Trace hash of the default schedule. */
  readonly learnHash: string;
  /** Hash over the trace hashes of all runs, in order. */
  readonly runsHash: string;
  /** Of the failing run, else of the default schedule. */
  readonly warnings: readonly RunWarning[];
}
