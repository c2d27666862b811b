import { createPrng, deriveSeed } from "#base";
import type { ChoicePoint } from "#kernel";
import type { Learned, Sampler } from "./strategy.ts";

/**
 * A walk that draws every schedule of independent threads with the same probability: an option's weight is the number
 * of steps that its thread has left, as far as the default run told, and never below 1. Of n steps in all, of which a
 * thread has m, the share m / n of the schedules begins with that thread. What is no thread has equal weights.
 * Source: H. Zhao, D. Wolff, U. Mathur, A. Roychoudhury, "Selectively uniform concurrency testing", ASPLOS 2025 (the
 * uniform random walk; the selection of events is left out).
 */
export function createUniform(seed: number, learned: Learned): Sampler {
  return {
    name: "uniform",
    chooser(run) {
      const prng = createPrng(deriveSeed(seed, run));
      const left = [...learned.eventsOf];
      return {
        choose: (point) =>
          point.kind === "thread"
            ? drawByWeight(prng.next(), weightsOf(point, left))
            : prng.below(point.threads.length),
        watcher: {
          goesOn(thread) {
            left[thread] = (left[thread] ?? 0) - 1;
          },
          reaches: () => undefined,
          acts: () => undefined,
        },
      };
    },
  };
}

function weightsOf({ threads }: ChoicePoint, left: readonly number[]): readonly number[] {
  return threads.map((thread) => Math.max(1, left[thread] ?? 1));
}

/** The index at which the share `drawn` (from 0 to 1) of all weights is reached. */
function drawByWeight(drawn: number, weights: readonly number[]): number {
  let rest = drawn * weights.reduce((sum, weight) => sum + weight, 0);
  const at = weights.findIndex((weight) => (rest -= weight) < 0);
  return at < 0 ? weights.length - 1 : at;
}
