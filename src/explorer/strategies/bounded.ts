import { CALLS } from "#abi";
import type { ChoicePoint, Chooser } from "#kernel";
import { FAIR_AFTER, withFairTail } from "./fair-tail.ts";
import { NO_COVERAGE, type Coverage, type Strategy } from "./strategy.ts";

/** Where a schedule departs from the default: at choice `at`, one of `options`, it takes `pick`. */
interface Departure {
  readonly at: number;
  readonly options: number;
  readonly pick: number;
}

/** A choice of a finished run whose options `from` to `to`, but for the preferred one, are schedules of their own. */
interface OpenPoint {
  readonly at: number;
  readonly options: number;
  readonly preferred: number;
  readonly from: number;
  readonly to: number;
}

/** A finished run with the open points of one cost; `next` walks over them. */
interface Branch {
  readonly departures: readonly Departure[];
  readonly points: readonly OpenPoint[];
  next: number;
  /** The option tried last at `points[next]`; undefined before the first. */
  pick: number | undefined;
}

/**
 * Every schedule with at most `preemptionsMax` preemptions, each exactly once, those with fewer first.
 *
 * A schedule is the list of its departures from the default, so the schedules form a tree: a child has its parent's
 * departures and one later. A departure costs one where the thread that asked could go on, and where no thread is
 * picked but a waiter, a task or a number; it is free where nobody runs, unless it moves the clock. Free children are walked depth-first, costly ones wait for the next level.
 * Source: M. Musuvathi, S. Qadeer, "Iterative context bounding", PLDI 2007.
 */
export class Bounded implements Strategy {
  readonly name = "bounded";
  readonly #preemptionsMax: number;
  readonly #schedulesMax: number;
  #level = 0;
  #stack: Branch[] = [];
  #nextLevel: Branch[] = [];
  #current: Walk | undefined;
  #runs = 0;
  #tailed = false;
  #coverage: Coverage = NO_COVERAGE;

  /**
   * A level with which there would be more than `schedulesMax` schedules is not begun: cut short it proves nothing, and
   * what it runs first is much alike. Known are only those that depart once more than the level below.
   */
  constructor(preemptionsMax: number, schedulesMax = Infinity) {
    this.#preemptionsMax = preemptionsMax;
    this.#schedulesMax = schedulesMax;
  }

  begin(): Chooser | undefined {
    const departures = this.#runs === 0 ? [] : this.#nextDepartures();
    if (departures === undefined) return undefined;
    this.#current = new Walk(departures);
    return withFairTail(this.#current);
  }

  end(): boolean {
    const walk = this.#current;
    if (walk === undefined) return true;
    this.#runs += 1;
    this.#tailed ||= walk.tailed;
    grow(this.#stack, walk.departures, walk.free);
    grow(this.#nextLevel, walk.departures, walk.costly);
    this.#closeLevels();
    return walk.fits;
  }

  coverage(): Coverage {
    return this.#coverage;
  }

  #nextDepartures(): readonly Departure[] | undefined {
    const branch = this.#stack.at(-1);
    if (branch === undefined) return undefined;
    const departures = advance(branch);
    if (branch.next >= branch.points.length) this.#stack.pop();
    return departures;
  }

  /** Notes each level that has been walked to its end and opens the one above it. */
  #closeLevels(): void {
    while (this.#stack.length === 0) {
      const everything = this.#nextLevel.length === 0;
      if (!this.#tailed) this.#coverage = { preemptions: this.#level, schedules: this.#runs, everything };
      if (everything || this.#level >= this.#preemptionsMax) return;
      if (this.#runs + countChildren(this.#nextLevel) > this.#schedulesMax) return;
      this.#level += 1;
      this.#stack = this.#nextLevel.reverse();
      this.#nextLevel = [];
    }
  }
}

/** Follows the departures, then the default, and notes which choices stay open. */
class Walk implements Chooser {
  readonly departures: readonly Departure[];
  readonly free: OpenPoint[] = [];
  readonly costly: OpenPoint[] = [];
  #asked = 0;
  #departed = 0;

  constructor(departures: readonly Departure[]) {
    this.departures = departures;
  }

  /** False where the run did not come to every departure with the options its parent had. */
  get fits(): boolean {
    return this.#departed === this.departures.length;
  }

  get tailed(): boolean {
    return this.#asked >= FAIR_AFTER;
  }

  choose(point: ChoicePoint): number {
    const at = this.#asked;
    this.#asked += 1;
    const departure = this.departures[this.#departed];
    if (departure === undefined) {
      this.#open(at, point);
      return point.preferred;
    }
    if (departure.at !== at || departure.options !== point.threads.length) return point.preferred;
    this.#departed += 1;
    return departure.pick;
  }

  #open(at: number, point: ChoicePoint): void {
    const options = point.threads.length;
    const open = { at, options, preferred: point.preferred };
    const free = point.current >= 0 || point.kind !== "thread" ? 0 : options - (movesClock(point) ? 1 : 0);
    push(this.free, { ...open, from: 0, to: free - 1 });
    push(this.costly, { ...open, from: free, to: options - 1 });
  }
}

/** The clock is the last option where it is one. */
function movesClock(point: ChoicePoint): boolean {
  return point.calls.at(-1) === CALLS.clock;
}

/** Adds a point that has an option left. */
function push(points: OpenPoint[], point: OpenPoint): void {
  if (optionAfter(point, undefined) !== undefined) points.push(point);
}

function grow(branches: Branch[], departures: readonly Departure[], points: readonly OpenPoint[]): void {
  if (points.length > 0) branches.push({ departures, points, next: 0, pick: undefined });
}

function countChildren(branches: readonly Branch[]): number {
  const points = branches.flatMap((branch) => branch.points);
  return points.reduce((sum, { from, to, preferred }) => {
    const isOwn = preferred >= from && preferred <= to;
    return sum + to - from + (isOwn ? 0 : 1);
  }, 0);
}

/** The departures of the branch's next child; moves the branch on. */
function advance(branch: Branch): readonly Departure[] {
  const point = branch.points[branch.next];
  const pick = point && optionAfter(point, branch.pick);
  if (point === undefined || pick === undefined) return branch.departures;
  branch.pick = pick;
  if (optionAfter(point, pick) === undefined) {
    branch.next += 1;
    branch.pick = undefined;
  }
  return [...branch.departures, { at: point.at, options: point.options, pick }];
}

/** The option to try after `pick`; undefined where that was the last one. */
function optionAfter({ from, to, preferred }: OpenPoint, pick: number | undefined): number | undefined {
  const next = pick === undefined ? from : pick + 1;
  const option = next === preferred ? next + 1 : next;
  return option <= to ? option : undefined;
}
