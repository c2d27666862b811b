import { CALLS } from "#abi";
import { Handle, idAs, KEY, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";

const NOTIFY = { one: 0, all: 1, count: 2 } as const;

/**
 * Lets a task wait until another says that something has happened; what, has to be found elsewhere.
 * @rust tokio::sync::Notify
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { Notify } from "rt/sync";
 * import { timeout } from "rt/time";
 * function* main(): Async<void> {
 *   const bell = new Notify();
 *   bell.notifyOne();
 *   bell.notifyOne();
 *   console.log((yield* timeout(1, bell.notified())).ok); // true
 *   console.log((yield* timeout(1, bell.notified())).ok); // false
 *   bell.notifyWaiters();
 *   console.log((yield* timeout(1, bell.notified())).ok); // false
 * }
 * blockOn(main());
 * ```
 */
export class Notify extends Handle {
  /**
   * One that nobody has notified yet.
   * @rust tokio::sync::Notify::new
   */
  constructor() {
    super(KEY, "notify", kernelCall(CALLS.notifyNew) as number);
  }

  /**
   * Waits for a notification, first come first served. One of `notifyOne` that nobody waited for is taken at
   * once; one of `notifyWaiters` counts from this call on, one of `notifyOne` from the first poll.
   * @rust tokio::sync::Notify::notified
   * @cancel Safe: a notification of `notifyOne` that had reached it goes to the next, or is kept. The place
   * in line is lost.
   */
  notified(): Future<void> {
    const a = idAs(this, "notify");
    return new Operation<void>({
      call: CALLS.notified,
      a,
      b: kernelCall(CALLS.notify, a, 0, NOTIFY.count) as number,
      read: () => undefined,
      held: [this],
    });
  }

  /**
   * Wakes the task that has waited longest. Where none waits, the next `notified` is ready at once: one such
   * notification is kept, however often this is called.
   * @rust tokio::sync::Notify::notify_one
   */
  notifyOne(): void {
    kernelCall(CALLS.notify, idAs(this, "notify"), 0, NOTIFY.one);
  }

  /**
   * Wakes every task that waits, and keeps nothing for those that come later.
   * @rust tokio::sync::Notify::notify_waiters
   */
  notifyWaiters(): void {
    kernelCall(CALLS.notify, idAs(this, "notify"), 0, NOTIFY.all);
  }
}

reviveWith("notify", (id) => reviveAs(Notify, "notify", id));
