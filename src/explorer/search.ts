import { RollingHash } from "#base";
import type { Limits } from "#abi";
import type { Entry, Outcome, RunResult, RunRules, RunWarning } from "#machine";
import { COMPLETE_FROM, createPhases, type Phase } from "./phases.ts";
import { describeProof } from "./proof.ts";
import { createRepeat } from "./replay.ts";
import type { Runnable } from "./runnable.ts";
import { encodeSchedule, scheduleOf } from "./schedule.ts";
import { NO_COVERAGE, type Coverage, type StrategyName } from "./strategy.ts";

export interface SearchOptions {
  readonly entry: Entry;
  /** Hash of the loaded program; its first digits stand in every schedule. */
  readonly programHash: string;
  readonly rules?: Partial<RunRules>;
  readonly limits?: Partial<Limits>;
  readonly strategy?: StrategyName;
  readonly seed?: number;
  /** Preemptions up to which schedules are tried in order; the pipeline without it goes as far as its share allows. */
  readonly preemptions?: number;
  readonly runsMax?: number;
  /** Kernel calls of all runs together; no run is begun beyond. */
  readonly callsMax?: number;
}

export const DEFAULT_SEARCH = {
  strategy: "pipeline",
  seed: 1,
  runsMax: 300,
  callsMax: 60_000,
} as const;

/** How far a search is; one after each run. */
export interface SearchProgress {
  readonly strategy: StrategyName;
  readonly runs: number;
  readonly of: number;
  readonly calls: number;
  /** True where the last run failed: the search is about to end. */
  readonly failed: boolean;
}

/** The first failing run of a search, with what is needed to see it again. */
export interface SearchFailure {
  readonly outcome: Outcome;
  /** The strategy that found it. */
  readonly strategy: StrategyName;
  /** Its number, from 1. */
  readonly run: number;
  readonly preemptions: number;
  readonly schedule: string;
  /** The same run once more, recorded. */
  readonly result: RunResult;
}

export interface SearchResult {
  /** `passed`, `inconclusive`, `nondeterministic`, or what the first failing run ended in. */
  readonly outcome: Outcome;
  readonly failure: SearchFailure | null;
  readonly runs: number;
  readonly calls: number;
  /** True where every schedule with at most `preemptions` preemptions ({@link COMPLETE_FROM} unless told) was run. */
  readonly complete: boolean;
  /** What this proves, in words. */
  readonly proof: string;
  /** Trace hash of the default schedule. */
  readonly learnHash: string;
  /** Hash over the trace hashes of all runs, in order. */
  readonly runsHash: string;
  /** Of the failing run, else of the default schedule. */
  readonly warnings: readonly RunWarning[];
}

const PASSED: Outcome = { kind: "passed", message: "", thread: -1 };

/** Runs `runnable` under many schedules until one fails or the budget is used. Yields after each run; drop it to stop. */
export function* searchSteps(
  runnable: Runnable,
  options: SearchOptions,
): Generator<SearchProgress, SearchResult, void> {
  const search = new Search(runnable, options);
  for (const phase of search.phases) {
    while (search.mayRun(phase)) {
      const finished = search.runOnce(phase);
      yield search.progress(phase, (finished?.failure ?? null) !== null);
      if (finished !== undefined) return finished;
    }
    if (phase.strategy.coverage().everything) break;
  }
  return search.conclude();
}

