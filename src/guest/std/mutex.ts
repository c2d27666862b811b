import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { Handle, type HandleKey, KEY, idAs, idOf, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall, status, type Encoded } from "../core/kernel.ts";
import { misuse } from "../core/misuse.ts";
import { err, ok, type Result } from "../core/result.ts";

/** A value that one thread at a time may use. Stands for `std::sync::Mutex`. */
export class Mutex<T> extends Handle {
  constructor(value: T) {
    super(KEY, "mutex", kernelCall(CALLS.mutexNew, 0, 0, encode(value, "value")) as number);
  }

  /**
   * Waits until the lock is free and takes it. Write `using guard = m.lock()`: the lock is released at the end
   * of the block. A lock is not reentrant: taking it twice in one thread is a deadlock.
   * @throws PoisonError where a thread panicked while it held the lock.
   */
  lock(): MutexGuard<T> {
    return guardOf<T>(this, kernelCall(CALLS.lock, idAs(this, "mutex")));
  }

  /** Takes the lock if it is free; never waits. */
  tryLock(): Result<MutexGuard<T>, "would-block"> {
    const reply = kernelCall(CALLS.tryLock, idAs(this, "mutex"));
    return status() === STATUS.wouldBlock ? err("would-block") : ok(guardOf<T>(this, reply));
  }
}

function guardOf<T>(mutex: Mutex<T>, reply: Encoded): MutexGuard<T> {
  const poisoned = status() === STATUS.poisoned;
  const guard = new MutexGuard<T>(KEY, idOf(mutex), decode(reply) as T);
  if (!poisoned) return guard;
  guard.unlock();
  const error = new Error("a thread panicked while it held this lock; its value may be half changed");
  error.name = "PoisonError";
  throw error;
}

let leave: (guard: MutexGuard<unknown>, doing: string) => { mutex: number; value: Encoded };
let enter: (guard: MutexGuard<unknown>, value: unknown) => void;

/** Access to a locked value; ends with its block (`using`) or `unlock`. Stands for `std::sync::MutexGuard`. */
export class MutexGuard<T> extends Handle {
  #value: T;
  #held = true;

  /** @internal Use `Mutex.lock`. */
  constructor(key: HandleKey, mutex: number, value: T) {
    super(key, "guard", mutex);
    this.#value = value;
  }

  /** The locked value: change it in place, or assign a new one. */
  get value(): T {
    if (!this.#held) misuse("A guard is read after it was unlocked. Lock again to see the value.");
    return this.#value;
  }

  set value(value: T) {
    if (!this.#held) misuse("A guard is written after it was unlocked; nobody would see that. Lock again.");
    this.#value = value;
  }

  /** Gives the value back and frees the lock, before the end of the block. */
  unlock(): void {
    const data = this.#value;
    const { mutex, value } = leave(this, "unlocked");
    freezeData(data);
    kernelCall(CALLS.unlock, mutex, 0, value);
  }

  [Symbol.dispose](): void {
    if (this.#held) this.unlock();
  }

  static {
    leave = (guard, doing) => {
      if (!guard.#held)
        misuse(`A guard is ${doing} after it was unlocked. Unlock it once, or leave that to \`using\`.`);
      const value = encode(guard.#value, "value");
      guard.#held = false;
      return { mutex: idOf(guard), value };
    };
    enter = (guard, value) => {
      guard.#held = true;
      guard.#value = value;
    };
  }
}

reviveWith("mutex", (id) => reviveAs(Mutex, "mutex", id));

/** A guard's hold given back for the time of a wait. */
export interface Hold {
  readonly mutex: number;
  readonly value: Encoded;
  /** The lock is held again, with this value: the guard's root object is filled anew, so references to it stay good. */
  refill(reply: Encoded): void;
}

/** For `Condvar`: gives the guard's value back with the kernel call that waits. */
export function releaseForWait<T>(guard: MutexGuard<T>): Hold {
  if (!(guard instanceof MutexGuard)) throw new TypeError("Wait with a guard: `changed.wait(guard)`.");
  const before = guard.value;
  const { mutex, value } = leave(guard as MutexGuard<unknown>, "waited with");
  return {
    mutex,
    value,
    refill: (reply) => enter(guard as MutexGuard<unknown>, refillRoot(before, decode(reply))),
  };
}

/** `root` holding what `fresh` holds, where both are containers of one kind; else `fresh`. */
function refillRoot(root: unknown, fresh: unknown): unknown {
  if (Array.isArray(root) && Array.isArray(fresh)) {
    root.length = 0;
    for (const item of fresh as unknown[]) root.push(item);
    return root;
  }
  if (root instanceof Map && fresh instanceof Map) {
    root.clear();
    for (const [key, value] of fresh) root.set(key, value);
    return root;
  }
  if (root instanceof Set && fresh instanceof Set) {
    root.clear();
    for (const item of fresh) root.add(item);
    return root;
  }
  if (!isObject(root) || !isObject(fresh) || Object.getPrototypeOf(root) !== Object.getPrototypeOf(fresh))
    return fresh;
  for (const key of Object.keys(root)) Reflect.deleteProperty(root, key);
  return Object.assign(root, fresh);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** Freezes plain data all the way down: a late write to a value that was given back must be seen. */
function freezeData(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value))
    return;
  Object.freeze(value);
  for (const key of Object.keys(value)) freezeData(Reflect.get(value, key));
}
