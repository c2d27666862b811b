/**
 * Owns: whether a search also looks at schedules on which timers fire late, and how much of the budget that may use.
 * A program that passes without and fails with them is correct only by timing: sleeping puts nothing in order.
 */
import type { ResolvedSearch } from "./options.ts";
import type { FirstRun } from "./part.ts";
import type { Spent } from "./phases.ts";

/** What is kept for late timers where a program waits for time. */
const LATE_SHARE = 0.15;

const NOTHING: Readonly<Spent> = { runs: 0, calls: 0 };

/** What is kept for schedules with late timers; nothing where the search has one clock rule only, or nobody waits for time. */
export function lateBudgetOf(
  { strategy, rules, runsMax, callsMax }: ResolvedSearch,
  first: FirstRun | undefined,
): Readonly<Spent> {
  if (strategy !== "pipeline" || rules?.clock !== undefined || first?.waitsForTime !== true) return NOTHING;
  return { runs: Math.floor(runsMax * LATE_SHARE), calls: Math.floor(callsMax * LATE_SHARE) };
}

/** The same search where timers may fire late. */
export function withLateTimers(search: ResolvedSearch): ResolvedSearch {
  return { ...search, rules: { ...search.rules, clock: "late" } };
}
