/**
 * Owns: from a failing run to a simpler one that fails in the same way. The heaviest part of a schedule is made lighter
 * first (`weight` in attempt.ts): its cost, its switches, then where the switches stand. Counts runs and kernel calls,
 * never time, so the result is the same everywhere.
 *
 * Sources: A. Zeller, R. Hildebrandt, "Simplifying and isolating failure-inducing input", TSE 2002 (turns are dropped in
 * halves, quarters, …); N. Jalbert, K. Sen, "A trace simplification technique for effective debugging of concurrent
 * programs", FSE 2010 (fewest switches).
 */
import type { RunOptions, RunResult } from "#machine";
import {
  isLighter,
  keyOf,
  MOVES,
  readAttempt,
  runTurns,
  type Attempt,
  type Run,
  type Turn,
} from "./attempt.ts";
import { Bounded } from "../strategies/bounded.ts";
import { costOf } from "../cost.ts";
import { createRepeat } from "../schedule/replay.ts";
import type { Runnable } from "../runnable.ts";
import { isOfABound } from "../of-a-bound.ts";
import { isSameFailure } from "../same-failure.ts";
import { Walk, type Question } from "./walk.ts";

/** What shrinking did; the schedule itself stands in the failure. Preemptions are counted as {@link costOf} does. */
export interface Shrunk {
  readonly runs: number;
  readonly preemptionsBefore: number;
  readonly switchesBefore: number;
  readonly preemptions: number;
  readonly switches: number;
  /** True where every schedule with fewer preemptions is known not to fail in this way. */
  readonly minimal: boolean;
}

export interface ShrinkBudget {
  readonly runsMax: number;
  /** Kernel calls of all runs together; no run is begun beyond. */
  readonly callsMax: number;
}

export interface ShrinkOptions {
  /** What every run of the search has in common. */
  readonly runOptions: Omit<RunOptions, "chooser" | "record">;
  /** Every schedule with at most this many preemptions is known to pass; -1 where nothing is known. */
  readonly passesUpTo?: number;
  readonly budget?: ShrinkBudget;
}

/** Well under a second in all but the slowest programs. */
export const SHRINK_BUDGET: ShrinkBudget = { runsMax: 300, callsMax: 40_000 };

/** Shares of the budget that are used up when one way of making it simpler gives way to the next. */
const DROPPING_SHARE = 0.5;
const CONFIRMING_SHARE = 0.8;

/** A simpler failing run, unrecorded, and how it was come by. */
export interface Shrinking {
  readonly result: RunResult;
  readonly shrunk: Shrunk;
}

/**
 * Looks for a simpler schedule that fails as `failing` does; ends in `failing` itself where it finds none. Undefined
 * where nothing is tried: the run reached a bound, or does not come back.
 */
export function shrink(
  runnable: Runnable,
  failing: RunResult,
  options: ShrinkOptions,
): Shrinking | undefined {
  if (isOfABound(failing.outcome.kind)) return undefined;
  const repeat = createRepeat(failing.choices.map((choice) => choice.picked));
  const walk = new Walk((_, point) => repeat.choose(point));
  const result = runnable.run({ ...options.runOptions, chooser: walk });
  if (result.traceHash !== failing.traceHash) return undefined;
  return new Shrinker(runnable, readAttempt(walk, result), options).run();
}

class Shrinker {
  readonly #runRaw: Run;
  readonly #budget: ShrinkBudget;
  readonly #passesUpTo: number;
  readonly #first: Attempt;
  readonly #tried = new Set<string>();
  #best: Attempt;
  #minimal = false;
  #runs = 1;
  #calls: number;
  #share = DROPPING_SHARE;

  constructor(runnable: Runnable, first: Attempt, { runOptions, passesUpTo, budget }: ShrinkOptions) {
    this.#runRaw = (chooser) => runnable.run({ ...runOptions, chooser });
    this.#budget = budget ?? SHRINK_BUDGET;
    this.#passesUpTo = passesUpTo ?? -1;
    this.#first = this.#best = first;
    this.#calls = first.result.calls;
  }

