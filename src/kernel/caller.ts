import { STATUS, type Payload, type Status } from "#abi";
import type { Thread } from "./thread.ts";

/**
 * Where a caller stands.
 *
 *   running   its guest executes, or will when it is next resumed with its reply
 *   pending   a kernel call waits to take effect (it may be ready, or blocked)
 *   ended     its body returned, or the operation is over
 *   panicked  an error left its body
 */
export type CallerState = "running" | "pending" | "ended" | "panicked";

/**
 * Whoever has a kernel call in progress: a thread, which waits in it, or an operation that a task started and
 * asks about now and then. Handlers see no difference.
 */
export abstract class Caller {
  /** Number of the thread it belongs to. */
  abstract readonly id: number;
  /** For messages: the thread's name, or the task's. */
  abstract readonly name: string;
  /** The thread that carries it out. */
  abstract readonly thread: Thread;
  /** Who owns the endpoints it uses: a thread's number, or a task's (tasks.ts). */
  abstract readonly owner: number;
  state: CallerState = "running";

  // The call in progress; written by the guest before Kernel.enter.
  call = 0;
  a = 0;
  b = 0;
  payload: Payload = "u";
  /** How long a timed wait lasts, nanoseconds; a third number for other calls. */
  timeoutNs = Infinity;
  /** Where the call stands in the source. */
  at = 0;

  /** Virtual instant at which the call becomes ready by itself; Infinity where none. */
  deadlineNs = Infinity;
  /** A wait that has released its lock; or a yield that let another thread go first. */
  parked = false;
  /** A notification has reached this wait. */
  notified = false;
  /** The call was found not ready at least once: its end is a wake-up worth showing. */
  blocked = false;

  status: Status = STATUS.ok;
  reply: Payload = 0;

  get alive(): boolean {
    return this.state === "running" || this.state === "pending";
  }

  /** Completes the call in progress: the guest goes on with this. */
  complete(reply: Payload, status: Status = STATUS.ok): void {
    this.reply = reply;
    this.status = status;
    this.state = "running";
    this.deadlineNs = Infinity;
    this.parked = false;
    this.notified = false;
  }
}
