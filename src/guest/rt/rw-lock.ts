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
 * A value that many tasks may read at once, or one may change, also across a `yield*`.
 *
 * Readers and writers stand in one line, first come first served: a reader behind a writer that waits, waits
 * too. So readers cannot starve a writer; and a task that reads may not read again before it has unlocked, as
 * a writer may have come between, and then both wait for ever. It is never poisoned: a task that panics, is
 * aborted or ends gives back what it holds.
 * @rust tokio::sync::RwLock
 * @differs A guard holds a copy that goes back when it is unlocked: what a task changed that ended without
 * `using` or `unlock` is lost. In Rust every guard is dropped and the change stays.
 * @example
 * ```ts
 * import { type Async, blockOn, join } from "rt";
 * import { RwLock } from "rt/sync";
 * import { Instant, sleep } from "rt/time";
 * const start = Instant.now(), level = new RwLock(1);
 * function* read(): Async<void> {
 *   using guard = yield* level.read();
 *   yield* sleep(10);
 *   console.log(guard.value, start.elapsed()); // 1 10, 1 10, 2 20
 * }
 * function* write(): Async<void> {
 *   using guard = yield* level.write();
 *   guard.value++;
 * }
 * blockOn(join(read(), read(), write(), read()));
 * ```
 */
export class RwLock<T> extends Handle {
  /**
   * A free lock around a copy of `value`.
   * @rust tokio::sync::RwLock::new
   */
  constructor(value: T) {
    super(KEY, "asyncRwLock", kernelCall(CALLS.asyncLockNew, 1, 0, encode(value, "value")) as number);
  }

  /**
   * Waits for its turn to read: `using guard = yield* lock.read()`.
   * @rust tokio::sync::RwLock::read
   * @cancel Safe: dropped before it was ready, nobody waits for it any more. The place in line is lost.
   */
  read(): Future<RwLockReadGuard<T>> {
    return locking(reading<T>(this));
  }

  /**
   * Waits until it has the value for itself: `using guard = yield* lock.write()`.
   * @rust tokio::sync::RwLock::write
   * @cancel Safe: dropped before it was ready, those behind it go on. The place in line is lost.
   */
  write(): Future<RwLockWriteGuard<T>> {
    return locking(writing<T>(this));
  }

  /**
   * Reads if nobody writes or waits before it; never waits.
   * @rust tokio::sync::RwLock::try_read
   */
  tryRead(): Result<RwLockReadGuard<T>, "would-block"> {
    return tryLocking(reading<T>(this));
  }

  /**
   * Takes the lock to write if nobody has it or waits for it; never waits.
   * @rust tokio::sync::RwLock::try_write
   */
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

/**
 * A look at an RwLock's value, which cannot be changed.
 * @rust tokio::sync::RwLockReadGuard
 * @differs Cannot be given to another task; tokio's may be sent, as long as its value may.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { RwLock } from "rt/sync";
 * function* main(): Async<void> {
 *   const lock = new RwLock(["a", "b"]);
 *   const guard = yield* lock.read();
 *   console.log(guard.value.length, lock.tryRead().ok, lock.tryWrite().ok); // 2 true false
 * }
 * blockOn(main());
 * ```
 */
export class RwLockReadGuard<T> extends ReadGuard<T> {
  /** @internal Use `RwLock.read`. */
  constructor(key: HandleKey, lock: number, value: T, guard: number) {
    super(key, lock, value, { call: CALLS.asyncUnlock, mode: guard });
  }
}

/**
 * Access to an RwLock's value for one writer.
 * @rust tokio::sync::RwLockWriteGuard
 * @differs Cannot be given to another task; tokio's may be sent, as long as its value may.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { RwLock } from "rt/sync";
 * function* main(): Async<void> {
 *   const lock = new RwLock("draft");
 *   const guard = yield* lock.write();
 *   guard.value = "final";
 *   console.log(lock.tryRead().ok); // false
 *   guard.unlock();
 *   console.log((yield* lock.read()).value); // final
 * }
 * blockOn(main());
 * ```
 */
export class RwLockWriteGuard<T> extends Guard<T> {
  /** @internal Use `RwLock.write`. */
  constructor(key: HandleKey, lock: number, value: T, guard: number) {
    super(key, lock, value, { call: CALLS.asyncUnlock, mode: guard });
  }
}

reviveWith("asyncRwLock", (id) => reviveAs(RwLock, "asyncRwLock", id));
