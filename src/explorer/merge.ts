/**
 * Owns: the sum of a search's runs, and which stage comes next. A pure function of the records in their one order (the
 * systematic part, sampled runs by number, the late part), whoever made them and when. What it comes to: conclude.ts.
 *
 *   systematic -> sampled   unless every schedule has been run, or nobody samples
 *              -> late      where late timers could make a difference
 *   sampled    -> late      once the budget is spent but for what is kept for late timers
 *   each       -> over      at the first failure, at the end of the budget, where no further stage is wanted
 */
import { RollingHash } from "#base";
import { conclude, type Found, type Merged } from "./conclude.ts";
import { lateBudgetOf } from "./late.ts";
import type { ResolvedSearch } from "./options.ts";
import { isLast, type FirstRun, type Part, type RunRecord } from "./part.ts";
import { samplersIn } from "./portfolio.ts";
import type { SearchResult } from "./result.ts";
import type { Runnable } from "./runnable.ts";
import { NO_COVERAGE, SAMPLING_NAMES, type Coverage, type StrategyName } from "./strategies/strategy.ts";

/** The part of the search whose runs are merged. */
type Stage = Part["kind"] | "over";

/** Takes the records of one search in order, until it needs no more. */
export class Merge {
  readonly #search: ResolvedSearch;
  readonly #hash = new RollingHash();
  readonly #samples: boolean;
  readonly #runsOf = new Map<StrategyName, number>();
  #strategy: StrategyName = "fifo";
  #stage: Stage = "systematic";
  #coverage: Coverage = NO_COVERAGE;
  /** Of schedules with late timers. */
  #lateCoverage: Coverage = NO_COVERAGE;
  #lateRuns = 0;
  #last: Found | undefined;
  #learnHash = "";
  #first: FirstRun | undefined;
  #runs = 0;
  #calls = 0;
  #inconclusive = 0;
  /** The first run that reached a bound of the search. */
  #cut: Found | undefined;

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

  /** `over` where no further run can change the result. */
  get stage(): Stage {
    return this.#stage;
  }

  /** What the stage may still use. */
  get left(): { readonly runsMax: number; readonly callsMax: number } {
    const { runsMax, callsMax } = this.#search;
    const kept = this.#stage === "late" ? { runs: 0, calls: 0 } : lateBudgetOf(this.#search, this.#first);
    return { runsMax: runsMax - kept.runs - this.#runs, callsMax: callsMax - kept.calls - this.#calls };
  }

  /** The next run of the stage. */
  add(record: RunRecord): void {
    this.#runs += 1;
    this.#calls += record.calls;
    this.#strategy = record.strategy;
    this.#hash.text(record.traceHash);
    const isLate = this.#stage === "late";
    if (record.first !== undefined) [this.#learnHash, this.#first] = [record.traceHash, record.first];
    if (isLate) this.#lateRuns += 1;
    else this.#runsOf.set(record.strategy, (this.#runsOf.get(record.strategy) ?? 0) + 1);
    if (record.outcome === "inconclusive") {
      this.#inconclusive += 1;
      this.#cut ??= { record, run: this.#runs, isLate };
    }
    if (isLast(record)) {
      // A failing schedule may be the last of its kind: what it completes has not passed.
      this.#last = { record, run: this.#runs, isLate };
      this.#stage = "over";
    } else {
      if (isLate) this.#lateCoverage = record.coverage ?? this.#lateCoverage;
      else this.#coverage = record.coverage ?? this.#coverage;
      this.#endWhereSpent();
    }
  }

  /** All runs that the stage has have been added. */
  endStage(): void {
    const samples = this.#samples && !this.#coverage.everything;
    if (this.#stage === "systematic" && samples) this.#stage = "sampled";
    else this.#turnToLate();
    this.#endWhereSpent();
  }

  #endWhereSpent(): void {
    if (this.#stage === "over" || this.#hasLeft) return;
    if (this.#stage !== "systematic") this.#turnToLate();
    else if (this.#runs >= this.#search.runsMax || this.#calls >= this.#search.callsMax) this.#stage = "over";
  }

  get #hasLeft(): boolean {
    const { runsMax, callsMax } = this.left;
    return runsMax > 0 && callsMax > 0;
  }

  #turnToLate(): void {
    const isWanted = this.#stage !== "late" && lateBudgetOf(this.#search, this.#first).runs > 0;
    this.#stage = "late";
    if (!isWanted || !this.#hasLeft) this.#stage = "over";
  }

  /** What the search has found. */
  conclude(runnable: Runnable): SearchResult {
    return conclude(runnable, this.#search, this.#merged);
  }

  get #merged(): Merged {
    return {
      runs: this.#runs,
      calls: this.#calls,
      learnHash: this.#learnHash,
      runsHash: this.#hash.digest(),
      first: this.#first,
      coverage: this.#coverage,
      late: this.#lateRuns === 0 ? undefined : { runs: this.#lateRuns, coverage: this.#lateCoverage },
      systematic: this.#count(["bounded", "exhaustive"]),
      sampled: this.#count(SAMPLING_NAMES),
      sampledByPct: this.#count(["pct"]),
      inconclusive: this.#inconclusive,
      last: this.#last,
      cut: this.#cut,
    };
  }

  #count(names: readonly StrategyName[]): number {
    return names.reduce((sum, name) => sum + (this.#runsOf.get(name) ?? 0), 0);
  }
}
