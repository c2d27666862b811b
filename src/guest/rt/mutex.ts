import { CALLS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { Handle, type HandleKey, idAs, KEY, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";
import type { Result } from "../core/result.ts";
import { Guard } from "../std/guard.ts";
import type { Future } from "./future.ts";
import { type Locking, locking, MODE, tryLocking } from "./locking.ts";

/**
 * A value that one task at a time may use, and may keep to itself across a `yield*`. Tasks of any thread get
 * it strictly in the order in which they began to wait.
 *
 * It is never poisoned: a task that panics, is aborted or ends while it holds the lock gives it back. Where
 * no `yield*` comes between locking and unlocking, the Mutex of `std/sync` is cheaper and does.
 * @rust tokio::sync::Mutex
 * @differs A guard holds a copy that goes back when it is unlocked: what a task changed that ended without
 * `using` or `unlock` is lost. In Rust every guard is dropped and the change stays.
 * @example
 * ```ts
 * import { type Async, blockOn, join } from "rt";
 * import { Mutex } from "rt/sync";
 * import { sleep } from "rt/time";
 * const total = new Mutex(0);
 * function* add(n: number): Async<void> {
 *   using guard = yield* total.lock();
 *   const before = guard.value;
 *   yield* sleep(10);
 *   guard.value = before + n;
 * }
 * blockOn(join(add(1), add(2)));
 * const now = total.tryLock();
 * console.log(now.ok && now.value.value); // 3
 * ```
 */
export class Mutex<T> extends Handle {
  /**
   * A free lock around a copy of `value`.
   * @rust tokio::sync::Mutex::new
   */
  constructor(value: T) {
    super(KEY, "asyncMutex", kernelCall(CALLS.asyncLockNew, 0, 0, encode(value, "value")) as number);
  }

  /**
   * Waits for the lock, first come first served: `using guard = yield* m.lock()` frees it at the end of the
   * block. Not reentrant: a task that holds it and asks again waits for ever.
   * @rust tokio::sync::Mutex::lock
   * @cancel Safe: dropped before it was ready, the next in line gets the lock. The place in line is lost.
   */
  lock(): Future<MutexGuard<T>> {
    return locking(writing<T>(this));
  }

  /**
   * Takes the lock if it is free and nobody waits for it; never waits.
   * @rust tokio::sync::Mutex::try_lock
   */
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
 * Access to a mutex's value; ends with its block (`using`), with `unlock`, or with the task. It stays in its
 * task.
 * @rust tokio::sync::MutexGuard
 * @differs Cannot be given to another task; tokio's may be sent, as long as its value may.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { Mutex } from "rt/sync";
 * function* main(): Async<void> {
 *   const letters = new Mutex(["a"]);
 *   {
 *     using guard = yield* letters.lock();
 *     guard.value.push("b");
 *     console.log(letters.tryLock().ok); // false
 *   }
 *   const again = yield* letters.lock();
 *   console.log(again.value.join("")); // ab
 * }
 * blockOn(main());
 * ```
 */
export class MutexGuard<T> extends Guard<T> {
  /** @internal Use `Mutex.lock`. */
  constructor(key: HandleKey, lock: number, value: T, guard: number) {
    super(key, lock, value, { call: CALLS.asyncUnlock, mode: guard });
  }
}

reviveWith("asyncMutex", (id) => reviveAs(Mutex, "asyncMutex", id));
