import { CALLS } from "#abi";
import { toNs } from "../core/duration.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall } from "../core/kernel.ts";
import { travelAs } from "../core/travellers.ts";

let make: (ns: number) => Instant;
let read: (instant: Instant, what: string) => number;

/**
 * A moment of virtual time, for measuring how long something took. Virtual time stands still while code runs, and
 * moves when every thread waits.
 * @rust std::time::Instant
 * @differs Times are milliseconds, as numbers, where Rust has a Duration.
 * @example
 * ```ts
 * import { sleep } from "std/thread";
 * import { Instant } from "std/time";
 * const start = Instant.now();
 * const deadline = start.add(50);
 * sleep(20.5);
 * console.log(start.elapsed()); // 20.5
 * console.log(Instant.now() < deadline); // true
 * console.log(deadline.durationSince(Instant.now())); // 29.5
 * ```
 */
export class Instant {
  readonly #ns: number;

  private constructor(ns: number) {
    this.#ns = ns;
  }

  /**
   * This moment.
   * @rust std::time::Instant::now
   */
  static now(): Instant {
    return new Instant(kernelCall(CALLS.now) as number);
  }

  /**
   * Milliseconds since this moment; a fraction where needed.
   * @rust std::time::Instant::elapsed
   */
  elapsed(): number {
    return ((kernelCall(CALLS.now) as number) - this.#ns) / 1_000_000;
  }

  /**
   * Milliseconds from `earlier` to this moment; 0 where `earlier` is the later one.
   * @throws TypeError where `earlier` is no Instant.
   * @rust std::time::Instant::duration_since
   */
  durationSince(earlier: Instant): number {
    if (!(typeof earlier === "object" && earlier !== null && #ns in earlier))
      throw new TypeError("durationSince needs an Instant: `Instant.now().durationSince(start)`");
    return Math.max(0, this.#ns - earlier.#ns) / 1_000_000;
  }

  /**
   * The moment `ms` milliseconds later.
   * @throws RangeError where `ms` is no number from 0.
   * @rust std::time::Instant::add
   */
  add(ms: number): Instant {
    return new Instant(this.#ns + toNs(ms, "add(ms)"));
  }

  /** So that moments can be compared: `Instant.now() < deadline`. Nanoseconds since the machine was started. */
  valueOf(): number {
    return this.#ns;
  }

  static {
    make = (ns) => new Instant(ns);
    read = (instant, what) => {
      if (typeof instant === "object" && instant !== null && #ns in instant) return instant.#ns;
      throw new TypeError(
        `${what} needs an Instant, got ${inspect(instant)}. \`Instant.now().add(100)\` is one.`,
      );
    };
    travelAs(Instant.prototype, {
      tag: "Instant",
      write: (value) => (value as Instant).#ns,
      read: (ns) => new Instant(ns),
    });
  }
}

/** The moment `ns` nanoseconds after the machine was started. */
export const instantAt = (ns: number): Instant => make(ns);

/** Nanoseconds of a moment that a program passed to `what`; a clear error for anything else. */
export const nsOf = (instant: Instant, what: string): number => read(instant, what);
