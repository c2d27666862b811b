// What the programs of mutual exclusion keep others out of.
import { assertEq } from "std/assert";
import { AtomicI32, SharedCell } from "std/sync";

/** A room for one at a time, where each visitor moves one thing from here to there. */
export class Room {
  readonly #inside = new AtomicI32(0);
  readonly #here = new SharedCell(2);
  readonly #there = new SharedCell(0);

  visit(): void {
    assertEq(this.#inside.fetchAdd(1), 0);
    this.#here.set(this.#here.get() - 1);
    this.#there.set(this.#there.get() + 1);
    this.#inside.fetchSub(1);
  }
}
