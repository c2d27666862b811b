import { STATUS, type Payload, type Status } from "#abi";

/**
 * Where a thread stands.
 *
 *   running   its guest executes, or will when it is next resumed with its reply
 *   pending   a kernel call waits to take effect (it may be ready, or blocked)
 *   ended     its body returned (or it was cut off at the end of the run)
 *   panicked  an error left its body
 */
export type ThreadState = "running" | "pending" | "ended" | "panicked";

/** One simulated OS thread: its kernel call in progress, and the reply to the last one. */
export class Thread {
  readonly id: number;
  readonly name: string;
  /** Site of the spawn, 0 for the first thread. */
  readonly site: number;
  state: ThreadState = "running";
  started = false;

  // The call in progress; written by the guest before Kernel.enter.
  call = 0;
  a = 0;
  b = 0;
  payload: Payload = "u";
  /** How long a timed wait lasts, nanoseconds. */
  timeoutNs = Infinity;
  /** Where the call stands in the source. */
  at = 0;

  /** Virtual instant at which the call becomes ready by itself; Infinity where none. */
  deadlineNs = Infinity;
  /** A wait that has released its lock; or a yield that let another thread go first. */
  parked = false;
  /** A condition's notification has reached this wait. */
  notified = false;
  /** The call was found not ready at least once: its end is a wake-up worth showing. */
  blocked = false;
  /** Chosen for something that nobody could see, and nothing has happened since: its next visible call needs no new choice. */
  granted = false;
  /** The call's own cost must still be worked off before it counts. */
  owesCost = false;

  status: Status = STATUS.ok;
  reply: Payload = 0;

  /** What the body returned, or the panic: `name\nmessage`. */
  result: Payload = "u";
  joined = false;

  constructor(id: number, name: string, site: number) {
    this.id = id;
    this.name = name;
    this.site = site;
  }

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
