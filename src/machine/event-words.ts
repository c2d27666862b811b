import { CALLS, type Trace, type TraceEvent } from "#abi";
import type { Program } from "#compile";

/** Turns events into phrases with the program's own names. */
export class EventWords {
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
        return this.waiting(event);
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

  /** What the thread of a `blocked` event waits for. */
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
