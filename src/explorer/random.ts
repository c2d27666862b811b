import { createPrng } from "#base";
import type { Chooser } from "#kernel";
import { NO_COVERAGE, type Coverage, type Strategy } from "./strategy.ts";

/** A random walk: each option is as likely as any other. Never runs out. */
export function createRandom(seed: number): Strategy {
  const prng = createPrng(seed);
  const chooser: Chooser = { choose: (point) => prng.below(point.threads.length) };
  return {
    name: "random",
    begin: () => chooser,
    end: () => true,
    coverage: (): Coverage => NO_COVERAGE,
  };
}
