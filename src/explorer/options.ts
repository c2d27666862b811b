import type { Limits } from "#abi";
import type { Entry, RunRules } from "#machine";
import type { StrategyName } from "./strategies/strategy.ts";

/** What a search is to do: plain data, so that parts of it can be done by other workers. */
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
  /** Depth of the bugs that `pct` looks for; it tries several in turn unless told. */
  readonly depth?: number;
  readonly runsMax?: number;
  /** Kernel calls of all runs together; no run is begun beyond. */
  readonly callsMax?: number;
  /** False where nobody looks at the failing schedule: it is left as it was found. */
  readonly shrink?: boolean;
}

export const DEFAULT_SEARCH = {
  strategy: "pipeline",
  seed: 1,
  runsMax: 300,
  callsMax: 60_000,
} as const;

/** Search options with nothing left open. */
export type ResolvedSearch = Required<Pick<SearchOptions, keyof typeof DEFAULT_SEARCH>> & SearchOptions;

export function resolveSearch(options: SearchOptions): ResolvedSearch {
  return { ...DEFAULT_SEARCH, ...options };
}
