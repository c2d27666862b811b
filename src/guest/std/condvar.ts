import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { toNs } from "../core/duration.ts";
import { Handle, KEY, idAs, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { releaseForWait, type MutexGuard } from "./mutex.ts";

/**
 * Lets threads wait until somebody says that something has changed. Always wait in a loop that looks at the
 * condition itself: `while (!guard.value.ready) changed.wait(guard)`. Stands for `std::sync::Condvar`.
 */
export class Condvar extends Handle {
  constructor() {
    super(KEY, "condvar", kernelCall(CALLS.condvarNew) as number);
  }

  /** Unlocks `guard`, waits for a notification, locks again. `guard.value` is then what others left there. */
  wait<T>(guard: MutexGuard<T>): void {
    const hold = releaseForWait(guard);
    hold.refill(kernelCall(CALLS.wait, idAs(this, "condvar"), hold.mutex, hold.value));
  }

  /** Like `wait`, at most `ms` milliseconds; true where the time ran out. Stands for `wait_timeout(..).1.timed_out()`. */
  waitTimeout<T>(guard: MutexGuard<T>, ms: number): boolean {
    const ns = toNs(ms, "waitTimeout(guard, ms)");
    const hold = releaseForWait(guard);
    const reply = kernelCall(CALLS.waitTimeout, idAs(this, "condvar"), hold.mutex, hold.value, ns);
    const timedOut = status() === STATUS.timeout;
    hold.refill(reply);
    return timedOut;
  }

  /** Wakes one waiting thread, if any; which one is not promised. */
  notifyOne(): void {
    kernelCall(CALLS.notifyOne, idAs(this, "condvar"));
  }

  /** Wakes every waiting thread. */
  notifyAll(): void {
    kernelCall(CALLS.notifyAll, idAs(this, "condvar"));
  }
}

reviveWith("condvar", (id) => reviveAs(Condvar, "condvar", id));
