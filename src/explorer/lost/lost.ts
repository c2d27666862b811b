/**
 * Owns: from which choice on a failing run was lost, and how likely failure was before. A way to go on from a prefix is a
 * run that begins with the same choices; what happens to the ways that share the longest prefixes decides it. Counts runs
 * and kernel calls, never time, so the answer is the same everywhere.
 *
 * Likely means: by a random walk, as the strategy `random` makes it. That is a harsh world, which switches threads at
 * every other choice: the shares compare the choices of one run with each other, and do not say how often the program
 * fails elsewhere. Whether a prefix is lost does not depend on it.
 *
 * Source: J.-D. Choi, A. Zeller, "Isolating failure-inducing thread schedules", ISSTA 2002 (the choice at which a passing
 * and a failing schedule part, found by halving).
 */
import { createPrng, deriveSeed } from "#base";
import type { Chooser } from "#kernel";
import type { RunOptions, RunResult } from "#machine";
import { Exhaustive } from "../strategies/exhaustive.ts";
import { FAIR_AFTER } from "../strategies/fair-tail.ts";
import { createFifoChooser } from "../strategies/fifo.ts";
import { LostEvidence, type LostPoint } from "./lost-evidence.ts";
import { createRepeat } from "../schedule/replay.ts";
import { isOfABound } from "../of-a-bound.ts";
import type { Runnable } from "../runnable.ts";

/** When a failing run was lost. A prefix is told by how many choices it has. */
export interface Lost {
  /** The shortest prefix from which no way to go on passes, as far as was tried; 0 where none passes at all. */
  readonly certainFrom: number;
  /**
   * True where that is so for every way to go on, and one that leaves the run just before passes: all were run, but for
   * those that only swap steps which commute.
   */
  readonly proved: boolean;
  /** Different ways to go on from `certainFrom` that were run, the failing run among them. All of them fail. */
  readonly ways: number;
  /** Shares of failure, from the empty prefix on; behind `certainFrom` nothing changes. */
  readonly curve: readonly LostPoint[];
  /** All runs that this took. */
  readonly runs: number;
}

export interface LostBudget {
  readonly runsMax: number;
  /** Kernel calls of all runs together; no run is begun beyond. */
  readonly callsMax: number;
}

export interface LostOptions {
  /** What the failing run was run with. */
  readonly runOptions: Omit<RunOptions, "chooser" | "record">;
  readonly seed?: number;
  readonly budget?: LostBudget;
}

/** A tenth of a second for most programs. */
export const LOST_BUDGET: LostBudget = { runsMax: 250, callsMax: 30_000 };

/** Shares of the budget that are used up when one way of spending it gives way to the next. */
const PROVING_SHARE = 0.3;
const LOCATING_SHARE = 0.8;

/** Ways to go on that must fail before a prefix counts as lost: of one on the way to the answer, and of the answer. */
const PROBES = 10;
const PROBES_OF_ANSWER = 40;

/** Walks that a point of the curve should have, and the points just before the run is lost. */
const WALKS = 16;
const WALKS_NEAR = 32;
const WALKS_FEW = 8;
const NEAR = 3;
/** More points say no more to a person. */
const POINTS_MAX = 24;

const BOUNDED_RUNS_MAX = 2;

/** Finds when `failing` was lost. Yields after each run; drop it to stop. Undefined where nothing can be said. */
export function* lostSteps(
  runnable: Runnable,
  failing: RunResult,
  options: LostOptions,
): Generator<void, Lost | undefined, void> {
  const { kind } = failing.outcome;
  if (kind === "passed" || isOfABound(kind)) return undefined;
  return yield* new LostSearch(runnable, failing, options).run();
}

