import type { Place, TraceEvent } from "#abi";
import type { Program } from "#compile";
import { EventWords } from "./event-words.ts";
import { placeOfSite } from "./outcome.ts";
import type { RunResult } from "./types.ts";

/** What one thread did between two switches, in words. */
export interface Step {
  readonly index: number;
  readonly thread: number;
  readonly threadName: string;
  readonly timeNs: number;
  readonly text: string;
  /** The learner's line it ended at; absent in hidden files. */
  readonly place?: Place;
  /** True where the thread before could have gone on and this one was let in instead. */
  readonly preempted: boolean;
}

/** A recorded run's steps, and for each event of its trace the step it belongs to. */
export interface StepRecord {
  readonly steps: readonly Step[];
  /** By event: the index of its step; for an event that no step tells of, of the step before it. */
  readonly stepOf: readonly number[];
  readonly words: EventWords;
}

/** A recorded run as steps, oldest first. Empty where the run was not recorded. */
export function describeSteps(result: RunResult, program: Program): readonly Step[] {
  return recordSteps(result, program)?.steps ?? [];
}

/** {@link describeSteps}, with the way back to the trace; null where the run was not recorded. */
export function recordSteps(result: RunResult, program: Program): StepRecord | null {
  const { trace } = result;
  if (trace === undefined) return null;
  const words = new EventWords(trace, program);
  const steps: Step[] = [];
  const stepOf: number[] = [];
  let group: TraceEvent[] = [];
  let told = 0;
  const flush = (): void => {
    const last = steps.at(-1);
    const step = toStep(group, words, program);
    if (step !== null) {
      const choice = group[0]?.choice ?? 0;
      const switched = last !== undefined && last.thread !== step.thread;
      const preempted = switched && result.choices.slice(told, choice).some((made) => made.preempts);
      steps.push({ ...step, index: steps.length, preempted });
      told = group.at(-1)?.choice ?? told;
    }
    for (const _ of group) stepOf.push(Math.max(0, steps.length - 1));
    group = [];
  };
  for (const event of trace.events) {
    const last = group.at(-1);
    if (
      last !== undefined &&
      (last.thread !== event.thread || last.choice !== event.choice || last.timeNs !== event.timeNs)
    )
      flush();
    group.push(event);
  }
  flush();
  return { steps, stepOf, words };
}

function toStep(
  events: readonly TraceEvent[],
  words: EventWords,
  program: Program,
): Omit<Step, "index" | "preempted"> | null {
  const told = events.filter((event) => words.phrase(event) !== "");
  const [first] = told;
  if (first === undefined) return null;
  const place = told
    .map((event) => placeOfSite(event.site, program))
    .findLast((found) => found !== undefined);
  return {
    thread: first.thread,
    threadName: words.thread(first.thread),
    timeNs: first.timeNs,
    text: shorten(told.map((event) => words.phrase(event))).join("; "),
    ...(place === undefined ? {} : { place }),
  };
}

/** A thread that spins does thousands of things in one step: the first and the last say enough. */
function shorten(phrases: readonly string[]): readonly string[] {
  if (phrases.length <= PHRASES_MAX) return phrases;
  const left = phrases.length - PHRASES_MAX;
  return [...phrases.slice(0, PHRASES_MAX - 2), `… ${left} more …`, ...phrases.slice(-2)];
}

const PHRASES_MAX = 8;
