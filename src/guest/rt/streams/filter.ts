import type { Context } from "../context.ts";
import type { Poll } from "../polling.ts";
import { callable } from "./callable.ts";
import type { Item, Source } from "./source.ts";
import type { Stream } from "./stream.ts";

export class Filter<T> implements Source<T> {
  readonly #stream: Stream<T>;
  readonly #keep: (item: T) => boolean;

  constructor(stream: Stream<T>, keep: (item: T) => boolean) {
    this.#stream = stream;
    this.#keep = callable(keep, "filter(keep)");
  }

  pollNext(cx: Context): Poll<Item<T>> {
    for (;;) {
      const poll = this.#stream.pollNext(cx);
      if (!poll.ready || !poll.value.ok || this.#keep(poll.value.value)) return poll;
    }
  }

  drop(): void {
    this.#stream.drop();
  }

  held(): readonly unknown[] {
    return [this.#stream, this.#keep];
  }
}
