import { createPrng, deriveSeed } from "#base";
import type { Sampler } from "./strategy.ts";

/** A random walk: each option is as likely as any other. */
export function createRandom(seed: number): Sampler {
  return {
    name: "random",
    chooser(run) {
      const prng = createPrng(deriveSeed(seed, run));
      return { choose: (point) => prng.below(point.threads.length) };
    },
  };
}
