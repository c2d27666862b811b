import { ok } from "../../core/result.ts";
import { wholeNumber } from "../../core/whole-number.ts";
import { asFuture } from "../as-future.ts";
import type { Context } from "../context.ts";
import { dropValue } from "../drop-value.ts";
import type { Future } from "../future.ts";
import { dropAll } from "../panics.ts";
import { Poll } from "../polling.ts";
import { ENDED, type Item, type Source } from "./source.ts";
import type { Stream } from "./stream.ts";

/** A future that has been taken from the stream: in flight, or ready and waiting for its turn. */
type Slot<U> = { future: Future<U> | null; value?: U };

export class Buffered<U> implements Source<U> {
  readonly #stream: Stream<Future<U>>;
  readonly #limit: number;
  readonly #isOrdered: boolean;
  readonly #slots: Slot<U>[] = [];
  #hasEnded = false;

  constructor(stream: Stream<Future<U>>, limit: number, isOrdered: boolean) {
    this.#stream = stream;
    this.#limit = wholeNumber(limit, 1, isOrdered ? "buffered(limit)" : "bufferUnordered(limit)");
    this.#isOrdered = isOrdered;
  }

  pollNext(cx: Context): Poll<Item<U>> {
    this.#fill(cx);
    for (const slot of this.#slots) {
      this.#pollSlot(slot, cx);
      if (slot.future === null && !this.#isOrdered) return this.#give(slot);
    }
    const [first] = this.#slots;
    if (first?.future === null) return this.#give(first);
    return this.#slots.length === 0 && this.#hasEnded ? ENDED : Poll.pending;
  }

  drop(): void {
    const slots = this.#slots.splice(0);
    for (const { future, value } of slots) if (future === null) dropValue(value);
    const futures = slots.map(({ future }) => future);
    dropAll(this.#hasEnded ? futures : [...futures, this.#stream]);
  }

  held(): readonly unknown[] {
    return [this.#stream, ...this.#slots];
  }

  /** Takes futures from the stream as long as there is room for them. */
  #fill(cx: Context): void {
    while (!this.#hasEnded && this.#slots.length < this.#limit) {
      const poll = this.#stream.pollNext(cx);
      if (!poll.ready) return;
      if (poll.value.ok)
        this.#slots.push({ future: asFuture(poll.value.value, "an item of a buffered stream") });
      else this.#hasEnded = true;
    }
  }

  #pollSlot(slot: Slot<U>, cx: Context): void {
    const { future } = slot;
    if (future === null) return;
    slot.future = null;
    const poll = future.poll(cx);
    if (poll.ready) slot.value = poll.value;
    else slot.future = future;
  }

  #give(slot: Slot<U>): Poll<Item<U>> {
    this.#slots.splice(this.#slots.indexOf(slot), 1);
    return Poll.ready(ok(slot.value as U));
  }
}
