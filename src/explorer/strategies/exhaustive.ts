import { CALLS, type Call } from "#abi";
import type { ChoiceKind, ChoicePoint, Chooser, Watcher } from "#kernel";
import type { RunResult } from "#machine";
import { FAIR_AFTER, withFairTail } from "./fair-tail.ts";
import { Footprint } from "./footprint.ts";
import { NO_COVERAGE, type Coverage, type Strategy } from "./strategy.ts";

/**
 * Every execution of a program: depth-first over all choices, without those whose schedules only swap steps that commute
 * with ones that were run. A thread whose step was tried from a state sleeps while its siblings are tried, until
 * something is done that its step may conflict with; a run in which all who could go on sleep has been made before, and
 * only ends. Steps are compared by what they were seen to do, as a step holds more than the call that it begins with.
 * Source: P. Godefroid, "Partial-order methods for the verification of concurrent systems", LNCS 1032, 1996 (sleep sets).
 */
export class Exhaustive implements Strategy {
  readonly name = "exhaustive";
  readonly #from: ExhaustiveFrom;
  readonly #fairAfter: number;
  readonly #forks: Fork[] = [];
  #walk: Walk | undefined;
  #runs = 0;
  #isOver = false;
  #tailed = false;

  constructor(from: ExhaustiveFrom = {}) {
    this.#from = from;
    this.#fairAfter = FAIR_AFTER + (from.picks?.length ?? 0);
  }

