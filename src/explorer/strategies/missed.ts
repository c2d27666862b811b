import { pctBound, pctDepthOf } from "./pct.ts";
import type { Learned } from "./strategy.ts";

/** The sampled part misses a bug of this depth with at most this probability, if no run is longer than the default one. */
export interface MissedBound {
  readonly depth: number;
  /** Above 0, in steps of 0.01. */
  readonly probability: number;
}

/** A bound above this says nothing. */
const PROBABILITY_MAX = 0.5;
const DEPTH_MAX = 5;

/** What runs of PCT prove: the bound for the greatest depth for which there is one worth telling. */
export function boundMissed(
  learned: Learned,
  { runs, depth }: { readonly runs: number; readonly depth: number | undefined },
): MissedBound | undefined {
  for (let candidate = DEPTH_MAX; candidate >= 1; candidate--) {
    const missedByOne = 1 - pctBound(learned, candidate);
    let missed = 1;
    for (let run = 0; run < runs; run++) if ((depth ?? pctDepthOf(run)) === candidate) missed *= missedByOne;
    const probability = Math.max(1, Math.ceil(missed * 100)) / 100;
    if (probability <= PROBABILITY_MAX) return { depth: candidate, probability };
  }
  return undefined;
}
