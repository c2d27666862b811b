import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { Handle, type HandleKey, KEY, idAs, idOf, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall, status, type Encoded } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { Guard } from "./guard.ts";
import { type LockOptions, PLAIN } from "./lock-options.ts";
import { clearPoison, isPoisoned, refusePoisoned } from "./poison.ts";
import { RwLockReadGuard } from "./rw-lock-read-guard.ts";

/**
 * A value that many threads may read at once, or one may change.
 *
 * Writers go first: a writer that waits is served before readers that wait or come later, so readers cannot starve
 * it. Hence a thread that reads may not read again before it has unlocked: a writer may have come between, and then
 * both wait for ever.
 *
 * A writer that panics poisons the lock, a reader does not: it could not change anything.
 * @rust std::sync::RwLock
 * @differs Rust leaves open who goes first; that writers do is what it does on Linux.
 * @example
 * ```ts
 * import { RwLock } from "std/sync";
 * const prices = new RwLock({ tea: 250 });
 * {
 *   using one = prices.read();
 *   using other = prices.read();
 *   console.log(one.value.tea + other.value.tea); // 500
 *   console.log(prices.tryWrite().ok); // false
 * }
 * using guard = prices.write();
 * guard.value.tea = 270;
 * console.log(prices.tryRead().ok); // false
 * ```
 */
export class RwLock<T> extends Handle {
  /**
   * A free lock around a copy of `value`.
   * @rust std::sync::RwLock::new
   */
  constructor(value: T) {
    super(KEY, "rwLock", kernelCall(CALLS.rwLockNew, 0, 0, encode(value, "value")) as number);
  }

  /**
   * Waits until nobody writes or waits to write, and reads: `using guard = lock.read()`.
   * @throws PoisonError where a thread panicked while it could write, unless `ignorePoison` is given.
   * @rust std::sync::RwLock::read
   */
  read(options: LockOptions = PLAIN): RwLockReadGuard<T> {
    return readGuard<T>(this, kernelCall(CALLS.rwRead, idAs(this, "rwLock")), options);
  }

  /**
   * Waits until nobody reads or writes, and takes the lock for itself: `using guard = lock.write()`.
   * @throws PoisonError as `read` does.
   * @rust std::sync::RwLock::write
   */
  write(options: LockOptions = PLAIN): RwLockWriteGuard<T> {
    return writeGuard<T>(this, kernelCall(CALLS.rwWrite, idAs(this, "rwLock")), options);
  }

  /**
   * Reads if that is possible at once: nobody writes or waits to write. Never waits.
   * @throws PoisonError as `read` does.
   * @rust std::sync::RwLock::try_read
   */
  tryRead(options: LockOptions = PLAIN): Result<RwLockReadGuard<T>, "would-block"> {
    const reply = kernelCall(CALLS.rwTryRead, idAs(this, "rwLock"));
    return status() === STATUS.wouldBlock ? err("would-block") : ok(readGuard<T>(this, reply, options));
  }

  /**
   * Takes the lock to write if nobody reads or writes. Never waits.
   * @throws PoisonError as `read` does.
   * @rust std::sync::RwLock::try_write
   */
  tryWrite(options: LockOptions = PLAIN): Result<RwLockWriteGuard<T>, "would-block"> {
    const reply = kernelCall(CALLS.rwTryWrite, idAs(this, "rwLock"));
    return status() === STATUS.wouldBlock ? err("would-block") : ok(writeGuard<T>(this, reply, options));
  }

  /**
   * Whether a thread panicked while it could write.
   * @rust std::sync::RwLock::is_poisoned
   */
  isPoisoned(): boolean {
    return isPoisoned(idAs(this, "rwLock"));
  }

  /**
   * Takes the poison back, once the value has been set right: `write({ ignorePoison: true })`, repair, clear.
   * @rust std::sync::RwLock::clear_poison
   */
  clearPoison(): void {
    clearPoison(idAs(this, "rwLock"));
  }
}

function readGuard<T>(lock: RwLock<T>, reply: Encoded, options: LockOptions): RwLockReadGuard<T> {
  const poisoned = status() === STATUS.poisoned && options.ignorePoison !== true;
  const guard = new RwLockReadGuard<T>(KEY, idOf(lock), decode(reply) as T);
  return poisoned ? refusePoisoned(guard) : guard;
}

function writeGuard<T>(lock: RwLock<T>, reply: Encoded, options: LockOptions): RwLockWriteGuard<T> {
  const poisoned = status() === STATUS.poisoned && options.ignorePoison !== true;
  const guard = new RwLockWriteGuard<T>(KEY, idOf(lock), decode(reply) as T);
  return poisoned ? refusePoisoned(guard) : guard;
}

/**
 * Access to an RwLock's value for one writer; ends with its block (`using`) or with `unlock`.
 * @rust std::sync::RwLockWriteGuard
 * @example
 * ```ts
 * import { RwLock } from "std/sync";
 * const seats = new RwLock(["A1"]);
 * const guard = seats.write();
 * guard.value.push("A2");
 * guard.unlock();
 * console.log(seats.read().value.length); // 2
 * ```
 */
export class RwLockWriteGuard<T> extends Guard<T> {
  /** @internal Use `RwLock.write`. */
  constructor(key: HandleKey, lock: number, value: T) {
    super(key, lock, value, { call: CALLS.rwUnlock, mode: 1 });
  }
}

reviveWith("rwLock", (id) => reviveAs(RwLock, "rwLock", id));
