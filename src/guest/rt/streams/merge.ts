import type { Context } from "../context.ts";
import { dropAll } from "../panics.ts";
import { Poll } from "../polling.ts";
import { ENDED, type Item, type Source } from "./source.ts";
import type { Stream } from "./stream.ts";

export class Merge<T> implements Source<T> {
  /** Those that have not ended, the one whose turn it is first. */
  readonly #streams: Stream<T>[];

  constructor(streams: readonly Stream<T>[]) {
    this.#streams = [...streams];
  }

  pollNext(cx: Context): Poll<Item<T>> {
    for (const stream of this.#streams.slice()) {
      const poll = stream.pollNext(cx);
      if (!poll.ready) continue;
      this.#streams.splice(this.#streams.indexOf(stream), 1);
      if (!poll.value.ok) continue;
      this.#streams.push(stream);
      return poll;
    }
    return this.#streams.length === 0 ? ENDED : Poll.pending;
  }

  drop(): void {
    dropAll(this.#streams.splice(0));
  }

  held(): readonly unknown[] {
    return this.#streams;
  }
}
