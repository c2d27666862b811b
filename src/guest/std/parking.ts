import { CALLS } from "#abi";
import { toNs } from "../core/duration.ts";
import { Handle, type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { kernelCall, threadId } from "../core/kernel.ts";
import { nameOfThread } from "../core/thread-names.ts";

/**
 * A thread as others see it: who it is, and the means to end its `park`. It can be captured, sent and stored.
 * @rust std::thread::Thread
 * @example
 * ```ts
 * import { current, park, spawn, Thread } from "std/thread";
 * import { AtomicBool } from "std/sync";
 * const done = new AtomicBool(false);
 * const waiting: Thread = current();
 * spawn(() => {
 *   console.log(current().name, current().id, "unparks", waiting.name); // helper 1 unparks main
 *   done.store(true);
 *   waiting.unpark();
 * }, { name: "helper" });
 * while (!done.load()) park();
 * console.log("on"); // on
 * ```
 */
export class Thread extends Handle {
  /** @internal Use `current` or `JoinHandle.thread`. */
  constructor(key: HandleKey, id: number) {
    super(key, "thread", id);
  }

  /**
   * 0 for the first thread, then as they are started.
   * @rust std::thread::Thread::id
   */
  get id(): number {
    return idAs(this, "thread");
  }

  /**
   * `main`, the name given to `spawn`, or `worker-1`, `worker-2` ...
   * @rust std::thread::Thread::name
   * @differs Every thread has one.
   */
  get name(): string {
    return nameOfThread(idAs(this, "thread"));
  }

  /**
   * Gives the thread its token: it ends the thread's `park`, or the next one at once. There is at most one, so two
   * calls before a `park` are as good as one. Nothing happens where the thread has ended.
   * @rust std::thread::Thread::unpark
   */
  unpark(): void {
    kernelCall(CALLS.unpark, idAs(this, "thread"));
  }
}

reviveWith("thread", (id) => new Thread(KEY, id));

/**
 * The running thread.
 * @rust std::thread::current
 * @example
 * ```ts
 * import { current, spawn } from "std/thread";
 * console.log(current().name); // main
 * spawn(() => console.log(current().name), { name: "reader" }).join(); // reader
 * spawn(() => console.log(current().name)).join(); // worker-2
 * ```
 */
export function current(): Thread {
  return new Thread(KEY, threadId());
}

/**
 * Waits for this thread's token and takes it; `unpark` gives it. A `park` may also end without a token: always look
 * at what you wait for in a loop, `while (!done.load()) park()`.
 * @rust std::thread::park
 * @example
 * ```ts
 * import { AtomicBool } from "std/sync";
 * import { current, park, sleep, spawn } from "std/thread";
 * import { Instant } from "std/time";
 * const start = Instant.now();
 * const [done, waiting] = [new AtomicBool(false), current()];
 * spawn(() => {
 *   sleep(40);
 *   done.store(true);
 *   waiting.unpark();
 * });
 * while (!done.load()) park();
 * console.log(start.elapsed()); // 40
 * ```
 */
export function park(): void {
  kernelCall(CALLS.park);
}

/**
 * Like `park`, at most `ms` milliseconds; does not say which it was.
 * @throws RangeError where `ms` is no number from 0.
 * @rust std::thread::park_timeout
 * @example
 * ```ts
 * import { current, parkTimeout } from "std/thread";
 * import { Instant } from "std/time";
 * const start = Instant.now();
 * parkTimeout(25);
 * console.log(start.elapsed()); // 25
 * current().unpark();
 * parkTimeout(25);
 * console.log(start.elapsed()); // 25
 * ```
 */
export function parkTimeout(ms: number): void {
  kernelCall(CALLS.parkTimeout, toNs(ms, "parkTimeout(ms)"));
}
