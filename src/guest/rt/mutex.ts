import { CALLS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { Handle, type HandleKey, idAs, KEY, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";
import type { Result } from "../core/result.ts";
import { Guard } from "../std/guard.ts";
import type { Future } from "./future.ts";
import { type Locking, locking, MODE, tryLocking } from "./locking.ts";

/**
 * A value that one task at a time may use, and may keep to itself across a `yield*`. Tasks of any thread get it
 * strictly in the order in which they began to wait. Stands for `tokio::sync::Mutex`.
 *
 * It is never poisoned: a task that panics, is aborted or ends while it holds the lock gives it back, and what was
 * changed through a guard that was not unlocked is lost. Where no `yield*` comes between locking and unlocking, the
 * Mutex of `std/sync` is cheaper and does.
 */
export class Mutex<T> extends Handle {
  constructor(value: T) {
    super(KEY, "asyncMutex", kernelCall(CALLS.asyncLockNew, 0, 0, encode(value, "value")) as number);
  }

  /**
   * Waits for the lock, first come first served: `using guard = yield* m.lock()` frees it at the end of the block. Not
   * reentrant: a task that holds it and asks again waits for ever. Cancel safe, but dropping it gives the place in
   * line up.
   */
  lock(): Future<MutexGuard<T>> {
    return locking(writing<T>(this));
  }

  /** Takes the lock if it is free and nobody waits for it; never waits. */
  tryLock(): Result<MutexGuard<T>, "would-block"> {
    return tryLocking(writing<T>(this));
  }
}

function writing<T>(mutex: Mutex<T>): Locking<MutexGuard<T>> {
  const lock = idAs(mutex, "asyncMutex");
  return {
    lock,
    mode: MODE.write,
    guard: (value, guard) => new MutexGuard<T>(KEY, lock, decode(value) as T, guard),
    held: mutex,
  };
}

/**
 * Access to a mutex's value; ends with its block (`using`), with `unlock`, or with the task. It stays in its task.
 * Stands for `tokio::sync::MutexGuard`.
 */
export class MutexGuard<T> extends Guard<T> {
  /** @internal Use `Mutex.lock`. */
  constructor(key: HandleKey, lock: number, value: T, guard: number) {
    super(key, lock, value, { call: CALLS.asyncUnlock, mode: guard });
  }
}

reviveWith("asyncMutex", (id) => reviveAs(Mutex, "asyncMutex", id));
