import { CALLS } from "#abi";
import { HELD } from "../core/captures.ts";
import { kernelCall } from "../core/kernel.ts";
import { asFuture } from "./as-future.ts";
import type { Context } from "./context.ts";
import { Future, type Output } from "./future.ts";
import { begun, made } from "./generators.ts";
import { dropAfterPanic, dropAll } from "./panics.ts";
import { Poll, polledAgain } from "./polling.ts";

/** Futures by the name of their branch. A branch that is `undefined`, `null` or `false` takes no part. */
export type Branches = Readonly<Record<string, Future<unknown> | undefined | null | false>>;

/** Which branch won, and with what value: narrow it with `won.branch === "…"`. */
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
 * Waits for the first of several futures; the others are dropped, wherever they stand. Where more than one is ready,
 * any of them may win: which one is asked first is open at every poll. Cancel safe as far as the branches are.
 * Stands for `tokio::select!`; a branch that is `false` takes no part, as with `, if condition`.
 * @throws RangeError where no branch takes part.
 */
export function select<B extends Branches>(branches: B): Future<Won<B>> {
  return selecting(branches, true, "select");
}

/**
 * Like `select`, but the branches are asked in the order in which they are written: an earlier one that is ready wins,
 * and one that is always ready starves those behind it. Stands for `tokio::select! { biased; … }`.
 */
export function selectBiased<B extends Branches>(branches: B): Future<Won<B>> {
  return selecting(branches, false, "selectBiased");
}
