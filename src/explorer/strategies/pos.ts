import { CALLS } from "#abi";
import { createPrng, deriveSeed, type Prng } from "#base";
import type { ChoicePoint, Chooser, Watcher } from "#kernel";
import { mayConflict, type Operation } from "./dependency.ts";
import type { Sampler } from "./strategy.ts";

/** What a thread is about to do, and how urgent that is. */
interface Pending extends Operation {
  readonly priority: number;
}

/**
 * Partial order sampling: every pending call has a random priority and the highest goes first; then those that conflict
 * with it draw again. So the order of two calls that conflict does not depend on how many others come before them,
 * where in a random walk it is decided by the number of steps. What is no thread is drawn evenly.
 * Source: X. Yuan, J. Yang, R. Gu, "Partial order aware concurrency sampling", CAV 2018.
 */
export function createPos(seed: number): Sampler {
  return {
    name: "pos",
    chooser: (run) => new PriorityOfCalls(createPrng(deriveSeed(seed, run))),
  };
}

class PriorityOfCalls implements Chooser {
  readonly watcher: Watcher = {
    goesOn: () => undefined,
    reaches: () => undefined,
    acts: (thread, call, object) => this.#redraw({ thread, call, object }),
  };
  readonly #prng: Prng;
  readonly #pending = new Map<number, Pending>();

  constructor(prng: Prng) {
    this.#prng = prng;
  }

  choose(point: ChoicePoint): number {
    if (point.kind !== "thread") return this.#prng.below(point.threads.length);
    const options = point.threads.map((_, option) => this.#pendingAt(point, option));
    const picked = options.reduce(
      (best, { priority }, option) => (priority > (options[best]?.priority ?? 0) ? option : best),
      0,
    );
    this.#pending.delete(point.threads[picked] ?? -1);
    return picked;
  }

  /** What the option's thread is about to do, with the priority that it drew when it came to that. */
  #pendingAt({ threads, calls, objects }: ChoicePoint, option: number): Pending {
    const thread = threads[option] ?? 0;
    const call = calls[option] ?? CALLS.exit;
    const object = objects[option] ?? 0;
    const known = this.#pending.get(thread);
    if (known?.call === call && known.object === object) return known;
    const fresh = { thread, call, object, priority: this.#prng.next() };
    this.#pending.set(thread, fresh);
    return fresh;
  }

  /** A call takes effect, alone or in a step of several: pending ones that conflict with it draw again. */
  #redraw(acting: Operation): void {
    for (const other of this.#pending.values())
      if (!isUnknown(other) && mayConflict(acting, other)) this.#pending.delete(other.thread);
  }
}

/** A thread that has not begun does not say what it will do first; it keeps its priority for that. */
function isUnknown({ call }: Operation): boolean {
  return call === CALLS.spawn;
}
