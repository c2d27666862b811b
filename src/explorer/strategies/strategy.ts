import type { Chooser } from "#kernel";
import type { RunResult } from "#machine";

/** Strategies by name. `pipeline` is all of them, one after the other. */
export const STRATEGY_NAMES = [
  "pipeline",
  "fifo",
  "random",
  "uniform",
  "pos",
  "pct",
  "bounded",
  "exhaustive",
] as const;
export type StrategyName = (typeof STRATEGY_NAMES)[number];

/** Strategies that draw schedules by chance: what they find depends on the seed. */
export const SAMPLING_NAMES = ["random", "uniform", "pos", "pct"] as const satisfies readonly StrategyName[];
export type SamplingName = (typeof SAMPLING_NAMES)[number];

export function isSampling(name: StrategyName): name is SamplingName {
  return SAMPLING_NAMES.some((sampling) => sampling === name);
}

/** What the runs of a strategy that all passed say about the schedules that were not run. */
export interface Coverage {
  /**
   * Every schedule with at most this many preemptions was run; -1 where nothing of the kind holds. Infinity: of all
   * schedules that only swap steps which commute, one was run.
   */
  readonly preemptions: number;
  /** How many schedules that was. */
  readonly schedules: number;
  /** True where those were all schedules the program has. */
  readonly everything: boolean;
}

export const NO_COVERAGE: Coverage = { preemptions: -1, schedules: 0, everything: false };

/** Policy: which schedule to run next. One object serves one search. */
export interface Strategy {
  readonly name: StrategyName;
  /** The chooser of the next run; undefined where every schedule it knows has been run. */
  begin(): Chooser | undefined;
  /** Ends the run begun last. False where the program asked other questions than it did before: it is not deterministic. */
  end(result: RunResult): boolean;
  coverage(): Coverage;
}

/** Samples schedules: every run is made from the seed and its number alone, whatever ran before. */
export interface Sampler {
  readonly name: StrategyName;
  /** The chooser of run `run`, from 0. */
  chooser(run: number): Chooser;
}

/** What the run under the default schedule told; samplers are made from it. */
export interface Learned {
  readonly threads: number;
  /** Choices of the default run. */
  readonly choices: number;
  /** Steps each thread made in the default run, by number: how often it went on, chosen or as the only one that could. */
  readonly eventsOf: readonly number[];
}

/** A strategy name that cannot be used, with the names that can. */
export class UnknownStrategyError extends Error {
  override readonly name = "UnknownStrategyError";

  constructor(given: string) {
    super(`\`${given}\` is no strategy; there are ${STRATEGY_NAMES.join(", ")}.`);
  }
}

/** Checks a name that somebody typed; throws {@link UnknownStrategyError}. */
export function parseStrategyName(text: string): StrategyName {
  const name = STRATEGY_NAMES.find((known) => known === text);
  if (name === undefined) throw new UnknownStrategyError(text);
  return name;
}
