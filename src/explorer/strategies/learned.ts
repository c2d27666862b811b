import type { RunResult } from "#machine";
import type { Learned } from "./strategy.ts";

/**
 * What a run under the default schedule tells samplers: plain data, so that any worker can make them. The events of a
 * thread are its steps: how often it went on, chosen or as the only one that could.
 */
export function learnedFrom({ stepsOf, choices }: RunResult): Learned {
  return { threads: stepsOf.length, choices: choices.length, eventsOf: [...stepsOf] };
}

/** Steps of all threads together: more than the choices of any run that makes the same steps in another order. */
export function stepsIn({ eventsOf }: Learned): number {
  return eventsOf.reduce((sum, events) => sum + events, 0);
}
