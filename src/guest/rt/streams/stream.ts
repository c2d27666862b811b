import { HELD } from "../../core/captures.ts";
import type { Context } from "../context.ts";
import type { Future } from "../future.ts";
import { dropAfterPanic } from "../panics.ts";
import type { Poll } from "../polling.ts";
import { Buffered } from "./buffered.ts";
import { Collect } from "./collect.ts";
import { Filter } from "./filter.ts";
import { ForEach } from "./for-each.ts";
import { Mapped } from "./map.ts";
import { Merge } from "./merge.ts";
import { Next } from "./next.ts";
import { ENDED, type Item, type Source } from "./source.ts";
import { Take } from "./take.ts";

/**
 * Items that come one after the other, when they are asked for: `yield* stream.next()`. Nothing happens before. What
 * makes a stream of another one (`map`, `buffered` …) takes it over. Stands for `futures::Stream`; extend it to
 * write one by hand.
 */
export abstract class Stream<T> {
  /**
   * The next item, `"ended"` where there will be none any more, or pending: then `cx.waker` will be woken. Not to be
   * called again once it has ended.
   */
  abstract pollNext(cx: Context): Poll<Item<T>>;

  /** Gives the stream up, with everything it has begun. Nothing by default. */
  drop(): void {}

  [Symbol.dispose](): void {
    this.drop();
  }

  /** The next item. Cancel safe: dropped before it was ready, it has taken nothing. */
  next(): Future<Item<T>> {
    return new Next(this);
  }

  /** Each item turned into another. */
  map<U>(f: (item: T) => U): Stream<U> {
    return new SourceStream(new Mapped(this, f));
  }

  /** The items for which `keep` holds. */
  filter(keep: (item: T) => boolean): Stream<T> {
    return new SourceStream(new Filter(this, keep));
  }

  /** The first `count` items; after those the rest of the stream is dropped. */
  take(count: number): Stream<T> {
    return new SourceStream(new Take(this, count));
  }

  /** Items of both, as they come; where both have some, they take turns. It ends when both have ended. */
  merge(other: Stream<T>): Stream<T> {
    return new SourceStream(new Merge([this, other]));
  }

  /**
   * The values of a stream of futures, in the order of the futures: up to `limit` of them run at once, those whose
   * turn to be given has not come included. They go on only while somebody waits for the stream.
   * Dropping it drops every future that is in flight. Stands for `StreamExt::buffered`.
   */
  buffered<U>(this: Stream<Future<U>>, limit: number): Stream<U> {
    return new SourceStream(new Buffered(this, limit, true));
  }

  /**
   * The values of a stream of futures, as they come: up to `limit` of them run at once, and as many as that while
   * there are more. They go on only while somebody waits for the stream. Dropping it drops every future that is in
   * flight. Stands for `StreamExt::buffer_unordered`.
   */
  bufferUnordered<U>(this: Stream<Future<U>>, limit: number): Stream<U> {
    return new SourceStream(new Buffered(this, limit, false));
  }

  /** Waits for all items. Dropping it drops the stream, and what has been collected. */
  collect(): Future<T[]> {
    return new Collect(this);
  }

  /**
   * Calls `f` with each item, and waits for what it returns, where that is a future, before it takes the next.
   * Dropping it drops the stream.
   */
  forEach(f: (item: T) => Future<void> | void): Future<void> {
    return new ForEach(this, f);
  }
}

/** A stream that has ended stays ended; one that ended or panicked has let its source go. */
class SourceStream<T> extends Stream<T> {
  #source: Source<T> | null;

  constructor(source: Source<T>) {
    super();
    this.#source = source;
  }

  override pollNext(cx: Context): Poll<Item<T>> {
    if (this.#source === null) return ENDED;
    const poll = this.#pollSource(this.#source, cx);
    if (poll.ready && !poll.value.ok) this.drop();
    return poll;
  }

  override drop(): void {
    const source = this.#source;
    this.#source = null;
    source?.drop();
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return this.#source?.held() ?? [];
  }

  #pollSource(source: Source<T>, cx: Context): Poll<Item<T>> {
    try {
      return source.pollNext(cx);
    } catch (error) {
      this.#source = null;
      dropAfterPanic([source]);
      throw error;
    }
  }
}

export function streamOf<T>(source: Source<T>): Stream<T> {
  return new SourceStream(source);
}
