import { inspect } from "../../core/inspect.ts";
import { ok } from "../../core/result.ts";
import type { Future } from "../future.ts";
import { dropAll } from "../panics.ts";
import { Poll } from "../polling.ts";
import { ENDED, type Item, type Source } from "./source.ts";
import { type Stream, streamOf } from "./stream.ts";

class Listed<T> implements Source<T> {
  readonly #items: readonly T[];
  #at = 0;

  constructor(items: readonly T[]) {
    this.#items = items;
  }

  pollNext(): Poll<Item<T>> {
    return this.#at < this.#items.length ? Poll.ready(ok(this.#items[this.#at++] as T)) : ENDED;
  }

  /** Futures that nobody has taken are dropped with the list. */
  drop(): void {
    const rest = this.#items.slice(this.#at);
    this.#at = this.#items.length;
    dropAll(rest.flatMap((item) => (isFuture(item) ? [item] : [])));
  }

  held(): readonly unknown[] {
    return this.#items;
  }
}

function isFuture(item: unknown): item is Future<unknown> {
  return typeof item === "object" && item !== null && "poll" in item && "drop" in item;
}

class Iterated<T> implements Source<T> {
  readonly #iterator: Iterator<T>;

  constructor(iterator: Iterator<T>) {
    this.#iterator = iterator;
  }

  pollNext(): Poll<Item<T>> {
    const step = this.#iterator.next();
    return step.done === true ? ENDED : Poll.ready(ok(step.value));
  }

  drop(): void {
    this.#iterator.return?.();
  }

  held(): readonly unknown[] {
    return [this.#iterator];
  }
}

/**
 * The items of an array, a set, a generator of plain values …, each taken when it is asked for.
 * @throws TypeError where there is nothing to iterate over.
 * @rust futures::stream::iter
 * @example
 * ```ts
 * import { blockOn } from "rt";
 * import { fromIterable } from "rt/stream";
 * function* naturals(): Generator<number> {
 *   for (let n = 1; ; n++) yield n;
 * }
 * const odd = fromIterable(naturals()).filter((n) => n % 2 === 1).take(3);
 * console.log(blockOn(odd.collect()).join(" ")); // 1 3 5
 * ```
 */
export function fromIterable<T>(items: Iterable<T>): Stream<T> {
  const given: unknown = items;
  const isIterable = typeof given === "string" || (typeof given === "object" && given !== null);
  if (!isIterable || !(Symbol.iterator in Object(given)))
    throw new TypeError(`fromIterable needs something to iterate over, got ${inspect(given)}`);
  return streamOf(Array.isArray(items) ? new Listed<T>([...items]) : new Iterated(items[Symbol.iterator]()));
}
