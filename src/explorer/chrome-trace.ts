import { CALLS, callName, type TraceEvent, type Trace } from "#abi";
import { Actors, TaskWaits } from "#machine";

/** One event of the Chrome trace format, which Perfetto opens. Times are microseconds. */
export interface ChromeEvent {
  readonly name: string;
  /** `M` names a process or a row of it, `i` is an instant, `X` a slice, `s` and `f` are the ends of a flow. */
  readonly ph: "M" | "i" | "X" | "s" | "f";
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly s?: "t";
  /** Of a flow. */
  readonly cat?: "wake";
  readonly id?: number;
  readonly bp?: "e";
  readonly args: Readonly<Record<string, string | number>>;
}

export interface ChromeTrace {
  readonly displayTimeUnit: "ms";
  readonly traceEvents: readonly ChromeEvent[];
}

/** Rows of tasks are numbered beyond those of threads. */
const TASK_ROWS = 1_000;

/**
 * A recorded run as a Chrome trace, on the virtual clock. Each thread is a process with a row for itself and one for
 * each of its tasks. Waits and polls are slices, wakes are flows from the waker to the poll, the rest are instants.
 */
export function toChromeTrace(trace: Trace): ChromeTrace {
  const writer = new ChromeWriter(trace);
  for (const event of trace.events) writer.see(event);
  return { displayTimeUnit: "ms", traceEvents: [...nameRows(trace), ...writer.finish()] };
}

interface Row {
  readonly pid: number;
  readonly tid: number;
}

function rowOf(thread: number, task: number): Row {
  return { pid: thread + 1, tid: task === 0 ? thread : TASK_ROWS + task };
}

function nameRows(trace: Trace): ChromeEvent[] {
  const actors = new Actors(trace);
  const tasks = trace.objects.filter((object) => object.type === "task" && object.isRoot !== true);
  const all = [
    ...trace.threads.map(({ id }) => ({ thread: id, task: 0 })),
    ...tasks.map(({ id, thread = 0 }) => ({ thread, task: id })),
  ];
  return all.flatMap(({ thread, task }) => {
    const named = {
      ph: "M",
      ...rowOf(thread, task),
      ts: 0,
      args: { name: actors.get(thread, task).name },
    } as const;
    const row = { name: "thread_name", ...named };
    return task === 0 ? [{ name: "process_name", ...named }, row] : [row];
  });
}

/** A slice that has begun. */
interface Open {
  readonly name: string;
  readonly row: Row;
  readonly event: TraceEvent;
}

class ChromeWriter {
  readonly #trace: Trace;
  readonly #waits: TaskWaits;
  readonly #events: ChromeEvent[] = [];
  /** What each row's thread or task is blocked in. */
  readonly #blocked = new Map<number, Open>();
  /** Of each task: its poll, or its wait between two polls. */
  readonly #tasks = new Map<number, Open>();
  /** Flows that have begun, by the task that was woken. */
  readonly #woken = new Map<number, number>();
  #flows = 0;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#waits = new TaskWaits(trace);
  }

  see(event: TraceEvent): void {
    const row = rowOf(event.thread, event.task);
    const blocked = this.#blocked.get(row.tid);
    if (event.kind === "blocked") {
      const name = event.call === CALLS.taskNext ? "idle" : `waits: ${nameOf(event)}`;
      this.#blocked.set(row.tid, { name, row, event });
    } else if (event.kind === "resumed" && blocked !== undefined) {
      this.#blocked.delete(row.tid);
      this.#close(blocked, event.timeNs, event.detail);
    } else if (!this.#seeTask(event)) this.#events.push(toInstant(event, row));
    if (event.kind === "task-polled") this.#endIdle(event);
  }

  /** Closes what never came to an end. */
  finish(): readonly ChromeEvent[] {
    const endNs = this.#trace.events.at(-1)?.timeNs ?? 0;
    for (const open of [...this.#blocked.values(), ...this.#tasks.values()])
      this.#close(open, endNs, "never ends");
    return this.#events;
  }

  /** True where the event is the end of a slice, and so needs no mark of its own. */
  #seeTask(event: TraceEvent): boolean {
    const { kind, object: task, timeNs, detail } = event;
    if (kind === "task-woken" && detail !== "clock") this.#beginFlow(event);
    const polls = kind === "task-polled";
    const ends = POLL_ENDS[kind];
    if (!polls && ends === undefined) return false;
    const open = this.#tasks.get(task);
    if (open !== undefined) this.#close(open, timeNs, polls ? "" : (ends ?? ""));
    this.#tasks.delete(task);
    const row = this.#rowOfTask(event);
    if (polls) {
      this.#endFlow(event, row);
      this.#tasks.set(task, { name: "poll", row, event });
    } else if (kind === "task-suspended" && row.tid >= TASK_ROWS) {
      const calls = this.#waits.at(event).map(nameOf).join(", ");
      this.#tasks.set(task, { name: calls === "" ? "waits" : `waits: ${calls}`, row, event });
    }
    return true;
  }

  /** A thread that was idle polls. */
  #endIdle(event: TraceEvent): void {
    const idle = this.#blocked.get(event.thread);
    if (idle === undefined) return;
    this.#blocked.delete(event.thread);
    this.#close(idle, event.timeNs, "");
  }

  #rowOfTask({ thread, object }: TraceEvent): Row {
    return rowOf(thread, this.#trace.objects[object - 1]?.isRoot === true ? 0 : object);
  }

  #beginFlow(event: TraceEvent): void {
    this.#woken.set(event.object, ++this.#flows);
    this.#flow("s", event, rowOf(event.thread, event.task), this.#flows);
  }

  #endFlow(event: TraceEvent, row: Row): void {
    const id = this.#woken.get(event.object);
    if (id === undefined) return;
    this.#woken.delete(event.object);
    this.#flow("f", event, row, id);
  }

  #flow(ph: "s" | "f", { timeNs }: TraceEvent, row: Row, id: number): void {
    const bound = ph === "f" ? { bp: "e" as const } : {};
    this.#events.push({ name: "wake", cat: "wake", ph, id, ...row, ts: timeNs / 1_000, ...bound, args: {} });
  }

  #close({ name, row, event }: Open, endNs: number, detail: string): void {
    const { args, ts } = toInstant(event, row);
    const dur = (endNs - event.timeNs) / 1_000;
    this.#events.push({ name, ph: "X", ...row, ts, dur, args: { ...args, detail } });
  }
}

/** How a poll ended, by the event that ends it. */
const POLL_ENDS: Readonly<Partial<Record<TraceEvent["kind"], string>>> = {
  "task-suspended": "pending",
  "task-ended": "ready",
  "task-panicked": "panicked",
  "task-dropped": "dropped",
};

function nameOf(event: TraceEvent): string {
  return event.call === 0 ? event.kind : callName(event.call);
}

function toInstant(event: TraceEvent, row: Row): ChromeEvent {
  const { timeNs, kind, object, detail, choice } = event;
  const isPending = kind === "pending" || kind === "given-up";
  return {
    name: isPending ? `${kind}: ${nameOf(event)}` : nameOf(event),
    ph: "i",
    ...row,
    ts: timeNs / 1_000,
    s: "t",
    args: { kind, object, detail, step: choice },
  };
}
