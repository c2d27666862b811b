import type { Choice } from "#kernel";

/**
 * What a schedule costs, as {@link Bounded} counts it and as proofs mean it where they say preemptions: leaving a thread
 * that could go on, moving the clock, and every waiter, task and number that is not the default.
 */
export function costOf(choices: readonly Choice[]): number {
  return choices.filter(
    ({ kind, picked, preferred, preempts }) => preempts || (kind !== "thread" && picked !== preferred),
  ).length;
}
