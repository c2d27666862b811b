import { HELD } from "../core/captures.ts";
import { ok, type Result } from "../core/result.ts";
import { asFuture } from "./as-future.ts";
import type { Context } from "./context.ts";
import { Future, type Output } from "./future.ts";
import { dropValue } from "./drop-value.ts";
import { begun, made } from "./generators.ts";
import { dropAfterPanic, dropAll } from "./panics.ts";
import { Poll, polledAgain } from "./polling.ts";

type Outputs<F extends readonly Future<unknown>[]> = { -readonly [K in keyof F]: Output<F[K]> };

/** Several futures polled in turn until each is ready, or until `stop` says that a value makes the rest pointless. */
class Join<T, R> extends Future<R> {
  readonly #futures: (Future<T> | null)[];
  readonly #values: T[] = [];
  readonly #finish: (values: T[]) => R;
  readonly #stop: (value: T) => R | undefined;
  readonly #token = made();
  #isOver = false;

  constructor(
    futures: readonly Future<T>[],
    finish: (values: T[]) => R,
    stop: (value: T) => R | undefined = () => undefined,
  ) {
    super();
    this.#futures = [...futures];
    this.#finish = finish;
    this.#stop = stop;
  }

  override poll(cx: Context): Poll<R> {
    begun(this.#token);
    if (this.#isOver) return polledAgain();
    let isReady = true;
    for (const [i, future] of this.#futures.entries()) {
      if (future === null) continue;
      const poll = this.#pollOne(future, i, cx);
      if (!poll.ready) {
        isReady = false;
        continue;
      }
      this.#futures[i] = null;
      this.#values[i] = poll.value;
      const early = this.#stop(poll.value);
      if (early === undefined) continue;
      this.drop();
      return { ready: true, value: early };
    }
    if (!isReady) return Poll.pending;
    this.#isOver = true;
    return Poll.ready(this.#finish(this.#values));
  }

  override drop(): void {
    begun(this.#token);
    this.#isOver = true;
    dropAll(this.#futures);
    this.#dropValues();
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return this.#futures;
  }

  /** A panic in one drops the others, as unwinding does. */
  #pollOne(future: Future<T>, i: number, cx: Context): Poll<T> {
    try {
      return future.poll(cx);
    } catch (error) {
      this.#futures[i] = null;
      this.#isOver = true;
      dropAfterPanic(this.#futures);
      this.#dropValues();
      throw error;
    }
  }

  /** Nobody will get what was ready before the others. */
  #dropValues(): void {
    for (const value of this.#values.splice(0)) dropValue(value);
  }
}

/**
 * Waits for all of them at once, in this task; their values in the order given. Each is polled whenever the task is
 * woken, until it is ready. Cancel safe as far as each of them is: dropping it drops those that are not ready.
 * Stands for `tokio::join!`.
 */
export function join<const F extends readonly Future<unknown>[]>(...futures: F): Future<Outputs<F>> {
  for (const [i, future] of futures.entries()) asFuture(future, `join: argument ${i + 1}`);
  return new Join<unknown, Outputs<F>>(futures, (values) => values as unknown as Outputs<F>);
}

/** Like `join`, for any number of futures of one kind. Stands for `futures::future::join_all`. */
export function joinAll<T>(futures: Iterable<Future<T>>): Future<T[]> {
  const all = [...futures];
  for (const [i, future] of all.entries()) asFuture(future, `joinAll: item ${i}`);
  return new Join(all, (values) => values);
}

type Oks<F extends readonly Future<Result<unknown, unknown>>[]> = {
  -readonly [K in keyof F]: Output<F[K]> extends Result<infer T, unknown> ? T : never;
};
type Errors<F extends readonly Future<Result<unknown, unknown>>[]> = Extract<
  Output<F[number]>,
  { readonly ok: false }
>["error"];

/**
 * Waits for all of them at once, until the first is an error: that is the result then, and the others are dropped.
 * Cancel safe as far as each of them is. Stands for `tokio::try_join!`.
 */
export function tryJoin<const F extends readonly Future<Result<unknown, unknown>>[]>(
  ...futures: F
): Future<Result<Oks<F>, Errors<F>>> {
  for (const [i, future] of futures.entries()) asFuture(future, `tryJoin: argument ${i + 1}`);
  return new Join<Result<unknown, unknown>, Result<Oks<F>, Errors<F>>>(
    futures,
    (values) => ok(values.map((value) => (value.ok ? value.value : undefined)) as Oks<F>),
    (value) => (value.ok ? undefined : (value as { readonly ok: false; readonly error: Errors<F> })),
  );
}
