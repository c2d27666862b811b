import type { Chooser } from "#kernel";
import { Bounded } from "./strategies/bounded.ts";
import { Exhaustive } from "./strategies/exhaustive.ts";
import { createFifo } from "./strategies/fifo.ts";
import { lateBudgetOf } from "./late.ts";
import type { ResolvedSearch } from "./options.ts";
import type { FirstRun } from "./part.ts";
import { isSampling, type Strategy } from "./strategies/strategy.ts";

/** The share of the budget that is used when `bounded` gives way, and the share that `exhaustive` may use besides. */
const BOUNDED_SHARE = 0.6;
const EXHAUSTIVE_SHARE = 0.2;

/** Preemptions that a search must have covered to be called complete: most real bugs need no more. */
export const COMPLETE_FROM = 1;

/** Runs of the default schedule that begin every search: two, to see that they are equal. */
const LEARN_RUNS = 2;

/** The part of the budget that a phase may use. */
interface Allowance {
  readonly share: number;
  /** Counted from the beginning of the search, or of the phase. */
  readonly since: "search" | "phase";
}

/** Runs and kernel calls made so far. */
export interface Spent {
  runs: number;
  calls: number;
}

/** A strategy with the part of the budget that it may use. */
export class Phase {
  readonly strategy: Strategy;
  readonly #runsMax: number;
  readonly #callsMax: number;
  readonly #since: Allowance["since"];
  #before: Spent | undefined;
  #prepared: Chooser | undefined;

  constructor(
    strategy: Strategy,
    { runsMax, callsMax }: ResolvedSearch,
    { share, since }: Allowance = { share: 1, since: "search" },
  ) {
    this.strategy = strategy;
    this.#runsMax = Math.floor(runsMax * share);
    this.#callsMax = Math.floor(callsMax * share);
    this.#since = since;
  }

  /** True where there is a schedule left, and the budget for it; `spent` counts from the beginning of the search. */
  mayRun(spent: Spent): boolean {
    this.#before ??= this.#since === "phase" ? { ...spent } : { runs: 0, calls: 0 };
    const { runs, calls } = this.#before;
    return spent.runs - runs < this.#runsMax && spent.calls - calls < this.#callsMax && this.#hasNext();
  }

  /** The chooser of the next run; ask only where there is one. */
  next(): Chooser {
    this.#prepared ??= this.strategy.begin();
    const chooser = this.#prepared;
    if (chooser === undefined)
      throw new RangeError(`the strategy ${this.strategy.name} has no schedule left`);
    this.#prepared = undefined;
    return chooser;
  }

  #hasNext(): boolean {
    this.#prepared ??= this.strategy.begin();
    return this.#prepared !== undefined;
  }
}

/** What every search begins with: the runs that must all be equal. */
export function createLearning(search: ResolvedSearch): Phase {
  return new Phase(createFifo(LEARN_RUNS), search);
}

/** The systematic part of a search behind its learning, in order. `executions` is how many the program may have. */
export function createPhases(search: ResolvedSearch, executions: number): Phase[] {
  const { strategy, preemptions } = search;
  switch (strategy) {
    case "bounded":
      return [new Phase(new Bounded(preemptions ?? COMPLETE_FROM), search)];
    case "exhaustive":
      return [new Phase(hasCosts(search) ? new Bounded(Infinity) : new Exhaustive(), search)];
    case "pipeline": {
      const allowance = { share: BOUNDED_SHARE, since: "search" } as const;
      const schedulesMax = preemptions === undefined ? search.runsMax * BOUNDED_SHARE : Infinity;
      const bounded = new Phase(new Bounded(preemptions ?? Infinity, schedulesMax), search, allowance);
      const rest = { share: EXHAUSTIVE_SHARE, since: "phase" } as const;
      return canFinish(search, executions) ? [bounded, new Phase(new Exhaustive(), search, rest)] : [bounded];
    }
    default:
      return [];
  }
}

/** Runs that the systematic part leaves to the sampled one at least, unless it covers everything. */
export function sampledRunsOf(search: ResolvedSearch, first: FirstRun): number {
  const { strategy, runsMax } = search;
  const share = BOUNDED_SHARE + (canFinish(search, first.executions) ? EXHAUSTIVE_SHARE : 0);
  const systematic = strategy === "pipeline" ? Math.floor(runsMax * share) : 0;
  const samples = strategy === "pipeline" || isSampling(strategy);
  const late = lateBudgetOf(search, first).runs;
  return samples ? Math.max(0, runsMax - late - Math.max(LEARN_RUNS, systematic)) : 0;
}

/** True where the program seems small enough for every execution to be run within the budget. */
function canFinish(search: ResolvedSearch, executions: number): boolean {
  return !hasCosts(search) && executions <= Math.floor(search.runsMax * EXHAUSTIVE_SHARE);
}

/** True where calls cost time: their order decides what time it is, so none commute and only all schedules are everything. */
function hasCosts({ rules }: ResolvedSearch): boolean {
  return (rules?.callCostNs ?? 0) > 0;
}
