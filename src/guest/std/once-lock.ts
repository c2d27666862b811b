import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { Handle, KEY, idAs, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall, status, type Encoded } from "../core/kernel.ts";
import { lend } from "../core/lent.ts";
import { threadName } from "../core/misuse.ts";
import { currentSite, located } from "../core/sites.ts";
import { err, ok, type Result } from "../core/result.ts";

/**
 * A value that is set once, by whoever comes first, and then only looked at. Every `get` gives a copy that cannot be
 * changed.
 * @rust std::sync::OnceLock
 * @example
 * ```ts
 * import { OnceLock } from "std/sync";
 * import { scope } from "std/thread";
 * const config = new OnceLock<string>();
 * console.log(config.get()); // undefined
 * scope((s) => {
 *   for (const name of ["a", "b"])
 *     s.spawn(() =>
 *       config.getOrInit(() => {
 *         console.log(`${name} reads the file`); // a reads the file
 *         return "dark";
 *       }),
 *     );
 * });
 * console.log(config.get()); // dark
 * console.log(config.set("light").ok); // false
 * ```
 */
export class OnceLock<T> extends Handle {
  /**
   * One that is not set.
   * @rust std::sync::OnceLock::new
   */
  constructor() {
    super(KEY, "once", kernelCall(CALLS.onceNew) as number);
  }

  /**
   * The value; undefined where it is not set yet, also while somebody computes it. Never waits.
   * @rust std::sync::OnceLock::get
   */
  get(): T | undefined {
    const reply = kernelCall(CALLS.onceGet, idAs(this, "once"));
    return status() === STATUS.empty ? undefined : look<T>(reply);
  }

  /**
   * Sets the value, unless it is set: then the error is `value`. Waits while another thread computes one.
   * @rust std::sync::OnceLock::set
   */
  set(value: T): Result<void, T> {
    kernelCall(CALLS.onceSet, idAs(this, "once"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err(value);
  }

  /**
   * The value, computed by `init` where there is none. However many threads ask at once, one of them computes and
   * the others wait; if `init` panics, the next one tries. `init` must not use this OnceLock itself.
   * @throws the error of `init`.
   * @rust std::sync::OnceLock::get_or_init
   */
  getOrInit(init: () => T): T {
    const id = idAs(this, "once");
    if (typeof init !== "function")
      throw new TypeError("getOrInit needs a function that computes the value: getOrInit(() => …)");
    const site = currentSite();
    const reply = kernelCall(CALLS.onceBegin, id);
    if (status() !== STATUS.empty) return look<T>(reply);
    let value: Encoded;
    try {
      value = encode(init(), "value");
    } catch (error) {
      kernelCall(CALLS.onceEnd, located(id, site));
      throw error;
    }
    kernelCall(CALLS.onceEnd, located(id, site), 1, value);
    return look<T>(value);
  }
}

function look<T>(reply: Encoded): T {
  const value = decode(reply);
  const cure = "Compute the whole value before it is set, or put what changes into a Mutex.";
  lend(value, {
    reason: `${threadName()} changes its copy of a OnceLock's value, which is set once for all. ${cure}`,
  });
  return value as T;
}

reviveWith("once", (id) => reviveAs(OnceLock, "once", id));
