import { CALLS } from "#abi";
import type { Lease } from "../core/copies.ts";
import { Handle, type HandleKey, idOf } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";
import { lend } from "../core/lent.ts";
import { misuse, threadName } from "../core/misuse.ts";
import { givenBack, type Release } from "./guard.ts";

const UNLOCK: Release = { call: CALLS.rwUnlock, mode: 0 };

/**
 * A look at an RwLock's value; ends with its block (`using`) or with `unlock`. Changing the value is a mistake that
 * ends the run.
 * @rust std::sync::RwLockReadGuard
 * @example
 * ```ts
 * import { RwLock } from "std/sync";
 * const seats = new RwLock(["A1"]);
 * const guard = seats.read();
 * console.log(guard.value[0], seats.tryWrite().ok); // A1 false
 * guard.unlock();
 * console.log(seats.tryWrite().ok); // true
 * ```
 */
export class RwLockReadGuard<T> extends Handle {
  readonly #value: T;
  readonly #lease: Lease;
  readonly #release: Release;
  #held = true;

  /** @internal Use `RwLock.read`. */
  constructor(key: HandleKey, lock: number, value: T, release: Release = UNLOCK) {
    super(key, "guard", lock);
    this.#value = value;
    this.#release = release;
    this.#lease = { reason: readOnly() };
    lend(value, this.#lease);
  }

  /**
   * The locked value, to look at.
   * @rust std::ops::Deref::deref
   */
  get value(): T {
    if (!this.#held) misuse("A guard is read after it was unlocked. Lock again to see the value.");
    return this.#value;
  }

  /** @internal There is nothing to assign; says what to do instead. */
  set value(_value: T) {
    misuse(readOnly());
  }

  /**
   * Lets others write, before the end of the block.
   * @rust std::mem::drop
   */
  unlock(): void {
    if (!this.#held)
      misuse("A guard is unlocked after it was unlocked. Unlock it once, or leave that to `using`.");
    this.#held = false;
    this.#lease.reason = givenBack();
    kernelCall(this.#release.call, idOf(this), this.#release.mode);
  }

  /** Unlocks at the end of a block that began with `using guard = …`; nothing happens where it is unlocked already. */
  [Symbol.dispose](): void {
    if (this.#held) this.unlock();
  }
}

function readOnly(): string {
  return `${threadName()} changes the value of a read guard, which may only be looked at. Take the lock with \`write()\` to change it.`;
}
