import { CALLS } from "#abi";
import { HELD } from "../core/captures.ts";
import { kernelCall } from "../core/kernel.ts";
import { asFuture } from "./as-future.ts";
import type { Context } from "./context.ts";
import { Future, type Output } from "./future.ts";
import { begun, made } from "./generators.ts";
import { dropAfterPanic, dropAll } from "./panics.ts";
import { Poll, polledAgain } from "./polling.ts";

/**
 * Futures by the name of their branch. A branch that is `undefined`, `null` or `false` takes no part.
 * @rust tokio::select!
 */
export type Branches = Readonly<Record<string, Future<unknown> | undefined | null | false>>;

/**
 * Which branch won, and with what value: narrow it with `won.branch === "…"`.
 * @rust tokio::select!
 */
export type Won<B extends Branches> = {
  [K in keyof B & string]: { readonly branch: K; readonly value: Output<NonNullable<Exclude<B[K], false>>> };
}[keyof B & string];

class Select<B extends Branches> extends Future<Won<B>> {
  readonly #names: readonly string[];
  readonly #futures: (Future<unknown> | null)[];
  readonly #isFair: boolean;
  readonly #token = made();
  #isOver = false;

  constructor(names: readonly string[], futures: readonly Future<unknown>[], isFair: boolean) {
    super();
    this.#names = names;
    this.#futures = [...futures];
    this.#isFair = isFair;
  }

  override poll(cx: Context): Poll<Won<B>> {
    begun(this.#token);
    if (this.#isOver) return polledAgain();
    const count = this.#futures.length;
    const first = this.#isFair ? (kernelCall(CALLS.pick, count) as number) : 0;
    for (let turn = 0; turn < count; turn++) {
      const i = (first + turn) % count;
      const poll = this.#pollOne(i, cx);
      if (!poll.ready) continue;
      this.#futures[i] = null;
      this.drop();
      return Poll.ready({ branch: this.#names[i], value: poll.value } as Won<B>);
    }
    return Poll.pending;
  }

  override drop(): void {
    begun(this.#token);
    this.#isOver = true;
    dropAll(this.#futures);
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return this.#futures;
  }

  #pollOne(i: number, cx: Context): Poll<unknown> {
    try {
      return this.#futures[i]?.poll(cx) ?? Poll.pending;
    } catch (error) {
      this.#futures[i] = null;
      this.#isOver = true;
      dropAfterPanic(this.#futures);
      throw error;
    }
  }
}

function selecting<B extends Branches>(branches: B, isFair: boolean, what: string): Future<Won<B>> {
  const taking = Object.entries(branches).filter(
    ([, future]) => future !== undefined && future !== null && future !== false,
  );
  if (taking.length === 0)
    throw new RangeError(`${what} has no branch that takes part, so it would wait for ever.`);
  const futures = taking.map(([name, future]) =>
    asFuture(future as Future<unknown>, `${what}: branch \`${name}\``),
  );
  return new Select<B>(
    taking.map(([name]) => name),
    futures,
    isFair,
  );
}

/**
 * Waits for the first of several futures; the others are dropped, wherever they stand. Where more than one is
 * ready, any of them may win: which one is asked first is open at every poll. A branch that is `false` takes
 * no part, as with `, if condition` in Rust.
 * @throws RangeError where no branch takes part; the panic of a branch, when the others are dropped.
 * @rust tokio::select!
 * @cancel As safe as its branches: those that lose are dropped where they stand, and all are where it is
 * dropped itself.
 * @differs Has neither patterns nor `else`: the first branch that is ready wins, whatever its value. `branch`
 * says which one it was; what to do then is written after it and not in the branch.
 * @example
 * ```ts
 * import { type Async, blockOn, select } from "rt";
 * import { sleep } from "rt/time";
 * function* slow(): Async<string> {
 *   try { yield* sleep(50); } finally { console.log("dropped"); } // dropped
 *   return "page";
 * }
 * function* main(): Async<void> {
 *   const won = yield* select({ page: slow(), late: sleep(10) });
 *   console.log(won.branch === "page" ? won.value : "too late"); // too late
 * }
 * blockOn(main());
 * ```
 */
export function select<B extends Branches>(branches: B): Future<Won<B>> {
  return selecting(branches, true, "select");
}

/**
 * Like {@link select}, but the branches are asked in the order in which they are written: an earlier one that
 * is ready wins, and one that is always ready starves those behind it. As `biased;` in Rust's `select!`.
 * @throws RangeError where no branch takes part; the panic of a branch, when the others are dropped.
 * @rust tokio::select!
 * @cancel As safe as its branches: those that lose are dropped where they stand, and all are where it is
 * dropped itself.
 * @differs As {@link select}.
 * @example
 * ```ts
 * import { type Async, blockOn, selectBiased } from "rt";
 * import { CancellationToken, channel } from "rt/sync";
 * function* main(): Async<void> {
 *   const [jobs, rx] = channel<string>(1);
 *   const stop = new CancellationToken();
 *   jobs.trySend("job");
 *   stop.cancel();
 *   const won = yield* selectBiased({ stop: stop.cancelled(), job: rx.recv() });
 *   console.log(won.branch, rx.tryRecv().ok); // stop true
 * }
 * blockOn(main());
 * ```
 */
export function selectBiased<B extends Branches>(branches: B): Future<Won<B>> {
  return selecting(branches, false, "selectBiased");
}
