import { createPrng } from "#base";
import type { ChoicePoint, Chooser } from "#kernel";

/** Choices after which an unfair chooser gives way to chance. Part of the schedule space: raising it changes what `bounded` enumerates. */
export const FAIR_AFTER = 1_000;

const TAIL_SEED = 1;

/**
 * Lets chance decide once a run has made so many choices, {@link FAIR_AFTER} unless told. A thread that spins until another has done
 * its part would otherwise be preferred for ever, and a real scheduler is not like that.
 */
export function withFairTail(chooser: Chooser, after = FAIR_AFTER): Chooser {
  const prng = createPrng(TAIL_SEED);
  let asked = 0;
  return {
    ...(chooser.watcher && { watcher: chooser.watcher }),
    choose(point: ChoicePoint): number {
      asked += 1;
      return asked > after ? prng.below(point.threads.length) : chooser.choose(point);
    },
  };
}
