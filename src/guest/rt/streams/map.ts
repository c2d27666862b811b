import { ok } from "../../core/result.ts";
import type { Context } from "../context.ts";
import { Poll } from "../polling.ts";
import { callable } from "./callable.ts";
import { ENDED, type Item, type Source } from "./source.ts";
import type { Stream } from "./stream.ts";

export class Mapped<T, U> implements Source<U> {
  readonly #stream: Stream<T>;
  readonly #f: (item: T) => U;

  constructor(stream: Stream<T>, f: (item: T) => U) {
    this.#stream = stream;
    this.#f = callable(f, "map(f)");
  }

  pollNext(cx: Context): Poll<Item<U>> {
    const poll = this.#stream.pollNext(cx);
    if (!poll.ready) return Poll.pending;
    return poll.value.ok ? Poll.ready(ok(this.#f(poll.value.value))) : ENDED;
  }

  drop(): void {
    this.#stream.drop();
  }

  held(): readonly unknown[] {
    return [this.#stream, this.#f];
  }
}
