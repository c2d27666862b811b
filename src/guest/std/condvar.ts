import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { toNs } from "../core/duration.ts";
import { Handle, KEY, idAs, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { currentSite, located } from "../core/sites.ts";
import { releaseForWait, type MutexGuard } from "./mutex.ts";

/**
 * Lets threads wait until somebody says that something has changed. A wait may end without a notification, and what
 * was announced may be gone again once the lock is taken: always wait in a loop that looks at the condition itself,
 * `while (!guard.value.ready) changed.wait(guard)`, or with `waitWhile`.
 * @rust std::sync::Condvar
 * @example
 * ```ts
 * import { Condvar, Mutex } from "std/sync";
 * import { sleep, spawn } from "std/thread";
 * const queue = new Mutex<string[]>([]);
 * const changed = new Condvar();
 * spawn(() => {
 *   sleep(50);
 *   using guard = queue.lock();
 *   guard.value.push("tea");
 *   changed.notifyOne();
 * });
 * using guard = queue.lock();
 * while (guard.value.length === 0) changed.wait(guard);
 * console.log(guard.value.shift()); // tea
 * ```
 */
export class Condvar extends Handle {
  /**
   * A condition that nobody waits for.
   * @rust std::sync::Condvar::new
   */
  constructor() {
    super(KEY, "condvar", kernelCall(CALLS.condvarNew) as number);
  }

  /**
   * Unlocks `guard`, waits for a notification, locks again. `guard.value` is then what others left there.
   * @throws PoisonError where a thread panicked under the lock meanwhile; the guard is unlocked then.
   * @rust std::sync::Condvar::wait
   * @differs Takes the guard and fills it again, where Rust takes it and gives another one back.
   */
  wait<T>(guard: MutexGuard<T>): void {
    waitOnce(this, guard, CALLS.wait, Infinity);
  }

  /**
   * Like `wait`, at most `ms` milliseconds; true where the time ran out.
   * @throws PoisonError as `wait` does.
   * @rust std::sync::Condvar::wait_timeout
   * @differs Returns what Rust's `WaitTimeoutResult::timed_out` says.
   */
  waitTimeout<T>(guard: MutexGuard<T>, ms: number): boolean {
    return waitOnce(this, guard, CALLS.waitTimeout, toNs(ms, "waitTimeout(guard, ms)"));
  }

  /**
   * Waits as long as `condition` holds for the locked value: the loop, written for you.
   * @throws PoisonError as `wait` does.
   * @rust std::sync::Condvar::wait_while
   */
  waitWhile<T>(guard: MutexGuard<T>, condition: (value: T) => boolean): void {
    checkCondition(condition, "waitWhile(guard, condition)");
    const site = currentSite();
    while (condition(guard.value)) located(this, site).wait(guard);
  }

  /**
   * Like `waitWhile`, at most `ms` milliseconds in all; true where the time ran out and the condition still holds.
   * @throws PoisonError as `wait` does.
   * @rust std::sync::Condvar::wait_timeout_while
   * @differs Returns what Rust's `WaitTimeoutResult::timed_out` says.
   * @example
   * ```ts
   * import { Condvar, Mutex } from "std/sync";
   * const ready = new Mutex(false);
   * const changed = new Condvar();
   * using guard = ready.lock();
   * const late = changed.waitTimeoutWhile(guard, 100, (value) => !value);
   * console.log(late ? "nobody came" : "ready"); // nobody came
   * ```
   */
  waitTimeoutWhile<T>(guard: MutexGuard<T>, ms: number, condition: (value: T) => boolean): boolean {
    checkCondition(condition, "waitTimeoutWhile(guard, ms, condition)");
    const site = currentSite();
    const timeoutNs = toNs(ms, "waitTimeoutWhile(guard, ms, condition)");
    const deadlineNs = (kernelCall(CALLS.now) as number) + timeoutNs;
    while (condition(guard.value)) {
      const leftNs = deadlineNs - (kernelCall(CALLS.now) as number);
      if (leftNs <= 0) return true;
      waitOnce(located(this, site), guard, CALLS.waitTimeout, leftNs);
    }
    return false;
  }

  /**
   * Wakes one waiting thread, if any; which one is not promised.
   * @rust std::sync::Condvar::notify_one
   */
  notifyOne(): void {
    kernelCall(CALLS.notifyOne, idAs(this, "condvar"));
  }

  /**
   * Wakes every waiting thread.
   * @rust std::sync::Condvar::notify_all
   */
  notifyAll(): void {
    kernelCall(CALLS.notifyAll, idAs(this, "condvar"));
  }
}

function waitOnce<T>(condvar: Condvar, guard: MutexGuard<T>, call: number, ns: number): boolean {
  const id = idAs(condvar, "condvar");
  const hold = releaseForWait(guard);
  const reply = kernelCall(call, id, hold.mutex, hold.value, ns);
  const ended = status();
  hold.resume(reply, ended);
  return ended === STATUS.timeout;
}

function checkCondition(condition: unknown, what: string): void {
  if (typeof condition !== "function")
    throw new TypeError(`${what} needs a function of the value: (value) => value.length === 0`);
}

reviveWith("condvar", (id) => reviveAs(Condvar, "condvar", id));
