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
 * Items that come one after the other, when they are asked for: `yield* stream.next()`. Nothing happens
 * before. What makes a stream of another one (`map`, `buffered` …) takes it over. Extend it to write one by
 * hand.
 * @rust futures::stream::Stream
 * @differs Its end is an error, `"ended"`, where Rust has `None`. The methods are those of the extension
 * traits of `futures` and `tokio_stream`.
 * @example
 * ```ts
 * import { blockOn, Poll, type Result } from "rt";
 * import { Stream } from "rt/stream";
 * class Countdown extends Stream<number> {
 *   left = 3;
 *   override pollNext(): Poll<Result<number, "ended">> {
 *     return Poll.ready(this.left > 0 ? { ok: true, value: this.left-- } : { ok: false, error: "ended" });
 *   }
 * }
 * blockOn(new Countdown().map((n) => n * 10).forEach((n) => console.log(n))); // 30, 20, 10
 * ```
 */
export abstract class Stream<T> {
  /**
   * The next item, `"ended"` where there will be none any more, or pending: then `cx.waker` will be woken.
   * Not to be called again once it has ended.
   * @rust futures::stream::Stream::poll_next
   */
  abstract pollNext(cx: Context): Poll<Item<T>>;

  /**
   * Gives the stream up, with everything it has begun. Nothing by default.
   * @rust std::ops::Drop::drop
   */
  drop(): void {}

  /** At the end of a `using` block: drops the stream. */
  [Symbol.dispose](): void {
    this.drop();
  }

  /**
   * The next item, `"ended"` where there will be none any more.
   * @rust futures::stream::StreamExt::next
   * @cancel Safe: dropped before it was ready, it has taken nothing.
   */
  next(): Future<Item<T>> {
    return new Next(this);
  }

  /**
   * Each item turned into another.
   * @throws TypeError where `f` is no function.
   * @rust futures::stream::StreamExt::map
   */
  map<U>(f: (item: T) => U): Stream<U> {
    return new SourceStream(new Mapped(this, f));
  }

  /**
   * The items for which `keep` holds.
   * @throws TypeError where `keep` is no function.
   * @rust tokio_stream::StreamExt::filter
   */
  filter(keep: (item: T) => boolean): Stream<T> {
    return new SourceStream(new Filter(this, keep));
  }

  /**
   * The first `count` items; after those the rest of the stream is dropped.
   * @throws RangeError where `count` is no whole number from 0.
   * @rust futures::stream::StreamExt::take
   * @differs Rust's keeps the rest until it is dropped itself.
   */
  take(count: number): Stream<T> {
    return new SourceStream(new Take(this, count));
  }

  /**
   * Items of both, as they come; where both have some, they take turns. It ends when both have ended.
   * @rust tokio_stream::StreamExt::merge
   */
  merge(other: Stream<T>): Stream<T> {
    return new SourceStream(new Merge([this, other]));
  }

  /**
   * The values of a stream of futures, in the order of the futures: up to `limit` of them run at once, those
   * whose turn to be given has not come included. They go on only while somebody waits for the stream.
   * Dropping it drops every future that is in flight.
   * @throws RangeError where `limit` is no whole number from 1.
   * @rust futures::stream::StreamExt::buffered
   * @differs Polls every future in flight whenever it is polled; Rust's polls those that were woken.
   * @example
   * ```ts
   * import { type Async, blockOn } from "rt";
   * import { fromIterable } from "rt/stream";
   * import { sleep } from "rt/time";
   * function* load(ms: number): Async<number> {
   *   yield* sleep(ms);
   *   return ms;
   * }
   * const pages = fromIterable([30, 10, 20]).map(load).buffered(2);
   * blockOn(pages.forEach((ms) => console.log(ms))); // 30, 10, 20
   * ```
   */
  buffered<U>(this: Stream<Future<U>>, limit: number): Stream<U> {
    return new SourceStream(new Buffered(this, limit, true));
  }

  /**
   * The values of a stream of futures, as they come: up to `limit` of them run at once, and as many as that
   * while there are more. They go on only while somebody waits for the stream. Dropping it drops every future
   * that is in flight.
   * @throws RangeError where `limit` is no whole number from 1.
   * @rust futures::stream::StreamExt::buffer_unordered
   * @differs Polls every future in flight whenever it is polled; Rust's polls those that were woken.
   * @example
   * ```ts
   * import { type Async, blockOn } from "rt";
   * import { fromIterable } from "rt/stream";
   * import { sleep } from "rt/time";
   * function* load(ms: number): Async<number> {
   *   yield* sleep(ms);
   *   return ms;
   * }
   * const pages = fromIterable([40, 10, 20]).map(load).bufferUnordered(2);
   * blockOn(pages.forEach((ms) => console.log(ms))); // 10, 20, 40
   * ```
   */
  bufferUnordered<U>(this: Stream<Future<U>>, limit: number): Stream<U> {
    return new SourceStream(new Buffered(this, limit, false));
  }

  /**
   * Waits for all items.
   * @rust futures::stream::StreamExt::collect
   * @cancel Not safe: dropping it drops the stream, and what has been collected is lost.
   */
  collect(): Future<T[]> {
    return new Collect(this);
  }

  /**
   * Calls `f` with each item, and waits for what it returns, where that is a future, before it takes the
   * next.
   * @throws TypeError where `f` is no function; what `f` throws.
   * @rust futures::stream::StreamExt::for_each
   * @cancel Not safe: dropping it drops the stream, and the future of `f` where it stands.
   * @differs `f` may return nothing, too.
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
