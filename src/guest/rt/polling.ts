import { MAILBOX } from "#abi";
import { mailbox } from "../core/kernel.ts";
import { misuse } from "../core/misuse.ts";
import type { Context } from "./context.ts";

/**
 * What a poll says: the value, or that there is none yet.
 * @rust std::task::Poll
 */
export type Poll<T> = { readonly ready: true; readonly value: T } | { readonly ready: false };

/**
 * Makes what `poll` returns.
 * @rust std::task::Poll
 * @example
 * ```ts
 * import { Poll } from "rt";
 * const done: Poll<number> = Poll.ready(7);
 * console.log(done.ready && done.value); // 7
 * console.log(Poll.pending.ready); // false
 * ```
 */
export const Poll = Object.freeze({
  /**
   * The future is over: this is its value.
   * @rust std::task::Poll::Ready
   */
  ready<T>(value: T): Poll<T> {
    return { ready: true, value };
  },
  /**
   * Not yet: the waker of the context will be woken when it is worth asking again.
   * @rust std::task::Poll::Pending
   */
  pending: Object.freeze({ ready: false }) as Poll<never>,
});

const AGAIN =
  "A future is polled after it was ready: its value has been handed out. Wait for each future once; for another value make another future.";

/** Ends the run: a future that was ready, or was dropped, is polled. */
export function polledAgain(): never {
  return misuse(AGAIN);
}

/**
 * What an async function yields while it waits. Only the library makes it; who yields anything else is told
 * why not.
 */
export interface Suspended {
  readonly "`yield*` waits for a future, `yield` does not": true;
}

const SUSPENDED: Suspended = Object.freeze({ "`yield*` waits for a future, `yield` does not": true });

export function isSuspended(value: unknown): boolean {
  return value === SUSPENDED;
}

/** The context of the poll that is under way, null outside of polls, `"dropping"` while futures are dropped. */
let current: Context | "dropping" | null = null;

/** Runs `body` as (part of) a poll with `cx`. */
export function polling<T>(cx: Context | "dropping" | null, body: () => T): T {
  const before = current;
  current = cx;
  try {
    return body();
  } finally {
    current = before;
  }
}

/** In the copy that a spawn made nothing is being polled. */
export function stopPolling(): void {
  current = null;
}

/** The context for a `yield*`; ends the run where there can be none. */
function contextOfAwait(): Context {
  if (current === "dropping")
    return misuse(
      "A future that is dropped cannot wait any more: a `finally` block or a `using` reached `yield*` while it was cleaned up. Clean up without waiting, or spawn a task that does it.",
    );
  return (
    current ??
    misuse(
      "Nobody polls here: `yield*` waits only inside a future that an executor drives. Give the future to `blockOn(…)`.",
    )
  );
}

interface Pollable<T> {
  poll(cx: Context): Poll<T>;
  drop(): void;
}

/** One `yield*` of a future: polls it at each turn, drops it where the async function around it is dropped. */
export class Await<T> implements Iterator<Suspended, T, void> {
  readonly #future: Pollable<T>;
  readonly #site = mailbox[MAILBOX.site] as number;

  constructor(future: Pollable<T>) {
    this.#future = future;
  }

  next(): IteratorResult<Suspended, T> {
    const cx = contextOfAwait();
    mailbox[MAILBOX.site] = this.#site;
    const poll = this.#future.poll(cx);
    if (poll.ready) return { done: true, value: poll.value };
    mailbox[MAILBOX.site] = this.#site;
    return { done: false, value: SUSPENDED };
  }

  return(value: T): IteratorResult<Suspended, T> {
    this.#future.drop();
    return { done: true, value };
  }
}
