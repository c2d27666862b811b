import { CALLS, type Place, type Trace, type TraceEvent } from "#abi";
import type { Program } from "#compile";
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

/** A recorded run as steps, oldest first. Empty where the run was not recorded. */
export function describeSteps(result: RunResult, program: Program): readonly Step[] {
  const { trace } = result;
  if (trace === undefined) return [];
  const words = new Words(trace, program);
  const steps: Step[] = [];
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
  return steps;
}

function toStep(
  events: readonly TraceEvent[],
  words: Words,
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

/** Turns events into phrases with the program's own names. */
class Words {
  readonly #trace: Trace;
  readonly #program: Program;

  constructor(trace: Trace, program: Program) {
    this.#trace = trace;
    this.#program = program;
  }

  thread(id: number): string {
    return this.#trace.threads[id]?.name ?? `thread ${id}`;
  }

  /** "" for events that tell a reader nothing. */
  phrase(event: TraceEvent): string {
    switch (event.kind) {
      case "spawned":
        return `starts ${this.thread(event.object)}`;
      case "started":
        return "";
      case "ended":
        return event.thread === 0 ? "" : "ends";
      case "panicked":
        return `panics: ${event.detail}`;
      case "printed":
        return `prints “${event.detail}”`;
      case "blocked":
        return this.#waiting(event);
      case "called":
      case "resumed":
        return this.#done(event);
    }
  }

  #object(id: number): string {
    const object = this.#trace.objects[id - 1];
    const name = object === undefined ? "" : (this.#program.sites[object.site]?.name ?? "");
    return name === "" ? `a ${object?.type ?? "thing"}` : `\`${name}\``;
  }

  #waiting(event: TraceEvent): string {
    const object = this.#object(event.object);
    switch (event.call) {
      case CALLS.join:
        return `waits for ${this.thread(event.object)} to end`;
      case CALLS.recv:
      case CALLS.recvTimeout:
        return `waits for a message on ${object}`;
      case CALLS.send:
        return `waits for room in ${object}`;
      case CALLS.lock:
        return `waits for ${object}`;
      case CALLS.sleep:
        return "sleeps";
      case CALLS.work:
        return "works";
      default:
        return "";
    }
  }

  #done(event: TraceEvent): string {
    const object = this.#object(event.object);
    const { detail } = event;
    const failed = FAILED[detail];
    switch (event.call) {
      case CALLS.send:
      case CALLS.trySend:
        return failed === undefined ? `sends ${detail} on ${object}` : `cannot send on ${object}: ${failed}`;
      case CALLS.recv:
      case CALLS.recvTimeout:
      case CALLS.tryRecv:
        return failed === undefined
          ? `receives ${detail} from ${object}`
          : `gets nothing from ${object}: ${failed}`;
      case CALLS.endpointDrop:
        return `drops its end of ${object}`;
      case CALLS.join:
        return detail === "panicked"
          ? `learns that ${this.thread(event.object)} panicked`
          : `joins ${this.thread(event.object)}`;
      case CALLS.sleep:
        return event.kind === "resumed" ? "wakes up" : "";
      case CALLS.work:
        return event.kind === "resumed" ? "has worked" : "";
      case CALLS.yieldNow:
        return "yields";
      case CALLS.isFinished:
        return `asks whether ${this.thread(event.object)} has ended: ${detail === "1" ? "yes" : "no"}`;
      default:
        return this.#shared(event, object, failed);
    }
  }

  #shared(event: TraceEvent, object: string, failed: string | undefined): string {
    const { detail } = event;
    switch (event.call) {
      case CALLS.lock:
        return `locks ${object}: ${detail}`;
      case CALLS.tryLock:
        return failed === undefined ? `locks ${object}: ${detail}` : `finds ${object} locked`;
      case CALLS.unlock:
        return `unlocks ${object}: ${detail}`;
      case CALLS.wait:
      case CALLS.waitTimeout:
        if (detail === "") return `waits to be notified on ${object}`;
        return failed === undefined
          ? `was notified on ${object}: ${detail}`
          : `waited in vain on ${object}: ${failed}`;
      case CALLS.notifyOne:
      case CALLS.notifyAll:
        return `notifies ${event.call === CALLS.notifyOne ? "one waiter" : "all waiters"} of ${object}`;
      case CALLS.cellGet:
      case CALLS.atomicLoad:
        return `reads ${object}: ${detail}`;
      case CALLS.cellSet:
      case CALLS.atomicStore:
        return `writes ${object} = ${detail}`;
      case CALLS.atomicSwap:
        return `swaps ${object}, which held ${detail}`;
      case CALLS.atomicCompareExchange:
        return failed === undefined ? `changes ${object}` : `finds ${object} changed`;
      default:
        return "";
    }
  }
}

/** Readable endings of calls, by the trace's status words. */
const FAILED: Readonly<Record<string, string>> = {
  disconnected: "disconnected",
  timeout: "the time ran out",
  empty: "it is empty",
  full: "it is full",
  wouldBlock: "it is locked",
  differs: "it changed",
};
