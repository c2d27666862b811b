import { CALLS } from "#abi";
import { kernelCall } from "../core/kernel.ts";
import { travelAs } from "../core/travellers.ts";

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

  static {
    travelAs(Instant.prototype, {
      tag: "Instant",
      write: (value) => (value as Instant).#ns,
      read: (ns) => new Instant(ns),
    });
  }
}
