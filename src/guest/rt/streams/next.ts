import { HELD } from "../../core/captures.ts";
import type { Context } from "../context.ts";
import { Future } from "../future.ts";
import { begun, made } from "../generators.ts";
import { type Poll, polledAgain } from "../polling.ts";
import type { Item } from "./source.ts";
import type { Stream } from "./stream.ts";

/** The next item of a stream, which it does not own. */
export class Next<T> extends Future<Item<T>> {
  readonly #token = made();
  readonly #stream: Stream<T>;
  #isOver = false;

  constructor(stream: Stream<T>) {
    super();
    this.#stream = stream;
  }

  override poll(cx: Context): Poll<Item<T>> {
    begun(this.#token);
    if (this.#isOver) return polledAgain();
    const poll = this.#stream.pollNext(cx);
    this.#isOver = poll.ready;
    return poll;
  }

  override drop(): void {
    begun(this.#token);
    this.#isOver = true;
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return [this.#stream];
  }
}
