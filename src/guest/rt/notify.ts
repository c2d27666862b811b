import { CALLS } from "#abi";
import { Handle, idAs, KEY, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";

const NOTIFY = { one: 0, all: 1, count: 2 } as const;

/**
 * Lets a task wait until another says that something has happened; what, has to be found elsewhere. Stands for
 * `tokio::sync::Notify`.
 */
export class Notify extends Handle {
  constructor() {
    super(KEY, "notify", kernelCall(CALLS.notifyNew) as number);
  }

  /**
   * Waits for a notification, first come first served. One of `notifyOne` that nobody waited for is taken at once; one
   * of `notifyWaiters` counts from this call on, one of `notifyOne` from the first poll. Cancel safe: a notification
   * of `notifyOne` that reached it before it was dropped goes to the next; dropping it gives the place in line up.
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
   */
  notifyOne(): void {
    kernelCall(CALLS.notify, idAs(this, "notify"), 0, NOTIFY.one);
  }

  /** Wakes every task that waits, and keeps nothing for those that come later. */
  notifyWaiters(): void {
    kernelCall(CALLS.notify, idAs(this, "notify"), 0, NOTIFY.all);
  }
}

reviveWith("notify", (id) => reviveAs(Notify, "notify", id));
