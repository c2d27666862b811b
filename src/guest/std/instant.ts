import { CALLS } from "#abi";
import { toNs } from "../core/duration.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall } from "../core/kernel.ts";
import { travelAs } from "../core/travellers.ts";

let make: (ns: number) => Instant;
let read: (instant: Instant, what: string) => number;

/** A moment of virtual time, for measuring how long something took. Stands for `std::time::Instant`. */
export class Instant {
  readonly #ns: number;

  private constructor(ns: number) {
    this.#ns = ns;
  }

  /** This moment. */
  static now(): Instant {
    return new Instant(kernelCall(CALLS.now) as number);
  }

  /** Milliseconds since this moment; a fraction where needed. */
  elapsed(): number {
    return ((kernelCall(CALLS.now) as number) - this.#ns) / 1_000_000;
  }

  /** Milliseconds from `earlier` to this moment; 0 where `earlier` is the later one. */
  durationSince(earlier: Instant): number {
    if (!(typeof earlier === "object" && earlier !== null && #ns in earlier))
      throw new TypeError("durationSince needs an Instant: `Instant.now().durationSince(start)`");
    return Math.max(0, this.#ns - earlier.#ns) / 1_000_000;
  }

  /** The moment `ms` milliseconds later. Stands for `instant + duration`. */
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
