import { wholeNumber } from "../../core/whole-number.ts";
import type { Context } from "../context.ts";
import type { Poll } from "../polling.ts";
import { ENDED, type Item, type Source } from "./source.ts";
import type { Stream } from "./stream.ts";

export class Take<T> implements Source<T> {
  readonly #stream: Stream<T>;
  #left: number;

  constructor(stream: Stream<T>, count: number) {
    this.#stream = stream;
    this.#left = wholeNumber(count, 0, "take(count)");
  }

  pollNext(cx: Context): Poll<Item<T>> {
    if (this.#left === 0) return ENDED;
    const poll = this.#stream.pollNext(cx);
    if (poll.ready && --this.#left === 0) this.#stream.drop();
    return poll;
  }

  drop(): void {
    if (this.#left > 0) this.#stream.drop();
  }

  held(): readonly unknown[] {
    return [this.#stream];
  }
}
