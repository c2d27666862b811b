import { deriveSeed } from "#base";
import type { ResolvedSearch } from "./options.ts";
import { createPct } from "./strategies/pct.ts";
import { createPos } from "./strategies/pos.ts";
import { createRandom } from "./strategies/random.ts";
import {
  isSampling,
  SAMPLING_NAMES,
  type Learned,
  type Sampler,
  type SamplingName,
} from "./strategies/strategy.ts";
import { createUniform } from "./strategies/uniform.ts";

/**
 * Who takes turns in the sampled part of a search; nobody where it has none. No single one will do: a random walk loses
 * itself where one thread has many steps that matter to nobody, and PCT finds nothing below its depth.
 */
export function samplersIn({ strategy }: ResolvedSearch): readonly SamplingName[] {
  if (strategy === "pipeline") return SAMPLING_NAMES;
  return isSampling(strategy) ? [strategy] : [];
}

/**
 * The samplers of {@link samplersIn} as one: each of its runs is a run of the next one in turn. Each draws
 * numbers of its own: from the same ones random, uniform and pos would make one run three times where all tasks are in
 * one thread.
 */
export class Portfolio {
  readonly #samplers: readonly Sampler[];

  constructor(search: ResolvedSearch, learned: Learned) {
    this.#samplers = samplersIn(search).map((name, turn) =>
      createSampler(name, { ...search, seed: deriveSeed(search.seed, turn) }, learned),
    );
  }

  /** Who makes run `run`, and its number among the sampler's own. */
  turn(run: number): { readonly sampler: Sampler; readonly own: number } {
    const sampler = this.#samplers[run % this.#samplers.length];
    if (sampler === undefined) throw new RangeError("this search has no sampled part");
    return { sampler, own: Math.floor(run / this.#samplers.length) };
  }
}

function createSampler(name: SamplingName, { seed, depth }: ResolvedSearch, learned: Learned): Sampler {
  switch (name) {
    case "random":
      return createRandom(seed);
    case "uniform":
      return createUniform(seed, learned);
    case "pos":
      return createPos(seed);
    case "pct":
      return createPct(seed, learned, depth);
  }
}
