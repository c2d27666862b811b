import type { Place, TraceEvent } from "#abi";
import type { Program } from "#compile";
import type { Choice } from "#kernel";
import { EventWords } from "./event-words.ts";
import { placeOfSite } from "./outcome.ts";
import type { RunResult } from "./types.ts";

/** What one thread did between two switches, or one task in one poll, in words. */
export interface Step {
  readonly index: number;
  readonly thread: number;
  /** The task that the thread was polling; 0 where it did so for itself, or for the future of a `blockOn`. */
  readonly task: number;
  /** The name of the task, else of the thread; no two have the same. */
  readonly actor: string;
  /** Its lane in the timeline of the run. */
  readonly lane: number;
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
  /** By step: how many choices the run had made when the last thing happened that it tells of. */
  readonly choicesOf: readonly number[];
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
  const writer = new StepWriter(new EventWords(trace, program), program, result.choices);
  for (const event of trace.events) writer.see(event);
  return writer.finish();
}

interface Told {
  readonly event: TraceEvent;
  readonly phrase: string;
}

/** Gathers events into steps. Events that tell nothing belong to the told ones of the same actor around them. */
class StepWriter {
  readonly #words: EventWords;
  readonly #program: Program;
  readonly #choices: readonly Choice[];
  readonly #steps: Step[] = [];
  readonly #stepOf: number[] = [];
  readonly #choicesOf: number[] = [];
  #group: TraceEvent[] = [];
  #told: Told[] = [];
  /** Choices made up to the last step. */
  #choicesTold = 0;

  constructor(words: EventWords, program: Program, choices: readonly Choice[]) {
    this.#words = words;
    this.#program = program;
    this.#choices = choices;
  }

  see(event: TraceEvent): void {
    const last = this.#group.at(-1);
    if (last !== undefined && !this.#belongs(event, last)) this.#flush();
    this.#group.push(event);
    const phrase = this.#words.phrase(event);
    if (phrase !== "") this.#told.push({ event, phrase });
  }

  finish(): StepRecord {
    this.#flush();
    const [steps, stepOf, choicesOf] = [this.#steps, this.#stepOf, this.#choicesOf];
    return { steps, stepOf, choicesOf, words: this.#words };
  }

  /** Whether `event` is of the same step as the one before it. Each poll begins a step. */
  #belongs(event: TraceEvent, before: TraceEvent): boolean {
    const { thread, task, timeNs, kind, choice } = event;
    if (kind === "task-polled" || thread !== before.thread || task !== before.task) return false;
    if (timeNs !== before.timeNs) return false;
    return (
      this.#told.length === 0 ||
      this.#choices.slice(before.choice, choice).every((made) => WITHIN_STEPS.has(made.kind))
    );
  }

  #flush(): void {
    const [first] = this.#told;
    if (first !== undefined) {
      this.#steps.push(this.#toStep(first.event));
      this.#choicesOf.push(this.#told.at(-1)?.event.choice ?? 0);
      this.#choicesTold = this.#group.at(-1)?.choice ?? this.#choicesTold;
    }
    for (const _ of this.#group) this.#stepOf.push(Math.max(0, this.#steps.length - 1));
    this.#group = [];
    this.#told = [];
  }

  #toStep(first: TraceEvent): Step {
    const { thread, task, timeNs, choice } = first;
    const last = this.#steps.at(-1);
    const switched = last !== undefined && last.thread !== thread;
    const made = this.#choices.slice(this.#choicesTold, choice);
    const places = this.#told.map(({ event }) => placeOfSite(event.site, this.#program));
    const place = places.findLast((found) => found !== undefined);
    return {
      index: this.#steps.length,
      thread,
      task,
      actor: this.#words.actor(first),
      lane: this.#words.actors.laneOf(thread, task),
      timeNs,
      text: shorten(this.#phrases()).join("; "),
      preempted: switched && made.some((one) => one.preempts),
      ...(place === undefined ? {} : { place }),
    };
  }

  /** A poll that comes to nothing says that it was one. */
  #phrases(): readonly string[] {
    const phrases = this.#told.map((told) => told.phrase);
    const [polled, ended] = this.#group;
    return polled?.kind === "task-polled" && ended?.kind === "task-suspended"
      ? ["is polled", ...phrases]
      : phrases;
  }
}

/** Choices that are no switch to somebody else. */
const WITHIN_STEPS: ReadonlySet<Choice["kind"]> = new Set(["number", "task"]);

/** A thread that spins does thousands of things in one step: the first and the last say enough. */
function shorten(phrases: readonly string[]): readonly string[] {
  if (phrases.length <= PHRASES_MAX) return phrases;
  const left = phrases.length - PHRASES_MAX;
  return [...phrases.slice(0, PHRASES_MAX - 2), `… ${left} more …`, ...phrases.slice(-2)];
}

const PHRASES_MAX = 8;
