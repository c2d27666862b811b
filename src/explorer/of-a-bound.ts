import { type OutcomeKind, wasCut } from "#abi";

/** Failures that say nothing of a schedule: the run reached a bound. Such runs are long, and without fairness every spin-wait would be one. */
export function isOfABound(kind: OutcomeKind): boolean {
  return wasCut(kind) || kind === "out-of-memory";
}
