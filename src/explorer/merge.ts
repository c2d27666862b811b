/**
 * Owns: what the runs of a search come to. A pure function of the records in their one order (the systematic part, then
 * sampled runs by number), whoever made them and when. Does not own: which part is run next.
 */
import { RollingHash } from "#base";
import type { Outcome, RunResult } from "#machine";
import { costOf } from "./cost.ts";
import type { ResolvedSearch } from "./options.ts";
import { boundMissed } from "./missed.ts";
import { isLast, runOptionsOf, type FirstRun, type RunRecord } from "./part.ts";
import { COMPLETE_FROM } from "./phases.ts";
import { samplersIn } from "./portfolio.ts";
import { describeProof } from "./proof.ts";
import { createRepeat } from "./replay.ts";
import type { SearchFailure, SearchResult } from "./result.ts";
import type { Runnable } from "./runnable.ts";
import { encodeSchedule, scheduleOf } from "./schedule.ts";
import { shrink, type Shrinking, type Shrunk } from "./shrink.ts";
import { NO_COVERAGE, SAMPLING_NAMES, type Coverage, type StrategyName } from "./strategy.ts";

const PASSED: Outcome = { kind: "passed", message: "", thread: -1 };

const NOT_REPEATED =
  "The same schedule gave two different runs. That is a fault of the simulated computer, not of your program: please report it with your files.";

/** Takes the records of one search in order, until it needs no more. */
export class Merge {
  readonly #search: ResolvedSearch;
  readonly #hash = new RollingHash();
  readonly #samples: boolean;
  readonly #runsOf = new Map<StrategyName, number>();
  #strategy: StrategyName = "fifo";
  #part: "systematic" | "sampled" = "systematic";
  #coverage: Coverage = NO_COVERAGE;
  #last: RunRecord | undefined;
  #learnHash = "";
  #first: FirstRun | undefined;
  #runs = 0;
  #calls = 0;
  #inconclusive = 0;

  constructor(search: ResolvedSearch) {
    this.#search = search;
    this.#samples = samplersIn(search).length > 0;
  }

  get runs(): number {
    return this.#runs;
  }

  get calls(): number {
    return this.#calls;
  }

  /** What the first run told; undefined before it. */
  get first(): FirstRun | undefined {
    return this.#first;
  }

  /** The strategy of the run added last. */
  get strategy(): StrategyName {
    return this.#strategy;
  }

  /** True where no further run can change the result. */
  get isOver(): boolean {
    const { runsMax, callsMax } = this.#search;
    if (this.#last !== undefined || this.#runs >= runsMax || this.#calls >= callsMax) return true;
    return this.#part === "sampled" && (this.#coverage.everything || !this.#samples);
  }

  /** The next run in order; ask {@link isOver} first. */
  add(record: RunRecord): void {
    this.#runs += 1;
    this.#calls += record.calls;
    this.#strategy = record.strategy;
    this.#hash.text(record.traceHash);
    if (record.first !== undefined) [this.#learnHash, this.#first] = [record.traceHash, record.first];
    this.#runsOf.set(record.strategy, (this.#runsOf.get(record.strategy) ?? 0) + 1);
    if (record.outcome === "inconclusive") this.#inconclusive += 1;
    if (isLast(record)) this.#last = record;
    // A failing schedule may be the last of its kind: what it completes has not passed.
    else this.#coverage = record.coverage ?? this.#coverage;
  }

  /** The systematic part has come to its end; sampled runs follow. */
  beginSampled(): void {
    this.#part = "sampled";
  }

  /** What the search has found. A failing schedule is known to come back, made simpler, and run once more, recorded, to be shown. */
  conclude(runnable: Runnable): SearchResult {
    const last = this.#last;
    if (last !== undefined) return last.fits ? this.#failed(runnable, last) : this.#nondeterministic();
    if (this.#inconclusive === 0) return this.#result(PASSED, "passed");
    return this.#result({ kind: "inconclusive", message: this.#proof("open", 0), thread: -1 }, "open");
  }

  #failed(runnable: Runnable, first: RunRecord): SearchResult {
    const found = this.#repeat(runnable, first.picks ?? []);
    if (found.traceHash !== first.traceHash || found.outcome.kind !== first.outcome)
      return this.#nondeterministic();
    const shrinking = this.#search.shrink !== false ? this.#shrink(runnable, found) : undefined;
    if (shrinking === undefined)
      return this.#result(found.outcome, "failed", this.#failureOf(first, found, null));
    const { result, shrunk } = shrinking;
    const simpler = this.#repeat(
      runnable,
      result.choices.map((choice) => choice.picked),
    );
    if (simpler.traceHash !== result.traceHash) return this.#nondeterministic();
    return this.#result(simpler.outcome, "failed", this.#failureOf(first, simpler, shrunk));
  }

  #repeat(runnable: Runnable, picks: readonly number[]): RunResult {
    return runnable.run({ ...runOptionsOf(this.#search), chooser: createRepeat(picks), record: true });
  }

  #shrink(runnable: Runnable, found: RunResult): Shrinking | undefined {
    const passesUpTo = this.#inconclusive > 0 ? -1 : this.#coverage.preemptions;
    return shrink(runnable, found, { runOptions: runOptionsOf(this.#search), passesUpTo });
  }

  #failureOf({ strategy }: RunRecord, result: RunResult, shrunk: Shrunk | null): SearchFailure {
    return {
      outcome: result.outcome,
      strategy,
      run: this.#runs,
      preemptions: costOf(result.choices),
      schedule: encodeSchedule(scheduleOf(this.#search.programHash, result.choices)),
      result,
      shrunk,
    };
  }

  #nondeterministic(): SearchResult {
    return this.#result({ kind: "nondeterministic", message: NOT_REPEATED, thread: -1 }, "open");
  }

  #result(
    outcome: Outcome,
    verdict: "passed" | "failed" | "open",
    failure: SearchFailure | null = null,
  ): SearchResult {
    const { everything, preemptions } = this.#coverage;
    return {
      outcome,
      failure,
      runs: this.#runs,
      calls: this.#calls,
      complete: everything || preemptions >= (this.#search.preemptions ?? COMPLETE_FROM),
      proof:
        outcome.kind === "nondeterministic"
          ? "Nothing is proved."
          : this.#proof(verdict, failure?.preemptions ?? 0),
      learnHash: this.#learnHash,
      runsHash: this.#hash.digest(),
      warnings: failure?.result.warnings ?? this.#first?.warnings ?? [],
    };
  }

  #proof(verdict: "passed" | "failed" | "open", preemptions: number): string {
    const learned = this.#first?.learned;
    return describeProof({
      verdict,
      coverage: this.#coverage,
      systematic: this.#count(["bounded", "exhaustive"]),
      sampled: this.#count(SAMPLING_NAMES),
      preemptions,
      inconclusive: this.#inconclusive,
      missed: learned && boundMissed(learned, { runs: this.#count(["pct"]), depth: this.#search.depth }),
    });
  }

  #count(names: readonly StrategyName[]): number {
    return names.reduce((sum, name) => sum + (this.#runsOf.get(name) ?? 0), 0);
  }
}
