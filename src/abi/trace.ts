/** What happened to a thread or an object, as the trace tells it. A closed union; the UI, hints and exports read only this. */
export type TraceKind =
  | "spawned" // object: the new thread
  | "started"
  | "ended"
  | "panicked" // detail: name and message
  | "called" // a kernel call took effect: call, object, detail
  | "blocked" // a kernel call waits: call, object
  | "resumed" // a wait ended: call, object, detail ("timeout" where it ran out)
  | "printed"; // detail: the line

/** One event of a run. */
export interface TraceEvent {
  readonly timeNs: number;
  readonly thread: number;
  readonly kind: TraceKind;
  /** Kernel call number, 0 where none. */
  readonly call: number;
  /** Kernel object (channel, lock, cell, thread ...) by number, 0 where none. */
  readonly object: number;
  /** Readable value or result: what was sent, read or printed; "" where none. */
  readonly detail: string;
  /** Site number in the program, 0 for nowhere. */
  readonly site: number;
  /** How many choices the run had made when this happened: events with equal numbers belong to one step. */
  readonly choice: number;
}

/** A thread as the trace names it. */
export interface ThreadInfo {
  readonly id: number;
  readonly name: string;
  readonly state: "running" | "blocked" | "ended" | "panicked";
  /** Threads that this one waits for. */
  readonly waitsFor?: readonly number[];
}

/** A kernel object as the trace names it: what it is and where it was made. */
export interface ObjectInfo {
  readonly id: number;
  readonly type: "thread" | "channel" | "mutex" | "condvar" | "cell" | "atomic";
  readonly site: number;
}

export interface Trace {
  readonly events: readonly TraceEvent[];
  readonly threads: readonly ThreadInfo[];
  readonly objects: readonly ObjectInfo[];
}
