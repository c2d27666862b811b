import { CALLS } from "#abi";
import { createPrng, deriveSeed, type Prng } from "#base";
import type { ChoicePoint, Chooser } from "#kernel";
import { withFairTail } from "./fair-tail.ts";
import { stepsIn } from "./learned.ts";
import type { Learned, Sampler } from "./strategy.ts";

/** Depths that runs try in turn where none is asked for: a bug of depth 1 is found by each of them. */
const DEPTHS = [2, 3, 4, 5] as const;

/** The depth that run number `run` has where none is asked for. */
export function pctDepthOf(run: number): number {
  return DEPTHS[run % DEPTHS.length] ?? DEPTHS[0];
}

/**
 * Probability with which one run of depth `depth` finds a bug of that depth at least: 1 / (n k^(depth - 1)) for n
 * threads and k steps, if no run makes more.
 */
export function pctBound(learned: Learned, depth: number): number {
  let bound = 1 / Math.max(1, learned.threads);
  for (let i = 1; i < depth; i++) bound /= Math.max(1, stepsIn(learned));
  return bound;
}

/**
 * Probabilistic concurrency testing: threads have random priorities and the highest runs, until it comes to one of
 * `depth - 1` random places among the run's choices, where it falls below all that have not fallen. So do threads that
 * yield; after many choices chance decides, as a thread that spins would never let go. What is no thread is drawn evenly.
 * Source: S. Burckhardt, P. Kothari, M. Musuvathi, S. Nagarakatte, "A randomized scheduler with probabilistic guarantees
 * of finding bugs", ASPLOS 2010.
 */
export function createPct(seed: number, learned: Learned, depth?: number): Sampler {
  return {
    name: "pct",
    chooser(run) {
      const prng = createPrng(deriveSeed(seed, run));
      const count = (depth ?? pctDepthOf(run)) - 1;
      const changes = drawChanges(prng, stepsIn(learned), count);
      return withFairTail(new PriorityOfThreads(prng, changes, -count));
    },
  };
}

/** For some choices, by their number, the priority that the thread falls to which would go on there: below 0. */
function drawChanges(prng: Prng, steps: number, count: number): ReadonlyMap<number, number> {
  const changes = new Map<number, number>();
  for (let i = 0; i < count; i++) changes.set(prng.below(Math.max(1, steps)), i - count);
  return changes;
}

class PriorityOfThreads implements Chooser {
  readonly #prng: Prng;
  readonly #changes: ReadonlyMap<number, number>;
  readonly #priorities = new Map<number, number>();
  #asked = 0;
  /** Where the next thread that yields falls to: below every other. */
  #lowest: number;

  constructor(prng: Prng, changes: ReadonlyMap<number, number>, lowest: number) {
    this.#prng = prng;
    this.#changes = changes;
    this.#lowest = lowest;
  }

  choose(point: ChoicePoint): number {
    if (point.kind !== "thread") return this.#prng.below(point.threads.length);
    point.threads.forEach((thread, option) => this.#meet(thread, point.calls[option] === CALLS.yieldNow));
    const change = this.#changes.get(this.#asked);
    this.#asked += 1;
    if (change !== undefined) this.#priorities.set(this.#highest(point).thread, change);
    return this.#highest(point).option;
  }

  #meet(thread: number, yields: boolean): void {
    if (yields) this.#priorities.set(thread, --this.#lowest);
    else if (!this.#priorities.has(thread)) this.#priorities.set(thread, this.#prng.next());
  }

  #highest({ threads }: ChoicePoint): { thread: number; option: number } {
    let option = 0;
    for (let i = 1; i < threads.length; i++)
      if (this.#priorityOf(threads[i]) > this.#priorityOf(threads[option])) option = i;
    return { thread: threads[option] ?? 0, option };
  }

  #priorityOf(thread: number | undefined): number {
    return this.#priorities.get(thread ?? -1) ?? 0;
  }
}
