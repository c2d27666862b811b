import { HELD } from "../../core/captures.ts";
import { asFuture } from "../as-future.ts";
import type { Context } from "../context.ts";
import { Future } from "../future.ts";
import { begun, made } from "../generators.ts";
import { dropAfterPanic, dropAll } from "../panics.ts";
import { Poll, polledAgain } from "../polling.ts";
import { callable } from "./callable.ts";
import type { Stream } from "./stream.ts";

/** Sees to each item of a stream, which it owns, one after the other. */
export class ForEach<T> extends Future<void> {
  readonly #token = made();
  readonly #f: (item: T) => Future<void> | void;
  #stream: Stream<T> | null;
  /** What is done about the latest item. */
  #current: Future<void> | null = null;

  constructor(stream: Stream<T>, f: (item: T) => Future<void> | void) {
    super();
    this.#stream = stream;
    this.#f = callable(f, "forEach(f)");
  }

  override poll(cx: Context): Poll<void> {
    begun(this.#token);
    if (this.#stream === null) return polledAgain();
    try {
      while (this.#finishCurrent(cx)) {
        const poll = this.#stream.pollNext(cx);
        if (!poll.ready) return Poll.pending;
        if (!poll.value.ok) {
          this.#stream = null;
          return Poll.ready(undefined);
        }
        const doing = this.#f(poll.value.value);
        if (doing !== undefined) this.#current = asFuture(doing, "forEach(f): what `f` returns");
      }
      return Poll.pending;
    } catch (error) {
      dropAfterPanic(this.#takeParts());
      throw error;
    }
  }

  override drop(): void {
    begun(this.#token);
    dropAll(this.#takeParts());
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return [this.#stream, this.#f, this.#current];
  }

  /** True where the latest item has been seen to. */
  #finishCurrent(cx: Context): boolean {
    const current = this.#current;
    if (current === null) return true;
    this.#current = null;
    const isReady = current.poll(cx).ready;
    if (!isReady) this.#current = current;
    return isReady;
  }

  #takeParts(): ({ drop(): void } | null)[] {
    const parts = [this.#current, this.#stream];
    this.#current = null;
    this.#stream = null;
    return parts;
  }
}
