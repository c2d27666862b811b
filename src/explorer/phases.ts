import type { Chooser } from "#kernel";
import { Bounded } from "./bounded.ts";
import { createFifo } from "./fifo.ts";
import { createRandom } from "./random.ts";
import type { Strategy, StrategyName } from "./strategy.ts";

/** Share of the budget after which the systematic part of the pipeline gives way to chance. */
const SYSTEMATIC_SHARE = 0.6;

/** Preemptions that a search must have covered to be called complete: most real bugs need no more. */
export const COMPLETE_FROM = 1;

/** Runs of the default schedule that begin every search: two, to see that they are equal. */
const LEARN_RUNS = 2;

export interface PhaseOptions {
  readonly strategy: StrategyName;
  readonly seed: number;
  readonly preemptions?: number;
  readonly runsMax: number;
  readonly callsMax: number;
}

/** A strategy with the part of the budget it may use, counted from the beginning of the search. */
export class Phase {
  readonly strategy: Strategy;
  /** True for the runs that must all be equal. */
  readonly learns: boolean;
  readonly runsMax: number;
  readonly callsMax: number;
  #prepared: Chooser | undefined;

  constructor(strategy: Strategy, options: PhaseOptions, part: { learns: boolean; share: number }) {
    this.strategy = strategy;
    this.learns = part.learns;
    this.runsMax = Math.floor(options.runsMax * part.share);
    this.callsMax = Math.floor(options.callsMax * part.share);
  }

  hasNext(): boolean {
    this.#prepared ??= this.strategy.begin();
    return this.#prepared !== undefined;
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
}

/** What a search by this name does, in order. Every search learns first. */
export function createPhases(options: PhaseOptions): Phase[] {
  const learn = new Phase(createFifo(LEARN_RUNS), options, { learns: true, share: 1 });
  const whole = { learns: false, share: 1 };
  switch (options.strategy) {
    case "fifo":
      return [learn];
    case "random":
      return [learn, new Phase(createRandom(options.seed), options, whole)];
    case "bounded":
      return [learn, new Phase(new Bounded(options.preemptions ?? COMPLETE_FROM), options, whole)];
    case "pipeline":
      return [
        learn,
        new Phase(new Bounded(options.preemptions ?? Infinity), options, {
          learns: false,
          share: SYSTEMATIC_SHARE,
        }),
        new Phase(createRandom(options.seed), options, whole),
      ];
  }
}