/** {@link searchSteps}, driven to its end. */
export function search(runnable: Runnable, options: SearchOptions): SearchResult {
  const steps = searchSteps(runnable, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** A failing schedule's preemptions, and what was covered without a failure before it. */
interface Found {
  readonly preemptions: number;
  readonly covered: Coverage;
}

/** The counts and hashes of one search. */
class Search {
  readonly phases: readonly Phase[];
  readonly #runnable: Runnable;
  readonly #options: Required<Pick<SearchOptions, keyof typeof DEFAULT_SEARCH>> & SearchOptions;
  readonly #hash = new RollingHash();
  readonly #runsOf = new Map<StrategyName, number>();
  #learnHash = "";
  #warnings: readonly RunWarning[] = [];
  #runs = 0;
  #calls = 0;
  #inconclusive = 0;

  constructor(runnable: Runnable, options: SearchOptions) {
    this.#runnable = runnable;
    this.#options = { ...DEFAULT_SEARCH, ...options };
    this.phases = createPhases(this.#options);
  }

  mayRun(phase: Phase): boolean {
    return this.#runs < phase.runsMax && this.#calls < phase.callsMax && phase.hasNext();
  }

  progress(phase: Phase, failed: boolean): SearchProgress {
    const { runsMax } = this.#options;
    return { strategy: phase.strategy.name, runs: this.#runs, of: runsMax, calls: this.#calls, failed };
  }

  /** One run; the result of the search where this run ends it. */
  runOnce(phase: Phase): SearchResult | undefined {
    const result = this.#runnable.run({ ...this.#runOptions(), chooser: phase.next() });
    const covered = this.#coverage();
    const fits = phase.strategy.end(result);
    this.#count(phase.strategy.name, result);
    if (!fits || (phase.learns && result.traceHash !== this.#learnHash)) return this.#nondeterministic();
    if (result.outcome.kind === "inconclusive") this.#inconclusive += 1;
    else if (result.outcome.kind !== "passed") return this.#failed(phase, result, covered);
    return undefined;
  }

  /** The result where no run failed. */
  conclude(): SearchResult {
    if (this.#inconclusive > 0) {
      return this.#result(
        { kind: "inconclusive", message: this.#proof("open", 0), thread: -1 },
        "open",
        null,
      );
    }
    return this.#result(PASSED, "passed", null);
  }

  #runOptions(): { entry: Entry; rules?: Partial<RunRules>; limits?: Partial<Limits> } {
    const { entry, rules, limits } = this.#options;
    return { entry, ...(rules && { rules }), ...(limits && { limits }) };
  }

  #count(strategy: StrategyName, result: RunResult): void {
    this.#runs += 1;
    this.#calls += result.calls;
    this.#hash.text(result.traceHash);
    if (this.#runs === 1) [this.#learnHash, this.#warnings] = [result.traceHash, result.warnings];
    this.#runsOf.set(strategy, (this.#runsOf.get(strategy) ?? 0) + 1);
  }

  /**
   * Runs the failing schedule once more, recorded, so that it can be shown and is known to come back. `covered` is what
   * passed before it: it may have been the last schedule of its kind.
   */
  #failed(phase: Phase, first: RunResult, covered: Coverage): SearchResult {
    const result = this.#runnable.run({ ...this.#runOptions(), chooser: createRepeat(first), record: true });
    if (result.traceHash !== first.traceHash || result.outcome.kind !== first.outcome.kind) {
      return this.#nondeterministic();
    }
    const preemptions = result.choices.filter((choice) => choice.preempts).length;
    const failure: SearchFailure = {
      outcome: result.outcome,
      strategy: phase.strategy.name,
      run: this.#runs,
      preemptions,
      schedule: encodeSchedule(scheduleOf(this.#options.programHash, result.choices)),
      result,
    };
    return this.#result(result.outcome, "failed", failure, { preemptions, covered });
  }

  #nondeterministic(): SearchResult {
    const message =
      "The same schedule gave two different runs. That is a fault of the simulated computer, not of your program: please report it with your files.";
    return this.#result({ kind: "nondeterministic", message, thread: -1 }, "open", null);
  }

  #result(
    outcome: Outcome,
    verdict: "passed" | "failed" | "open",
    failure: SearchFailure | null,
    { preemptions, covered: coverage }: Found = { preemptions: 0, covered: this.#coverage() },
  ): SearchResult {
    return {
      outcome,
      failure,
      runs: this.#runs,
      calls: this.#calls,
      complete: coverage.everything || coverage.preemptions >= (this.#options.preemptions ?? COMPLETE_FROM),
      proof:
        outcome.kind === "nondeterministic"
          ? "Nothing is proved."
          : this.#proof(verdict, preemptions, coverage),
      learnHash: this.#learnHash,
      runsHash: this.#hash.digest(),
      warnings: failure?.result.warnings ?? this.#warnings,
    };
  }

  #proof(
    verdict: "passed" | "failed" | "open",
    preemptions: number,
    coverage: Coverage = this.#coverage(),
  ): string {
    return describeProof({
      verdict,
      coverage,
      systematic: this.#runsOf.get("bounded") ?? 0,
      sampled: this.#runsOf.get("random") ?? 0,
      preemptions,
      inconclusive: this.#inconclusive,
    });
  }

  #coverage(): Coverage {
    const found = this.phases.map((phase) => phase.strategy.coverage());
    return found.find((coverage) => coverage.preemptions >= 0) ?? NO_COVERAGE;
  }
}
