import { HELD } from "../../core/captures.ts";
import type { Context } from "../context.ts";
import { dropValue } from "../drop-value.ts";
import { Future } from "../future.ts";
import { begun, made } from "../generators.ts";
import { Poll, polledAgain } from "../polling.ts";
import type { Item } from "./source.ts";
import type { Stream } from "./stream.ts";

/** All items of a stream, which it owns. */
export class Collect<T> extends Future<T[]> {
  readonly #token = made();
  readonly #items: T[] = [];
  #stream: Stream<T> | null;

  constructor(stream: Stream<T>) {
    super();
    this.#stream = stream;
  }

  override poll(cx: Context): Poll<T[]> {
    begun(this.#token);
    if (this.#stream === null) return polledAgain();
    for (;;) {
      const poll = this.#pollStream(this.#stream, cx);
      if (!poll.ready) return Poll.pending;
      if (!poll.value.ok) break;
      this.#items.push(poll.value.value);
    }
    this.#stream = null;
    return Poll.ready(this.#items);
  }

  override drop(): void {
    begun(this.#token);
    if (this.#stream === null) return;
    dropValue(this.#items);
    const stream = this.#stream;
    this.#stream = null;
    stream.drop();
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return [this.#stream, this.#items];
  }

  #pollStream(stream: Stream<T>, cx: Context): Poll<Item<T>> {
    try {
      return stream.pollNext(cx);
    } catch (error) {
      dropValue(this.#items);
      this.#stream = null;
      throw error;
    }
  }
}
