/**
 * Owns: a schedule as turns, each at a position that other schedules have too; running such a list, and how heavy what
 * came of it is. A turn whose position or option the run does not come to is left out: a list is a wish.
 */
import { CLOCK_THREAD } from "#kernel";
import type { RunResult } from "#machine";
import { costOf } from "../cost.ts";
import { FAIR_AFTER, withFairTail } from "../strategies/fair-tail.ts";
import type { Runnable } from "../runnable.ts";
import { optionsOf, Walk, type Position } from "./walk.ts";

/** At this position the run does not take the default, but `option`: a thread, a task or a number. */
export interface Turn extends Position {
  readonly option: number;
  /** Number of the choice in the run that it was read from. */
  readonly at: number;
  /** False where it costs nothing: somebody had to be picked. */
  readonly isCostly: boolean;
}

/** How far a turn is moved to look at its neighbours, in steps of the thread that is left. */
export const MOVES: readonly number[] = [1, -1, 2, -2, 3, -3, 4, -4];

/** A run, and what it says of its schedule. */
export interface Attempt {
  readonly result: RunResult;
  readonly walk: Walk;
  readonly turns: readonly Turn[];
  /** Cost, preemptions, switches, preemptions where no object is in play, turns: the first that differs decides. */
  readonly weight: readonly number[];
}

export type Run = (chooser: Parameters<Runnable["run"]>[0]["chooser"]) => RunResult;

/**
 * Runs the turns as far as they fit. Behind the last of them a long run goes on by chance, for fairness. Where somebody
 * has to be picked and no turn says who, the thread `heldBack` is not, unless it is the only one.
 */
export function runTurns(run: Run, turns: readonly Turn[], heldBack = -1): Attempt {
  const options = new Map(turns.map((turn) => [keyOf(turn), turn.option]));
  const walk = new Walk((position, point) => {
    const option = options.get(keyOf(position));
    const pick = option === undefined ? -1 : optionsOf(point).indexOf(option);
    if (pick >= 0) return pick;
    if (point.kind !== "thread" || point.threads[point.preferred] !== heldBack || point.current >= 0)
      return undefined;
    const other = point.threads.findIndex((thread) => thread !== heldBack && thread !== CLOCK_THREAD);
    return other < 0 ? undefined : other;
  });
  const isLate = turns.some(({ at }) => at >= FAIR_AFTER);
  return readAttempt(walk, run(isLate ? walk : withFairTail(walk)));
}

/** What a finished run says of its schedule; `walk` was its chooser. */
export function readAttempt(walk: Walk, result: RunResult): Attempt {
  const { choices } = result;
  const turns = walk.questions.flatMap((question, at): Turn[] => {
    const { after, steps, kind, nth, options, picked, preferred } = question;
    const option = options[picked];
    if (picked === preferred || option === undefined) return [];
    const isCostly = kind !== "thread" || choices[at]?.preempts === true;
    return [{ after, steps, kind, nth, option, at, isCostly }];
  });
  const preemptions = choices.filter((choice) => choice.preempts).length;
  const unnamed = walk.questions.filter(
    ({ isLeaving, isNamed, picked, preferred }) => isLeaving && !isNamed && picked !== preferred,
  ).length;
  const departures = choices.filter(({ picked, preferred }) => picked !== preferred).length;
  return { result, walk, turns, weight: [costOf(choices), preemptions, walk.switches, unnamed, departures] };
}

export function isLighter(a: Attempt, b: Attempt): boolean {
  const at = a.weight.findIndex((part, i) => part !== b.weight[i]);
  return at >= 0 && (a.weight[at] ?? 0) < (b.weight[at] ?? 0);
}

/** Tells positions apart. */
export function keyOf({ after, steps, kind, nth }: Position): string {
  return `${after} ${steps} ${kind} ${nth}`;
}
