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

interface Rules<T, R> {
  /** Says that a value makes the rest pointless, and what the result is then. */
  readonly stop?: (value: T) => R | undefined;
  /** At each poll another future is the first; else always the first one. */
  readonly takesTurns: boolean;
}

/** Several futures polled in one task until each is ready, or until one stops the rest. */
class Join<T, R> extends Future<R> {
  readonly #futures: (Future<T> | null)[];
  readonly #values: T[] = [];
  readonly #finish: (values: T[]) => R;
  readonly #stop: (value: T) => R | undefined;
  readonly #takesTurns: boolean;
  readonly #token = made();
  /** The future that is polled first at the next poll. */
  #first = 0;
  #isOver = false;

  constructor(
    futures: readonly Future<T>[],
    finish: (values: T[]) => R,
    { stop = () => undefined, takesTurns }: Rules<T, R>,
  ) {
    super();
    this.#futures = [...futures];
    this.#finish = finish;
    this.#stop = stop;
    this.#takesTurns = takesTurns;
  }

  override poll(cx: Context): Poll<R> {
    begun(this.#token);
    if (this.#isOver) return polledAgain();
    let isReady = true;
    const count = this.#futures.length;
    const first = this.#first;
    if (this.#takesTurns) this.#first = first + 1 < count ? first + 1 : 0;
    for (let turn = 0; turn < count; turn++) {
      const i = (first + turn) % count;
      const future = this.#futures[i] ?? null;
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
 * Waits for all of them at once, in this task; their values in the order given. Each is polled whenever the
 * task is woken, another one first each time, until it is ready. Where one panics the others are dropped.
 * @throws the first panic.
 * @rust tokio::join!
 * @cancel As safe as each of them: dropped before all were ready it drops the rest, and the values that were
 * there.
 * @example
 * ```ts
 * import { type Async, blockOn, join } from "rt";
 * import { Instant, sleep } from "rt/time";
 * function* load(name: string, ms: number): Async<string> {
 *   yield* sleep(ms);
 *   return name;
 * }
 * const start = Instant.now();
 * const [a, b] = blockOn(join(load("a", 20), load("b", 10)));
 * console.log(a, b, start.elapsed()); // a b 20
 * ```
 */
export function join<const F extends readonly Future<unknown>[]>(...futures: F): Future<Outputs<F>> {
  for (const [i, future] of futures.entries()) asFuture(future, `join: argument ${i + 1}`);
  return new Join<unknown, Outputs<F>>(futures, (values) => values as unknown as Outputs<F>, {
    takesTurns: true,
  });
}

/**
 * Like {@link join}, for any number of futures of one kind, which are always polled in the order given.
 * @throws the first panic.
 * @rust futures::future::join_all
 * @cancel As safe as each of them: dropped before all were ready it drops the rest, and the values that were
 * there.
 * @example
 * ```ts
 * import { type Async, blockOn, joinAll } from "rt";
 * import { sleep } from "rt/time";
 * function* load(ms: number): Async<number> {
 *   yield* sleep(ms);
 *   console.log("loaded", ms); // loaded 10, loaded 20, loaded 30
 *   return ms;
 * }
 * const all = blockOn(joinAll([30, 10, 20].map(load)));
 * console.log(all.join(" ")); // 30 10 20
 * ```
 */
export function joinAll<T>(futures: Iterable<Future<T>>): Future<T[]> {
  const all = [...futures];
  for (const [i, future] of all.entries()) asFuture(future, `joinAll: item ${i}`);
  return new Join(all, (values) => values, { takesTurns: false });
}

type Oks<F extends readonly Future<Result<unknown, unknown>>[]> = {
  -readonly [K in keyof F]: Output<F[K]> extends Result<infer T, unknown> ? T : never;
};
type Errors<F extends readonly Future<Result<unknown, unknown>>[]> = Extract<
  Output<F[number]>,
  { readonly ok: false }
>["error"];

/**
 * Waits for all of them at once, until the first is an error: that is the result then, and the others are
 * dropped. They are polled as {@link join} does it.
 * @throws the first panic.
 * @rust tokio::try_join!
 * @cancel As safe as each of them: dropped before it was ready it drops the rest, and the values that were
 * there.
 * @example
 * ```ts
 * import { type Async, blockOn, type Result, tryJoin } from "rt";
 * import { sleep } from "rt/time";
 * function* good(): Async<Result<string, string>> {
 *   try { yield* sleep(50); } finally { console.log("dropped"); } // dropped
 *   return { ok: true, value: "page" };
 * }
 * function* bad(): Async<Result<string, string>> {
 *   yield* sleep(10);
 *   return { ok: false, error: "not found" };
 * }
 * const result = blockOn(tryJoin(good(), bad()));
 * console.log(result.ok ? result.value.join() : result.error); // not found
 * ```
 */
export function tryJoin<const F extends readonly Future<Result<unknown, unknown>>[]>(
  ...futures: F
): Future<Result<Oks<F>, Errors<F>>> {
  for (const [i, future] of futures.entries()) asFuture(future, `tryJoin: argument ${i + 1}`);
  return new Join<Result<unknown, unknown>, Result<Oks<F>, Errors<F>>>(
    futures,
    (values) => ok(values.map((value) => (value.ok ? value.value : undefined)) as Oks<F>),
    {
      stop: (value) => (value.ok ? undefined : (value as { readonly ok: false; readonly error: Errors<F> })),
      takesTurns: true,
    },
  );
}
