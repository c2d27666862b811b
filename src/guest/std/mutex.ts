import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { Handle, type HandleKey, KEY, idAs, idOf, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall, status, type Encoded } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { Guard, resumeHold, suspendHold } from "./guard.ts";
import { type LockOptions, PLAIN } from "./lock-options.ts";
import { clearPoison, isPoisoned, refusePoisoned } from "./poison.ts";

/**
 * A value that one thread at a time may use.
 *
 * A thread that panics while it holds the lock poisons it: the value may be half changed, so whoever locks next
 * panics too.
 * @rust std::sync::Mutex
 * @differs A guard declared with `using` is released cleanly when an error leaves its block, because a guard cannot
 * see the error; what poisons is a guard still held when the error leaves the thread.
 * @example
 * ```ts
 * import { Mutex } from "std/sync";
 * import { scope } from "std/thread";
 * const total = new Mutex({ cents: 0 });
 * scope((s) => {
 *   for (const price of [250, 120])
 *     s.spawn(() => {
 *       using guard = total.lock();
 *       guard.value.cents += price;
 *     });
 * });
 * console.log(total.lock().value.cents); // 370
 * console.log(total.tryLock().ok); // false
 * ```
 */
export class Mutex<T> extends Handle {
  /**
   * A free lock around a copy of `value`.
   * @rust std::sync::Mutex::new
   */
  constructor(value: T) {
    super(KEY, "mutex", kernelCall(CALLS.mutexNew, 0, 0, encode(value, "value")) as number);
  }

  /**
   * Waits until the lock is free and takes it. Write `using guard = m.lock()`: the lock is released at the end
   * of the block. A lock is not reentrant: taking it twice in one thread is a deadlock. Which of several waiting
   * threads gets it is not promised.
   * @throws PoisonError where a thread panicked while it held the lock, unless `ignorePoison` is given.
   * @rust std::sync::Mutex::lock
   * @differs Poison is an error that is thrown, as nearly every Rust program makes of it with `unwrap`.
   */
  lock(options: LockOptions = PLAIN): MutexGuard<T> {
    return guardOf<T>(this, kernelCall(CALLS.lock, idAs(this, "mutex")), options);
  }

  /**
   * Takes the lock if it is free; never waits.
   * @throws PoisonError as `lock` does.
   * @rust std::sync::Mutex::try_lock
   */
  tryLock(options: LockOptions = PLAIN): Result<MutexGuard<T>, "would-block"> {
    const reply = kernelCall(CALLS.tryLock, idAs(this, "mutex"));
    return status() === STATUS.wouldBlock ? err("would-block") : ok(guardOf<T>(this, reply, options));
  }

  /**
   * Whether a thread panicked while it held the lock.
   * @rust std::sync::Mutex::is_poisoned
   */
  isPoisoned(): boolean {
    return isPoisoned(idAs(this, "mutex"));
  }

  /**
   * Takes the poison back, once the value has been set right: `lock({ ignorePoison: true })`, repair, clear.
   * @rust std::sync::Mutex::clear_poison
   * @example
   * ```ts
   * import { Mutex } from "std/sync";
   * import { spawn } from "std/thread";
   * const pair = new Mutex({ left: 1, right: 1 });
   * const worker = spawn(() => {
   *   pair.lock().value.left = 2;
   *   throw new Error("in the middle");
   * });
   * try { worker.join(); } catch {}
   * console.log(pair.isPoisoned()); // true
   * const guard = pair.lock({ ignorePoison: true });
   * guard.value.right = guard.value.left;
   * guard.unlock();
   * pair.clearPoison();
   * console.log(pair.lock().value.right); // 2
   * ```
   */
  clearPoison(): void {
    clearPoison(idAs(this, "mutex"));
  }
}

function guardOf<T>(mutex: Mutex<T>, reply: Encoded, options: LockOptions): MutexGuard<T> {
  const poisoned = status() === STATUS.poisoned;
  const tolerant = options.ignorePoison === true;
  const guard = new MutexGuard<T>(KEY, idOf(mutex), decode(reply) as T, tolerant);
  return poisoned && !tolerant ? refusePoisoned(guard) : guard;
}

let isTolerant: (guard: MutexGuard<unknown>) => boolean;

/**
 * Access to a mutex's value; ends with its block (`using`) or with `unlock`.
 * @rust std::sync::MutexGuard
 * @example
 * ```ts
 * import { Mutex } from "std/sync";
 * const names = new Mutex<string[]>([]);
 * {
 *   using guard = names.lock();
 *   guard.value.push("Ada");
 *   guard.value = [...guard.value, "Lin"];
 * }
 * const again = names.lock();
 * console.log(again.value.join(" and ")); // Ada and Lin
 * again.unlock();
 * ```
 */
export class MutexGuard<T> extends Guard<T> {
  readonly #tolerant: boolean;

  /** @internal Use `Mutex.lock`. */
  constructor(key: HandleKey, mutex: number, value: T, tolerant: boolean) {
    super(key, mutex, value, { call: CALLS.unlock, mode: 0 });
    this.#tolerant = tolerant;
  }

  static {
    isTolerant = (guard) => guard.#tolerant;
  }
}

reviveWith("mutex", (id) => reviveAs(Mutex, "mutex", id));

/** A guard's hold given back for the time of a wait. */
export interface Hold {
  /** The lock for the kernel: negative where its poison does not matter. */
  readonly mutex: number;
  readonly value: Encoded;
  /**
   * The lock is held again, with this value.
   * @throws PoisonError where a thread panicked under the lock meanwhile.
   */
  resume(reply: Encoded, status: number): void;
}

/** For `Condvar`: gives the guard's value back with the kernel call that waits. */
export function releaseForWait<T>(guard: MutexGuard<T>): Hold {
  if (!(guard instanceof MutexGuard))
    throw new TypeError("Wait with the guard of a Mutex: `changed.wait(guard)`.");
  const before = guard.value;
  const tolerant = isTolerant(guard as MutexGuard<unknown>);
  return {
    value: suspendHold(guard as Guard<unknown>),
    mutex: tolerant ? -idOf(guard) : idOf(guard),
    resume: (reply, status) => {
      resumeHold(guard as Guard<unknown>, before, decode(reply));
      if (status === STATUS.poisoned) refusePoisoned(guard);
    },
  };
}
