import { STATUS, type Payload, type Status } from "#abi";
import type { Operation } from "./operation.ts";
import type { TaskSet } from "./task-set.ts";
import type { Thread } from "./thread.ts";

/**
 * Where a task stands.
 *
 *   created -> woken (0); woken -> polled (1, the executor picked it); polled -> waiting (2, it was not ready);
 *   polled -> woken (3, woken during its own poll); waiting -> woken (4, a waker);
 *   polled -> ended, panicked, cancelled (5)
 */
export type TaskState = "woken" | "polled" | "waiting" | "ended" | "panicked" | "cancelled";

/** Owners of endpoints are threads by their number, and tasks by their object's number beyond this. */
export const TASK_OWNERS = 1_000_000;

/**
 * What an executor inside a thread drives: a future with a waker of its own. The future itself is in the guest;
 * the kernel knows who may poll it next, what it waits for and what it owns.
 */
export class Task {
  readonly type = "task";
  readonly id: number;
  readonly site: number;
  /** The thread whose executor drives it. */
  readonly thread: Thread;
  readonly name: string;
  /** The future that `blockOn` was given: it owns what its thread owns, and has no lane of its own. */
  readonly isRoot: boolean;
  state: TaskState = "woken";
  /** It is to be dropped, not polled. */
  aborted = false;
  /** Woken while it is being polled. */
  wokenAgain = false;
  /** Operations that it has started and neither finished nor given up. */
  readonly operations = new Set<Operation>();
  /** Where it stood when it was last not ready. */
  suspendedAt = 0;
  /** Whose end is waited for together with its own. */
  set: TaskSet | null = null;
  result: Payload = "u";
  joined = false;

  constructor(id: number, site: number, made: { thread: Thread; name: string; isRoot: boolean }) {
    this.id = id;
    this.site = site;
    this.thread = made.thread;
    this.name = made.name;
    this.isRoot = made.isRoot;
  }

  get owner(): number {
    return this.isRoot ? this.thread.id : TASK_OWNERS + this.id;
  }

  get alive(): boolean {
    return this.state === "woken" || this.state === "polled" || this.state === "waiting";
  }

  get outcome(): Status {
    if (this.state === "panicked") return STATUS.panicked;
    return this.state === "cancelled" ? STATUS.cancelled : STATUS.ok;
  }
}

/** The tasks of one thread: which are woken, and which is being polled. */
export class Executor {
  readonly tasks = new Set<Task>();
  /** Woken, the one woken first comes first. */
  readonly woken: Task[] = [];
  current: Task | null = null;
  /** When the poll of `current` began. */
  polledNs = 0;
  /** The kernel call of this poll that took longest: where it stands, and how long it took, nanoseconds. */
  longestAt = 0;
  longestNs = 0;
  /** The kernel call made last: where it stands, and when it was made. */
  #callAt = 0;
  #calledNs = 0;

  beginPoll(nowNs: number): void {
    this.polledNs = nowNs;
    this.longestAt = 0;
    this.longestNs = 0;
    this.#callAt = 0;
    this.#calledNs = nowNs;
  }

  /** The thread makes a kernel call: the one before is over. */
  noteCall(at: number, nowNs: number): void {
    const ns = nowNs - this.#calledNs;
    if (ns > this.longestNs) {
      this.longestAt = this.#callAt;
      this.longestNs = ns;
    }
    this.#callAt = at;
    this.#calledNs = nowNs;
  }
}
