/**
 * Owns: whether the neighbourhood of a schedule fails, in a fixed order and within a budget of runs and kernel calls.
 * Neighbours are made from what came of the schedule: one departure moved, left out or answered otherwise, one preemption
 * more near its end. The same everywhere.
 */
import type { RunResult } from "#machine";
import { keyOf, MOVES, readAttempt, runTurns, type Attempt, type Run, type Turn } from "../shrink/attempt.ts";
import { createRepeat } from "../schedule/replay.ts";
import { Walk, type Question } from "../shrink/walk.ts";

export interface NearbyBudget {
  readonly runsMax: number;
  /** Kernel calls of all runs together; no run is begun beyond. */
  readonly callsMax: number;
}

/** Some tenth of a second in all but the slowest programs. */
export const NEARBY_BUDGET: NearbyBudget = { runsMax: 100, callsMax: 20_000 };

/** What was found around a schedule that passes. */
export interface Neighbourhood {
  /** Different runs that were tried. */
  readonly runs: number;
  readonly failing: number;
  /** What was picked at each choice of the first of those that fail. */
  readonly picks?: readonly number[];
}

/** Yields after each run. `focus` is the number of the choice around which preemptions are added. */
export function* nearbySteps(
  run: Run,
  base: RunResult,
  focus: number,
  { runsMax, callsMax }: NearbyBudget = NEARBY_BUDGET,
): Generator<void, Neighbourhood, void> {
  const seen = new Set([base.traceHash]);
  const tried = new Set<string>();
  let [begun, calls, failing] = [0, 0, 0];
  let picks: readonly number[] | undefined;
  for (const turns of neighbours(attemptOf(run, base), focus)) {
    if (begun >= runsMax || calls >= callsMax) break;
    const told = describe(turns);
    if (tried.has(told)) continue;
    tried.add(told);
    const { result } = runTurns(run, turns);
    begun += 1;
    calls += result.calls;
    yield;
    if (seen.has(result.traceHash)) continue;
    seen.add(result.traceHash);
    if (result.outcome.kind === "passed" || result.outcome.kind === "inconclusive") continue;
    failing += 1;
    picks ??= result.choices.map((choice) => choice.picked);
  }
  return { runs: seen.size - 1, failing, ...(picks && { picks }) };
}

function attemptOf(run: Run, { choices }: RunResult): Attempt {
  const repeat = createRepeat(choices.map((choice) => choice.picked));
  const walk = new Walk((_, point) => repeat.choose(point));
  return readAttempt(walk, run(walk));
}

function* neighbours({ turns, walk }: Attempt, focus: number): Generator<readonly Turn[], void, void> {
  const rest = (turn: Turn): readonly Turn[] => turns.filter((other) => other !== turn);
  for (const by of MOVES)
    for (const turn of turns.toReversed())
      if (turn.kind === "thread" && turn.steps + by >= 0)
        yield [...rest(turn), { ...turn, steps: turn.steps + by }];
  for (const turn of turns.toReversed()) yield rest(turn);
  const near = walk.questions
    .map((question, at) => ({ question, at }))
    .toSorted((a, b) => Math.abs(a.at - focus) - Math.abs(b.at - focus) || a.at - b.at);
  for (const { question, at } of near) yield* otherAnswers(turns, question, at);
}

/** The same turns with another answer at one question: at a turn it takes the turn's place. */
function* otherAnswers(
  turns: readonly Turn[],
  { after, steps, kind, nth, options, preferred, picked, isLeaving }: Question,
  at: number,
): Generator<readonly Turn[], void, void> {
  const rest = turns.filter((turn) => turn.at !== at);
  const isCostly = isLeaving || kind !== "thread";
  for (const [i, option] of options.entries())
    if (i !== picked && i !== preferred) yield [...rest, { after, steps, kind, nth, option, at, isCostly }];
}

function describe(turns: readonly Turn[]): string {
  return turns
    .map((turn) => `${keyOf(turn)} ${turn.option}`)
    .toSorted()
    .join();
}
