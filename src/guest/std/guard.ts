import { encode } from "../core/codec.ts";
import { Handle, type HandleKey, idOf } from "../core/handle.ts";
import type { Encoded } from "../core/kernel.ts";
import { kernelCall } from "../core/kernel.ts";
import { isDate, isMap, isSet } from "../core/kinds.ts";
import { lend } from "../core/lent.ts";
import { misuse, threadName } from "../core/misuse.ts";
import { becameAnother, panicking } from "../core/thread-body.ts";

/** Bit of the second number: the lock is poisoned as it is given back. */
const POISONS = 2;

/** The kernel call that gives a lock back, and its second number. */
export interface Release {
  readonly call: number;
  readonly mode: number;
}

/** Why a value that was locked is not to be changed any more. */
export function givenBack(): string {
  return `${threadName()} changes the value of a guard after it was unlocked; nobody would see that. Lock again.`;
}

let leave: (guard: Guard<unknown>, doing: string) => Encoded;
let enter: (guard: Guard<unknown>, value: unknown) => void;
let poison: (guard: Guard<unknown>) => void;

/** The guards that the running thread holds. */
const held = new Set<Guard<unknown>>();

becameAnother(() => held.clear());

// What a panic leaves behind is seen by whoever ignores the poison, half changed as it may be.
panicking(() => {
  for (const guard of [...held].reverse())
    try {
      poison(guard);
    } catch {
      // A value that cannot be given back: the kernel keeps the one before, and lets the lock go with the thread.
    }
});

/** Access to a locked value that may be changed. */
export abstract class Guard<T> extends Handle {
  #value: T;
  #held = true;
  readonly #release: Release;

  /** @internal Comes from a lock. */
  constructor(key: HandleKey, lock: number, value: T, release: Release) {
    super(key, "guard", lock);
    this.#value = value;
    this.#release = release;
    held.add(this);
  }

  /**
   * The locked value: change it in place, or assign a new one. Once the lock is given back, using it ends the run.
   * @rust std::ops::DerefMut::deref_mut
   */
  get value(): T {
    if (!this.#held) misuse("A guard is read after it was unlocked. Lock again to see the value.");
    return this.#value;
  }

  set value(value: T) {
    if (!this.#held) misuse("A guard is written after it was unlocked; nobody would see that. Lock again.");
    this.#value = value;
  }

  /**
   * Gives the value back and frees the lock, before the end of the block.
   * @rust std::mem::drop
   */
  unlock(): void {
    const data = this.#value;
    const value = leave(this, "unlocked");
    sealData(data);
    kernelCall(this.#release.call, idOf(this), this.#release.mode, value);
  }

  /** Unlocks at the end of a block that began with `using guard = …`; nothing happens where it is unlocked already. */
  [Symbol.dispose](): void {
    if (this.#held) this.unlock();
  }

  static {
    leave = (guard, doing) => {
      if (!guard.#held)
        misuse(`A guard is ${doing} after it was unlocked. Unlock it once, or leave that to \`using\`.`);
      const value = encode(guard.#value, "value");
      guard.#held = false;
      held.delete(guard);
      return value;
    };
    poison = (guard) => {
      const { call, mode } = guard.#release;
      kernelCall(call, idOf(guard), mode | POISONS, leave(guard, "unlocked"));
    };
    enter = (guard, value) => {
      guard.#held = true;
      guard.#value = value;
      held.add(guard);
    };
  }
}

/** Ends the guard's hold for the time of a wait: its value, to be given back with the kernel call that waits. */
export function suspendHold(guard: Guard<unknown>): Encoded {
  return leave(guard, "waited with");
}

/** The lock is held again: the guard's root object is filled anew, so references to it stay good. */
export function resumeHold(guard: Guard<unknown>, before: unknown, fresh: unknown): void {
  enter(guard, refillRoot(before, fresh));
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

/** A late write to a value that was given back must be seen: it is frozen, and what cannot be frozen is lent. */
function sealData(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  const isView = ArrayBuffer.isView(value);
  if (isView || isMap(value) || isSet(value) || isDate(value)) lend(value, { reason: givenBack() });
  if (isView) return;
  Object.freeze(value);
  for (const key of Object.keys(value)) sealData(Reflect.get(value, key));
}
