import type { Chooser } from "#kernel";
import type { RunResult } from "#machine";

/** Strategies that exist. */
export const STRATEGY_NAMES = ["pipeline", "fifo", "random", "bounded"] as const;
export type StrategyName = (typeof STRATEGY_NAMES)[number];

/** Names the design keeps for strategies that do not exist. */
const RESERVED_NAMES = ["uniform", "pos", "pct", "exhaustive"];

/** What the runs of a strategy that all passed say about the schedules that were not run. */
export interface Coverage {
  /** Every schedule with at most this many preemptions was run; -1 where nothing of the kind holds. */
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

/** A strategy name that cannot be used, with the names that can. */
export class UnknownStrategyError extends Error {
  override readonly name = "UnknownStrategyError";

  constructor(given: string) {
    const why = RESERVED_NAMES.includes(given) ? "does not exist yet" : "is no strategy";
    super(`\`${given}\` ${why}; there are ${STRATEGY_NAMES.join(", ")}.`);
  }
}

/** Checks a name that somebody typed; throws {@link UnknownStrategyError}. */
export function parseStrategyName(text: string): StrategyName {
  const name = STRATEGY_NAMES.find((known) => known === text);
  if (name === undefined) throw new UnknownStrategyError(text);
  return name;
}
