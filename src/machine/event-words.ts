import { CALLS, type Trace, type TraceEvent } from "#abi";
import { formatMs } from "#base";
import type { Program } from "#compile";
import { Actors } from "./actors.ts";
import { fileDone, fileWaiting } from "./file-words.ts";
import { networkDone, networkWaiting } from "./network-words.ts";
import { asyncDone, asyncWaiting } from "./async-words.ts";
import { syncDone, syncWaiting } from "./sync-words.ts";
import { TaskWaits } from "./task-waits.ts";
import { joinWaits, taskPhrase } from "./task-words.ts";

/** Turns events into phrases with the program's own names. */
export class EventWords {
  readonly actors: Actors;
  readonly #trace: Trace;
  readonly #program: Program;
  readonly #waits: TaskWaits;

  constructor(trace: Trace, program: Program) {
    this.actors = new Actors(trace);
    this.#trace = trace;
    this.#program = program;
    this.#waits = new TaskWaits(trace);
  }

  thread(id: number): string {
    return this.actors.get(id, 0).name;
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
      case "warned":
        return `is warned: ${firstSentence(event.detail)}`;
      case "blocked":
        return TOLD_WHEN_CALLED.has(event.call) ? "" : this.waiting(event);
      case "called":
      case "resumed":
        return this.#done(event);
      case "woken":
        return this.#wakePhrase(event);
      default:
        return this.#taskPhrase(event);
    }
  }

  /** Who did it. */
  actor({ thread, task }: TraceEvent): string {
    return this.actors.get(thread, task).name;
  }

  /** Of `task-suspended` and `given-up`: what the task waits for, or no longer waits for; "" where for nothing. */
  taskWaits(event: TraceEvent): string {
    return joinWaits(this.#waitsAt(event));
  }

  #waitsAt(event: TraceEvent): readonly string[] {
    return this.#waits.at(event).map((pending) => this.waiting(pending));
  }

  #taskPhrase(event: TraceEvent): string {
    const { thread, object, task } = event;
    const isRoot = this.#trace.objects[object - 1]?.isRoot === true;
    const target = isRoot ? 0 : object;
    return taskPhrase(event, {
      task: this.#task(object),
      isOwn: target === task && this.#trace.objects[object - 1]?.thread === thread,
      isRoot,
      waits: this.#waitsAt(event),
    });
  }

  #wakePhrase({ object: waker }: TraceEvent): string {
    const { thread, channel } = this.#trace.objects[waker - 1] ?? {};
    if (thread !== undefined) return `unparks ${this.thread(thread)} through a waker`;
    return channel === undefined ? "" : `sends on ${this.#object(channel)} through a waker`;
  }

  #task(id: number): string {
    return this.actors.get(this.#trace.objects[id - 1]?.thread ?? 0, id).name;
  }

  #object(id: number): string {
    const object = this.#trace.objects[id - 1];
    if (object?.type === "file") return `\`${object.name}\``;
    if (object?.type === "listener" || object?.type === "stream") return object.name ?? "a socket";
    const name = object === undefined ? "" : (this.#program.sites[object.site]?.name ?? "");
    return name === "" ? `a ${object?.type ?? "thing"}` : `\`${name}\``;
  }

  /** What the thread of a `blocked` event, or the task of a `pending` one, waits for. */
  waiting(event: TraceEvent): string {
    const object = this.#object(event.object);
    switch (event.call) {
      case CALLS.join:
        return `waits for ${this.thread(event.object)} to end`;
      case CALLS.recv:
      case CALLS.recvTimeout:
        return `waits for a message on ${object}`;
      case CALLS.send:
        return `waits for room in ${object}`;
      case CALLS.taskJoin:
        return `waits for ${this.#task(event.object)} to end`;
      case CALLS.taskSetNext:
        return `waits for a task of ${object} to end`;
      case CALLS.sleep:
        return "sleeps";
      case CALLS.sleepUntil:
        return `sleeps until ${formatMs(Number(event.detail))}`;
      case CALLS.work:
        return "works";
      default:
        return (
          asyncWaiting(event.call, object) ||
          syncWaiting(event.call, object, this.thread(event.object)) ||
          fileWaiting(event.call, object) ||
          networkWaiting(event, object)
        );
    }
  }

  #done(event: TraceEvent): string {
    const object = this.#object(event.object);
    const { detail } = event;
    const failed = FAILED[detail];
    switch (event.call) {
      case CALLS.send:
      case CALLS.trySend:
        if (detail === "") return "";
        return failed === undefined ? `sends ${detail} on ${object}` : `cannot send on ${object}: ${failed}`;
      case CALLS.recv:
      case CALLS.recvTimeout:
      case CALLS.tryRecv:
        if (detail === "") return "";
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
      case CALLS.unpark:
        return `unparks ${this.thread(event.object)}`;
      case CALLS.scopeJoin:
        return event.object === 0 ? "" : `joins ${this.thread(event.object)}`;
      case CALLS.taskJoin:
        return joinedTask(this.#task(event.object), detail);
      case CALLS.taskIsFinished:
        return `asks whether ${this.#task(event.object)} has ended: ${detail === "1" ? "yes" : "no"}`;
      case CALLS.sleepUntil:
        return event.kind === "resumed" ? "has slept" : "";
      default:
        return (
          asyncDone(event, object) ||
          syncDone(event, object) ||
          fileDone(event, object) ||
          networkDone(event, object, this.#trace)
        );
    }
  }
}

/** Calls whose first event says already that they wait. */
const TOLD_WHEN_CALLED: ReadonlySet<number> = new Set([CALLS.wait, CALLS.waitTimeout]);

function joinedTask(task: string, ended: string): string {
  if (ended === "panicked") return `learns that ${task} panicked`;
  return ended === "cancelled" ? `learns that ${task} was aborted` : `joins ${task}`;
}

function firstSentence(text: string): string {
  return text.split(/\.(?: (?=[A-Z\d])|$)/, 1)[0] ?? text;
}

/** Readable endings of calls, by the trace's status words. */
const FAILED: Readonly<Record<string, string>> = {
  disconnected: "disconnected",
  timeout: "the time ran out",
  empty: "it is empty",
  full: "it is full",
};