  run(): Shrinking {
    this.#minimal = this.#tryDefault();
    if (!this.#minimal) this.#simplify();
    return { result: this.#best.result, shrunk: this.#describe() };
  }

  /** The default schedule is the simplest there is, however often it switches. */
  #tryDefault(): boolean {
    if (isDefault(this.#first.result)) return true;
    if (!this.#mayRun) return false;
    const attempt = runTurns(this.#run, []);
    const fails = isDefault(attempt.result) && this.#fails(attempt);
    if (fails) this.#best = attempt;
    return fails;
  }

  #simplify(): void {
    while (this.#dropTurns(true) || this.#dropTurns(false) || this.#dropPairs());
    this.#share = CONFIRMING_SHARE;
    this.#confirm();
    this.#share = 1;
    while (
      this.#holdBack() ||
      this.#moveTurns() ||
      this.#pickOthers() ||
      this.#dropTurns(true) ||
      this.#dropTurns(false)
    );
  }

  #describe(): Shrunk {
    return {
      runs: this.#runs,
      preemptionsBefore: costOf(this.#first.result.choices),
      switchesBefore: this.#first.walk.switches,
      preemptions: this.#cost,
      switches: this.#best.walk.switches,
      minimal: this.#minimal,
    };
  }

  get #cost(): number {
    return costOf(this.#best.result.choices);
  }

  get #mayRun(): boolean {
    const { runsMax, callsMax } = this.#budget;
    return this.#runs < runsMax * this.#share && this.#calls < callsMax * this.#share;
  }

  readonly #run: Run = (chooser) => {
    const result = this.#runRaw(chooser);
    this.#runs += 1;
    this.#calls += result.calls;
    return result;
  };

  /** Takes what comes of these turns where it is simpler and fails in the same way. */
  #tryTurns(turns: readonly Turn[], heldBack?: number): boolean {
    const told = turns
      .map((turn) => `${keyOf(turn)} ${turn.option}`)
      .toSorted()
      .join()
      .concat(`;${heldBack}`);
    if (this.#tried.has(told) || !this.#mayRun) return false;
    this.#tried.add(told);
    return this.#take(runTurns(this.#run, turns, heldBack));
  }

  #take(attempt: Attempt): boolean {
    const isBetter = this.#fails(attempt) && isLighter(attempt, this.#best);
    if (isBetter) this.#best = attempt;
    return isBetter;
  }

  #fails({ result }: Attempt): boolean {
    return isSameFailure(result.outcome, this.#first.result.outcome);
  }

  /** Leaves turns out, in large pieces first. True where that made it simpler. */
  #dropTurns(isCostly: boolean): boolean {
    const dropped = (): Turn[] => this.#best.turns.filter((turn) => turn.isCostly === isCostly);
    let isBetter = false;
    for (let size = Math.ceil(dropped().length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (let from = 0; from < dropped().length && this.#mayRun;) {
        const piece = new Set(dropped().slice(from, from + size));
        if (this.#tryTurns(this.#best.turns.filter((turn) => !piece.has(turn)))) isBetter = true;
        else from += size;
      }
    }
    return isBetter;
  }

  /** Leaves two turns out that only make sense together: away from a thread and back to it. */
  #dropPairs(): boolean {
    const turns = this.#best.turns.filter((turn) => turn.isCostly);
    return turns.some((one, i) =>
      turns
        .slice(i + 1)
        .some((two) => this.#tryTurns(this.#best.turns.filter((turn) => turn !== one && turn !== two))),
    );
  }

  /** Runs every schedule with fewer preemptions, as far as the budget goes; takes the first that fails in this way. */
  #confirm(): void {
    if (this.#cost - 1 <= this.#passesUpTo) {
      this.#minimal = true;
      return;
    }
    const strategy = new Bounded(this.#cost - 1);
    let isOpen = false;
    while (this.#mayRun) {
      const chooser = strategy.begin();
      if (chooser === undefined) break;
      const walk = new Walk((_, point) => chooser.choose(point));
      const result = this.#run(walk);
      if (this.#take(readAttempt(walk, result))) break;
      if (!strategy.end()) return;
      isOpen ||= isOfABound(result.outcome.kind);
    }
    this.#minimal = !isOpen && strategy.coverage().preemptions >= this.#cost - 1;
  }

  /** Lets a thread go on only where no other can: each time it is woken in vain are two switches. */
  #holdBack(): boolean {
    return this.#best.result.stepsOf.some((_, thread) =>
      this.#tryTurns(
        this.#best.turns.filter((turn) => turn.isCostly || turn.option !== thread),
        thread,
      ),
    );
  }

  /** Lets a thread that is left go on for longer, or less long. */
  #moveTurns(): boolean {
    return this.#best.turns.some((turn) => {
      if (turn.kind !== "thread") return false;
      const rest = this.#best.turns.filter((other) => other !== turn);
      const taken = new Set(rest.map(keyOf));
      return MOVES.some((by) => {
        const moved = { ...turn, steps: turn.steps + by };
        return moved.steps >= 0 && !taken.has(keyOf(moved)) && this.#tryTurns([...rest, moved]);
      });
    });
  }

  /** Lets another thread go on where one has to be picked or is preferred to the one that is left. */
  #pickOthers(): boolean {
    return this.#best.walk.questions.some((question, at) => {
      const { kind, preferred, picked, options, isLeaving } = question;
      if (kind !== "thread" || (isLeaving && picked === preferred)) return false;
      const rest = this.#best.turns.filter((turn) => turn.at !== at);
      return options.some(
        (option, i) => i !== picked && this.#tryTurns(withOption(rest, { question, at, option })),
      );
    });
  }
}

function isDefault({ choices }: RunResult): boolean {
  return choices.every(({ picked, preferred }) => picked === preferred);
}

function withOption(
  rest: readonly Turn[],
  { question, at, option }: { readonly question: Question; readonly at: number; readonly option: number },
): readonly Turn[] {
  const { after, steps, kind, nth, isLeaving, options, preferred } = question;
  if (options[preferred] === option) return rest;
  return [...rest, { after, steps, kind, nth, option, at, isCostly: isLeaving }];
}
