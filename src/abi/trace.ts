/** What happened to a thread or an object, as the trace tells it. A closed union; the UI, hints and exports read only this. */
export type TraceKind =
  | "spawned" // object: the new thread
  | "started"
  | "ended"
  | "panicked" // detail: name and message
  | "called" // a kernel call took effect: call, object, detail
  | "blocked" // a kernel call waits: call, object
  | "resumed" // a wait ended: call, object, detail ("timeout" where it ran out)
  | "printed" // detail: the line
  | "warned" // detail: the warning
  | "pending" // a future's call waits, its thread does not: call, object; detail: until when, nanoseconds, where time ends it
  | "given-up" // a pending call is dropped before it took effect: call, object
  | "woken" // a waker that is no task's; object: the waker
  | "closed" // the last sender or the receiver of a channel goes; object, detail: "senders" or "receiver"
  // A task; object: the task. Of those marked * the detail is how long the poll held the executor, in nanoseconds.
  | "task-created"
  | "task-polled"
  | "task-suspended" // * it was not ready; what is pending says what it waits for
  | "task-woken" // by this event's thread and task; detail "clock" where time did it
  | "task-aborted" // it will be dropped
  | "task-ended" // *
  | "task-panicked" // *
  | "task-dropped"; // *

/** One event of a run. */
export interface TraceEvent {
  readonly timeNs: number;
  readonly thread: number;
  /** The task that the thread was polling, 0 for none and for the future that `blockOn` was given. */
  readonly task: number;
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
  readonly type:
    | "thread"
    | "task"
    | "task-set"
    | "waker"
    | "channel"
    | "disk"
    | "file"
    | "mutex"
    | "condvar"
    | "cell"
    | "atomic"
    | "listener"
    | "stream"
    | "rw-lock"
    | "barrier"
    | "once-lock"
    | "oneshot"
    | "broadcast"
    | "watch"
    | "notify"
    | "semaphore"
    | "task-mutex"
    | "task-rw-lock"
    | "cancellation-token"
    | "scope";
  readonly site: number;
  /** Of a task: what it is called, and the thread whose executor drives it. Of a file: its name. Of a socket: what it is, by its port. */
  readonly name?: string;
  readonly thread?: number;
  /** Of a waker that sends: the channel. One that unparks has a thread. */
  readonly channel?: number;
  /** Of a task: it is the future that a `blockOn` was given, and acts as its thread. */
  readonly isRoot?: true;
  /** Of a stream: the other end of its connection. */
  readonly peer?: number;
}

/** Bytes on a connection, from when they were written until they were read. */
export interface Flight {
  /** The streams they went from and to, by number. */
  readonly from: number;
  readonly to: number;
  readonly sentNs: number;
  readonly arrivesNs: number;
  /** One character from U+0000 to U+00FF a byte. */
  readonly bytes: string;
  /** How many events there were before the one that sent them, and before each of those that read them. */
  readonly sentAfter: number;
  readonly readAfter: readonly number[];
}

export interface Trace {
  readonly events: readonly TraceEvent[];
  readonly threads: readonly ThreadInfo[];
  readonly objects: readonly ObjectInfo[];
  /** Present where there were connections, in the order in which they were sent. */
  readonly flights?: readonly Flight[];
}
