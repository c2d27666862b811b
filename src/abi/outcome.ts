/**
 * How a run can end. A closed union: every consumer switches over all of it.
 * `inconclusive` is a bound of the search, never of the program; `nondeterministic` is found by the explorer.
 */
export const OUTCOME_KINDS = [
  "passed",
  "panic",
  "check-failed",
  "deadlock",
  "stuck",
  "leak",
  "starved",
  "out-of-fuel",
  "out-of-memory",
  "over-limit",
  "misuse",
  "inconclusive",
  "nondeterministic",
] as const;

export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** True where the run was cut while the program still went on. */
export function wasCut(kind: OutcomeKind): boolean {
  return kind === "out-of-fuel" || kind === "over-limit" || kind === "inconclusive";
}

/** One thread's wait in a deadlock cycle: `thread` waits for `waitsFor` because of `reason`. */
export interface WaitFor {
  readonly thread: number;
  readonly waitsFor: number;
  readonly reason: string;
}