/** {@link lostSteps}, driven to its end. */
export function findLost(runnable: Runnable, failing: RunResult, options: LostOptions): Lost | undefined {
  const steps = lostSteps(runnable, failing, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

class LostSearch {
  readonly #runRaw: (chooser: Chooser) => RunResult;
  readonly #commutes: boolean;
  readonly #failing: RunResult;
  readonly #picks: readonly number[];
  readonly #evidence: LostEvidence;
  readonly #seed: number;
  readonly #budget: LostBudget;
  /** From this prefix on every way to go on has been run. */
  #covered: number;
  #runs = 0;
  #calls = 0;
  #bounded = 0;

  constructor(runnable: Runnable, failing: RunResult, { runOptions, seed, budget }: LostOptions) {
    this.#runRaw = (chooser) => runnable.run({ ...runOptions, chooser });
    this.#commutes = (runOptions.rules?.callCostNs ?? 0) === 0;
    this.#failing = failing;
    this.#picks = failing.choices.map((choice) => choice.picked);
    this.#evidence = new LostEvidence(this.#picks);
    this.#covered = this.#picks.length;
    this.#seed = seed ?? 1;
    this.#budget = budget ?? LOST_BUDGET;
  }

  *run(): Generator<void, Lost | undefined, void> {
    const again = this.#run(createRepeat(this.#picks));
    yield;
    if (again.traceHash !== this.#failing.traceHash) return undefined;
    const isRepeatable = yield* this.#prove();
    if (!isRepeatable) return undefined;
    if (!this.#isProved) yield* this.#locate();
    const points = this.#countPoints();
    yield* this.#drawCurve(points);
    const { certainFrom } = this.#evidence;
    const ways = this.#evidence.waysFrom(certainFrom);
    if (!this.#isProved && ways < PROBES) return undefined;
    return {
      certainFrom,
      proved: this.#isProved,
      ways,
      curve: this.#evidence.curve(points),
      runs: this.#runs,
    };
  }

  get #isProved(): boolean {
    return this.#covered <= this.#evidence.certainFrom;
  }

  #mayRun(share = 1): boolean {
    const { runsMax, callsMax } = this.#budget;
    const isLeft = this.#runs < runsMax * share && this.#calls < callsMax * share;
    return isLeft && this.#bounded < BOUNDED_RUNS_MAX;
  }

  /** One run, which is evidence; of a walk, `walksFrom` is the prefix behind which chance alone decided. */
  #run(chooser: Chooser, walksFrom?: number): RunResult {
    const result = this.#runRaw(chooser);
    this.#runs += 1;
    this.#calls += result.calls;
    if (isOfABound(result.outcome.kind)) this.#bounded += 1;
    else this.#evidence.add(result, walksFrom);
    return result;
  }

  /**
   * Runs every way to go on from the longest prefix, then from the next shorter one, …, until one passes. False where the
   * machine did not repeat itself.
   */
  *#prove(): Generator<void, boolean, void> {
    const all = new Exhaustive({ picks: this.#picks, commutes: this.#commutes });
    while (this.#mayRun(PROVING_SHARE)) {
      const chooser = all.begin();
      if (chooser === undefined) {
        this.#covered = 0;
        return true;
      }
      const result = this.#run(chooser);
      if (!all.end(result)) return false;
      yield;
      // It left the run at this choice, so the search has come to its end behind it.
      this.#covered = Math.min(this.#covered, this.#evidence.sharedBy(result) + 1);
      const isTailed = result.choices.length > this.#picks.length + FAIR_AFTER;
      if (isTailed || isOfABound(result.outcome.kind) || this.#isProved) return true;
    }
    return true;
  }

  /** Halves what is left until no way to go on from one prefix passes, and one from the prefix before does. */
  *#locate(): Generator<void, void, void> {
    if (yield* this.#allFail(this.#evidence.certainFrom, PROBES_OF_ANSWER)) return;
    let fails = this.#covered;
    while (!this.#isProved && this.#mayRun(LOCATING_SHARE)) {
      const from = this.#evidence.certainFrom;
      if (from > fails) fails = this.#covered;
      if (from === fails) {
        if (yield* this.#allFail(from, PROBES_OF_ANSWER)) return;
        continue;
      }
      const middle = (from + fails) >> 1;
      if (yield* this.#allFail(middle, PROBES)) fails = middle;
    }
  }

  /** Tries so many ways to go on from a prefix; false once one passes. */
  *#allFail(prefix: number, ways: number): Generator<void, boolean, void> {
    for (let tries = 0; tries < ways && this.#mayRun(LOCATING_SHARE); tries++) {
      if (tries % 2 === 0) this.#walk(prefix);
      else this.#leaveOnce(prefix);
      yield;
      if (this.#evidence.certainFrom > prefix) return false;
    }
    return true;
  }

  /** Spends what is left on walks from where the curve knows least: one that passes may still move its end. */
  *#drawCurve(points: number): Generator<void, void, void> {
    const evidence = this.#evidence;
    while (this.#mayRun()) {
      const { certainFrom } = evidence;
      const isThin = !this.#isProved && evidence.waysFrom(certainFrom) < PROBES;
      const wanted = (prefix: number): number => (certainFrom - prefix <= NEAR ? WALKS_NEAR : WALKS);
      const prefix = isThin ? certainFrom : evidence.weakest(points, wanted);
      if (prefix === undefined) return;
      this.#walk(prefix);
      yield;
    }
  }

  /** Points that what is left of the budget gives a few walks each. */
  #countPoints(): number {
    const { runsMax, callsMax } = this.#budget;
    const left = Math.min(runsMax - this.#runs, (callsMax - this.#calls) / (this.#calls / this.#runs));
    return Math.max(1, Math.min(POINTS_MAX, Math.floor(left / WALKS_FEW)));
  }

  #walk(prefix: number): void {
    const prng = this.#prng();
    const byChance: Chooser = { choose: (point) => prng.below(point.threads.length) };
    this.#run(this.#goOn(prefix, byChance), prefix);
  }

  /** Leaves the run once behind the prefix, anywhere, and is kind from there on: what passes mostly passes so. */
  #leaveOnce(prefix: number): void {
    const prng = this.#prng();
    const at = prefix + prng.below(Math.max(1, this.#picks.length - prefix));
    const own = this.#picks[at] ?? 0;
    const kind = createFifoChooser();
    let hasLeft = false;
    this.#run(
      this.#goOn(at, {
        choose(point) {
          if (hasLeft) return kind.choose(point);
          hasLeft = true;
          const other = prng.below(point.threads.length - 1);
          return other < own ? other : other + 1;
        },
      }),
    );
  }

  /** Takes the choices of a prefix again, then those of `next`. */
  #goOn(prefix: number, next: Chooser): Chooser {
    const repeat = createRepeat(this.#picks);
    let asked = 0;
    return { choose: (point) => (asked++ < prefix ? repeat : next).choose(point) };
  }

  #prng() {
    return createPrng(deriveSeed(this.#seed, this.#runs));
  }
}
