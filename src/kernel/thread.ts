import type { Payload } from "#abi";
import { Caller } from "./caller.ts";
import type { Mutex } from "./objects.ts";
import type { RwLock } from "./rw-lock.ts";
import type { Executor, Task } from "./task.ts";

/** One simulated OS thread: its kernel call in progress, and the reply to the last one. */
export class Thread extends Caller {
  readonly id: number;
  readonly name: string;
  /** Site of the spawn, 0 for the first thread. */
  readonly site: number;
  started = false;
  /** How often it went on: chosen, or the only one that could. */
  steps = 0;

  /** Chosen for something that nobody could see, and nothing has happened since: its next visible call needs no new choice. */
  granted = false;
  /** The call's own cost must still be worked off before it counts. */
  owesCost = false;

  /** What the body returned, or the panic: `name\nmessage`. */
  result: Payload = "u";
  joined = false;

  /** The token that `unpark` gave and `park` has not taken. */
  unparked = false;
  /** The tasks it drives; null where it has never had one. */
  executor: Executor | null = null;
  /** Locks of std that it took since it has an executor, and holds: where, and in which task, if in any. */
  readonly locks = new Map<Mutex | RwLock, { readonly at: number; readonly task: Task | null }>();
  /** Where not 0, the call in progress is made as an operation that wakes this. */
  waker = 0;

  constructor(id: number, name: string, site: number) {
    super();
    this.id = id;
    this.name = name;
    this.site = site;
  }

  get thread(): Thread {
    return this;
  }

  /** It took `lock`, or (where it does not hold it any more) let it go. */
  noteLock(lock: Mutex | RwLock): void {
    if (this.executor === null) return;
    if (!lock.isHeldBy(this)) this.locks.delete(lock);
    else if (!this.locks.has(lock)) this.locks.set(lock, { at: this.at, task: this.executor.current });
  }

  get owner(): number {
    return this.executor?.current?.owner ?? this.id;
  }
}
