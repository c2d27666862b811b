import { CALLS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { Handle, type HandleKey, idAs, KEY, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";
import type { Result } from "../core/result.ts";
import { Guard } from "../std/guard.ts";
import { RwLockReadGuard as ReadGuard } from "../std/rw-lock-read-guard.ts";
import type { Future } from "./future.ts";
import { type Locking, locking, MODE, tryLocking } from "./locking.ts";

/**
 * A value that many tasks may read at once, or one may change, also across a `yield*`. Stands for
 * `tokio::sync::RwLock`.
 *
 * Readers and writers stand in one line, first come first served: a reader behind a writer that waits, waits too. So
 * readers cannot starve a writer; and a task that reads may not read again before it has unlocked, as a writer may
 * have come between, and then both wait for ever. It is never poisoned: a task that panics, is aborted or ends gives
 * back what it holds, and what was changed through a guard that was not unlocked is lost.
 */
export class RwLock<T> extends Handle {
  constructor(value: T) {
    super(KEY, "asyncRwLock", kernelCall(CALLS.asyncLockNew, 1, 0, encode(value, "value")) as number);
  }

  /**
   * Waits for its turn to read: `using guard = yield* lock.read()`. Cancel safe, but dropping it gives the place in
   * line up.
   */
  read(): Future<RwLockReadGuard<T>> {
    return locking(reading<T>(this));
  }

  /**
   * Waits until it has the value for itself: `using guard = yield* lock.write()`. Cancel safe, but dropping it gives
   * the place in line up.
   */
  write(): Future<RwLockWriteGuard<T>> {
    return locking(writing<T>(this));
  }

  /** Reads if nobody writes or waits before it; never waits. */
  tryRead(): Result<RwLockReadGuard<T>, "would-block"> {
    return tryLocking(reading<T>(this));
  }

  /** Takes the lock to write if nobody has it or waits for it; never waits. */
  tryWrite(): Result<RwLockWriteGuard<T>, "would-block"> {
    return tryLocking(writing<T>(this));
  }
}

function reading<T>(rwLock: RwLock<T>): Locking<RwLockReadGuard<T>> {
  const lock = idAs(rwLock, "asyncRwLock");
  return {
    lock,
    mode: MODE.read,
    guard: (value, guard) => new RwLockReadGuard<T>(KEY, lock, decode(value) as T, guard),
    held: rwLock,
  };
}

function writing<T>(rwLock: RwLock<T>): Locking<RwLockWriteGuard<T>> {
  const lock = idAs(rwLock, "asyncRwLock");
  return {
    lock,
    mode: MODE.write,
    guard: (value, guard) => new RwLockWriteGuard<T>(KEY, lock, decode(value) as T, guard),
    held: rwLock,
  };
}

/** A look at an RwLock's value, which cannot be changed. Stands for `tokio::sync::RwLockReadGuard`. */
export class RwLockReadGuard<T> extends ReadGuard<T> {
  /** @internal Use `RwLock.read`. */
  constructor(key: HandleKey, lock: number, value: T, guard: number) {
    super(key, lock, value, { call: CALLS.asyncUnlock, mode: guard });
  }
}

/** Access to an RwLock's value for one writer. Stands for `tokio::sync::RwLockWriteGuard`. */
export class RwLockWriteGuard<T> extends Guard<T> {
  /** @internal Use `RwLock.write`. */
  constructor(key: HandleKey, lock: number, value: T, guard: number) {
    super(key, lock, value, { call: CALLS.asyncUnlock, mode: guard });
  }
}

reviveWith("asyncRwLock", (id) => reviveAs(RwLock, "asyncRwLock", id));
