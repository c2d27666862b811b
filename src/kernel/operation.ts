import { Caller } from "./caller.ts";
import type { Task } from "./task.ts";
import type { Thread } from "./thread.ts";

/**
 * A kernel call that a future waits for without blocking its thread: it was started with a waker, is asked about
 * when that waker was woken, and takes effect when it is asked about and ready.
 */
export class Operation extends Caller {
  readonly number: number;
  readonly thread: Thread;
  /** Who asked last: what the call gives is theirs. */
  owner: number;
  readonly name: string;
  /** The task it was asked about in last; null where somebody polls without an executor of this library. */
  task: Task | null;
  /** Kernel object to wake; the last one that was shown. */
  waker: number;
  /** The waker was woken, and nobody has asked since. */
  signalled = false;
  /** Wakes when the deadline comes; 0 where there is none. */
  timer = 0;
  override state = "pending" as Caller["state"];

  constructor(number: number, thread: Thread, waker: number) {
    super();
    this.number = number;
    this.thread = thread;
    this.task = thread.executor?.current ?? null;
    this.owner = thread.owner;
    this.name = thread.name;
    this.waker = waker;
    this.call = thread.call;
    this.a = thread.a;
    this.b = thread.b;
    this.payload = thread.payload;
    this.timeoutNs = thread.timeoutNs;
    this.at = thread.at;
  }

  get id(): number {
    return this.thread.id;
  }
}