  begin(): Chooser | undefined {
    if (this.#isOver) return undefined;
    this.#walk = new Walk(this.#forks, this.#from);
    return withFairTail(this.#walk, this.#fairAfter);
  }

  end(result: RunResult): boolean {
    const walk = this.#walk;
    if (walk === undefined) return true;
    walk.finish(result.outcome.kind !== "passed");
    this.#runs += 1;
    this.#tailed ||= this.#forks.length >= this.#fairAfter;
    while (this.#forks.at(-1)?.turn() === false) this.#forks.pop();
    this.#isOver = this.#forks.length === 0;
    return walk.fits;
  }

  /** Runs that only ended what had been tried count as schedules too: they were run. */
  coverage(): Coverage {
    if (!this.#isOver || this.#tailed) return NO_COVERAGE;
    return { preemptions: Infinity, schedules: this.#runs, everything: true };
  }
}

/** Where a search begins, and what it may leave out. */
export interface ExhaustiveFrom {
  /**
   * What the first run picks, choice by choice, instead of the default. As the search turns to the last choice first, it
   * runs whatever shares the longest beginning with this run before it runs anything that parts from it sooner.
   */
  readonly picks?: readonly number[];
  /** False where no two steps are known to commute, as where calls cost time: every schedule is run. */
  readonly commutes?: boolean;
}

/** A choice on the path to the schedule that is run, with what has been tried there. */
class Fork {
  readonly kind: ChoiceKind;
  readonly threads: readonly number[];
  picked: number;
  /** Threads whose steps have been tried elsewhere, when the run came here. */
  readonly #asleep: readonly Footprint[];
  /** By option: what its step did. */
  readonly #tried = new Map<number, Footprint>();

  constructor({ kind, threads }: ChoicePoint, picked: number, asleep: readonly Footprint[]) {
    this.kind = kind;
    this.threads = threads;
    this.picked = picked;
    this.#asleep = asleep;
  }

  /** Takes the picked option; what its step does in all runs that pick it. */
  take(): Footprint {
    let footprint = this.#tried.get(this.picked);
    if (footprint === undefined)
      this.#tried.set(this.picked, (footprint = new Footprint(this.threads[this.picked] ?? 0)));
    return footprint;
  }

  /** Who sleeps when the picked option is tried. */
  sleepers(): Footprint[] {
    if (this.kind !== "thread") return [...this.#asleep];
    const tried = [...this.#tried].flatMap(([option, footprint]) =>
      option === this.picked ? [] : [footprint],
    );
    return [...this.#asleep, ...tried];
  }

  /** Turns to an option that has not been tried; false where there is none. */
  turn(): boolean {
    this.picked = this.threads.findIndex(
      (thread, option) => !this.#tried.has(option) && !this.#sleeps(thread),
    );
    return this.picked >= 0;
  }

  #sleeps(thread: number): boolean {
    return this.kind === "thread" && this.#asleep.some((footprint) => footprint.thread === thread);
  }
}

/** One run: takes the options that its forks say, then the default of those that do not sleep, and makes forks of these. */
class Walk implements Chooser {
  readonly watcher: Watcher = {
    goesOn: (thread) => this.#goOn(thread),
    reaches: (thread, call, object) => this.#reach(thread, call, object),
    acts: (thread, call, object) => this.#act(thread, call, object),
  };
  /** False where the run did not come to every fork with the options that it had. */
  fits = true;
  readonly #forks: Fork[];
  readonly #known: number;
  readonly #picks: readonly number[];
  #depth = 0;
  #asleep: Footprint[] = [];
  /** Everybody who could go on slept: this run has been made before. */
  #isRepeated = false;
  /** A waker of the program's own carries changes on to whatever it likes: nothing is known to commute. */
  #isOpaque: boolean;
  /** The step that begins when its thread goes on, and the one that is under way. */
  #next: Footprint | undefined;
  #step: Footprint | undefined;

  constructor(forks: Fork[], { picks = [], commutes = true }: ExhaustiveFrom) {
    this.#forks = forks;
    this.#known = forks.length;
    this.#picks = forks.length === 0 ? picks : [];
    this.#isOpaque = !commutes;
  }

  choose(point: ChoicePoint): number {
    if (this.#isRepeated || !this.fits) return point.preferred;
    const fork = this.#depth < this.#known ? this.#forks[this.#depth] : this.#open(point);
    this.fits = this.#isRepeated || (fork !== undefined && isAt(fork, point));
    if (fork === undefined || !this.fits) return point.preferred;
    this.#depth += 1;
    if (this.#depth === this.#known) this.#asleep = this.#isOpaque ? [] : fork.sleepers();
    const footprint = fork.take();
    if (point.kind === "thread") this.#next = footprint;
    if (point.calls[fork.picked] === CALLS.clock) this.#letClockMove();
    return fork.picked;
  }

  /** The run is over. `failed`: its last step may have been cut. */
  finish(failed: boolean): void {
    if (failed) this.#step?.blur();
    this.fits &&= this.#depth >= this.#known;
  }

  /** A fork that takes the default, or the first option that does not sleep. */
  #open(point: ChoicePoint): Fork | undefined {
    const fork = new Fork(point, this.#picks[this.#depth] ?? point.preferred, this.#asleep);
    const sleeps = (option: number): boolean =>
      point.kind === "thread" && this.#asleep.some(({ thread }) => thread === point.threads[option]);
    if (sleeps(fork.picked)) this.#isRepeated = !fork.turn();
    if (this.#isRepeated) return undefined;
    this.#forks.push(fork);
    return fork;
  }

  #goOn(thread: number): void {
    this.#step = this.#next;
    this.#next = undefined;
    this.#isRepeated ||= this.#asleep.some((footprint) => footprint.thread === thread);
  }

  #reach(thread: number, call: Call, object: number): void {
    const operation = { thread, call, object };
    this.#step?.reach(operation);
    if (this.#asleep.length > 0)
      this.#asleep = this.#asleep.filter((footprint) => !footprint.meetsArrival(operation));
  }

  #act(thread: number, call: Call, object: number): void {
    const operation = { thread, call, object };
    this.#step?.act(operation);
    this.#isOpaque ||= call === CALLS.wakerNew;
    if (this.#asleep.length > 0)
      this.#asleep = this.#asleep.filter((footprint) => !footprint.meetsAct(operation));
  }

  /** Everything depends on the time. The clock itself never sleeps: it is the last option, and nothing is tried after it. */
  #letClockMove(): void {
    this.#asleep = [];
    this.#next = undefined;
    this.#step = undefined;
  }
}

function isAt(fork: Fork, { kind, threads }: ChoicePoint): boolean {
  return (
    fork.kind === kind &&
    fork.threads.length === threads.length &&
    fork.threads.every((thread, i) => thread === threads[i])
  );
}
