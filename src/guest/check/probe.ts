import { HELD } from "../core/captures.ts";
import { Context, Waker } from "../rt/context.ts";
import { Future } from "../rt/future.ts";
import { Poll } from "../rt/polling.ts";
import { channel } from "../std/channel.ts";

/** How a future ended, if it did; `"dropped"`: it was given up before it was ready. */
export type FutureEnd = "open" | "ready" | "panicked" | "dropped";

/**
 * A future that records what is done with it, for checks of futures and executors that learners write. What it knows
 * belongs to the thread that made it. It forgives everything: being polled or dropped when it is over is counted only.
 */
export abstract class ObservedFuture<T> extends Future<T> {
  #polls = 0;
  #pollsAfterEnd = 0;
  #drops = 0;
  #end: FutureEnd = "open";
  #waker: Waker | null = null;

  /** How often it was polled, before and after its end. */
  get polls(): number {
    return this.#polls;
  }

  /** How often it was polled after it was ready, had panicked or was dropped: a mistake, each time. */
  get pollsAfterEnd(): number {
    return this.#pollsAfterEnd;
  }

  /** How often it was dropped: once where it was not ready, else not at all. */
  get drops(): number {
    return this.#drops;
  }

  /** How it ended, if it did. */
  get end(): FutureEnd {
    return this.#end;
  }

  /** The waker of the latest poll; null before the first. */
  get waker(): Waker | null {
    return this.#waker;
  }

  override poll(cx: Context): Poll<T> {
    this.#polls++;
    this.#waker = cx.waker;
    if (this.#end !== "open") {
      this.#pollsAfterEnd++;
      return Poll.pending;
    }
    let poll;
    try {
      poll = this.pollObserved(cx);
    } catch (error) {
      this.#end = "panicked";
      throw error;
    }
    if (poll.ready) this.#end = "ready";
    return poll;
  }

  override drop(): void {
    this.#drops++;
    if (this.#end !== "open") return;
    this.#end = "dropped";
    this.dropObserved();
  }

  /** @internal A poll before the end. */
  protected abstract pollObserved(cx: Context): Poll<T>;

  /** @internal A drop before the end. */
  protected dropObserved(): void {}
}

class Spy<T> extends ObservedFuture<T> {
  readonly #future: Future<T>;

  constructor(future: Future<T>) {
    super();
    this.#future = future;
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return [this.#future];
  }

  protected override pollObserved(cx: Context): Poll<T> {
    return this.#future.poll(cx);
  }

  protected override dropObserved(): void {
    this.#future.drop();
  }
}

/** `future`, recording what is done with it. */
export function spy<T>(future: Future<T>): ObservedFuture<T> {
  return new Spy(future);
}

/** A future that the check itself makes ready. */
export class Probe<T> extends ObservedFuture<T> {
  #result: { readonly value: T } | { readonly panic: Error } | null = null;

  /** Makes it ready and wakes the waker of the latest poll. */
  finish(value: T): void {
    this.#result = { value };
    this.wake();
  }

  /** Makes it panic at the next poll, and wakes the waker of the latest one. */
  fail(message: string): void {
    this.#result = { panic: new Error(message) };
    this.wake();
  }

  /** Wakes the waker of the latest poll, if there was one; without `finish` before, for nothing. */
  wake(): void {
    this.waker?.wake();
  }

  protected override pollObserved(): Poll<T> {
    if (this.#result === null) return Poll.pending;
    if ("panic" in this.#result) throw this.#result.panic;
    return Poll.ready(this.#result.value);
  }
}

/** A future that is pending until its `finish(value)`. */
export function probe<T>(): Probe<T> {
  return new Probe<T>();
}

/** A context for polling by hand, whose waker counts. */
export interface WakeCounter {
  /** What to poll with. */
  readonly cx: Context;
  /** How often its waker, or a clone, was woken so far, from whichever thread. */
  wakes(): number;
}

/** A context for polling by hand; `wakes()` says how often it was woken. */
export function wakeCounter(): WakeCounter {
  const [tx, rx] = channel<number>();
  let count = 0;
  return {
    cx: new Context(Waker.from(tx, 0)),
    wakes: () => {
      while (rx.tryRecv().ok) count++;
      return count;
    },
  };
}
