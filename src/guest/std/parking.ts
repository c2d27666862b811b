import { CALLS } from "#abi";
import { toNs } from "../core/duration.ts";
import { Handle, type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { kernelCall, threadId } from "../core/kernel.ts";
import { nameOfThread } from "../core/thread-names.ts";

/**
 * A thread as others see it: who it is, and the means to end its `park`. It can be captured, sent and stored.
 * Stands for `std::thread::Thread`.
 */
export class Thread extends Handle {
  /** @internal Use `current` or `JoinHandle.thread`. */
  constructor(key: HandleKey, id: number) {
    super(key, "thread", id);
  }

  /** 0 for the first thread, then as they are started. */
  get id(): number {
    return idAs(this, "thread");
  }

  /** `main`, the name given to `spawn`, or `worker-1`, `worker-2` ... */
  get name(): string {
    return nameOfThread(idAs(this, "thread"));
  }

  /**
   * Gives the thread its token: it ends the thread's `park`, or the next one at once. There is at most one, so two
   * calls before a `park` are as good as one. Nothing happens where the thread has ended.
   */
  unpark(): void {
    kernelCall(CALLS.unpark, idAs(this, "thread"));
  }
}

reviveWith("thread", (id) => new Thread(KEY, id));

/** The running thread. Stands for `std::thread::current`. */
export function current(): Thread {
  return new Thread(KEY, threadId());
}

/**
 * Waits for this thread's token and takes it; `unpark` gives it. A `park` may also end without a token: always look
 * at what you wait for in a loop, `while (!done.load()) park()`. Stands for `std::thread::park`.
 */
export function park(): void {
  kernelCall(CALLS.park);
}

/** Like `park`, at most `ms` milliseconds; does not say which it was. Stands for `std::thread::park_timeout`. */
export function parkTimeout(ms: number): void {
  kernelCall(CALLS.parkTimeout, toNs(ms, "parkTimeout(ms)"));
}
