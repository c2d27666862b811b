import { CALLS, STATUS } from "#abi";
import { HELD } from "../core/captures.ts";
import { decode, encode } from "../core/codec.ts";
import { type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import type { Context } from "./context.ts";
import { End } from "./end.ts";
import { Future } from "./future.ts";
import { begun, made } from "./generators.ts";
import { Operation } from "./operation.ts";
import { Poll, polledAgain } from "./polling.ts";

const MODIFY = { begin: 0, end: 1, giveUp: 2 } as const;

/**
 * The end of a watch that replaces its value; `clone` it for further tasks.
 * @rust tokio::sync::watch::Sender
 * @example
 * ```ts
 * import { watch } from "rt/sync";
 * const [tx, rx] = watch({ users: 1 });
 * tx.sendModify((value) => { value.users++; });
 * console.log(rx.borrow().users); // 2
 * rx.drop();
 * console.log(tx.send({ users: 9 }).ok, tx.borrow().users); // false 2
 * ```
 */
export class WatchSender<T> extends End {
  /** @internal Use `watch`. */
  constructor(key: HandleKey, id: number) {
    super(key, "watchTx", id);
  }

  /**
   * Replaces the value, and wakes who waits for a change. `"disconnected"` where no receiver is left: it
   * stays then.
   * @rust tokio::sync::watch::Sender::send
   */
  send(value: T): Result<void, "disconnected"> {
    kernelCall(CALLS.watchSend, idAs(this, "watchTx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err("disconnected");
  }

  /**
   * Replaces the value by what `modify` returns for it, or by what it makes of it in place; nobody can come
   * between. Counts as a change even where nobody listens. Where `modify` panics the value stays.
   * @throws what `modify` throws.
   * @rust tokio::sync::watch::Sender::send_modify
   * @differs Tokio lends the value itself: what `modify` has changed before it panics stays there, unannounced.
   */
  sendModify(modify: (value: T) => T | void): void {
    const id = idAs(this, "watchTx");
    const value = decode(kernelCall(CALLS.watchModify, id, MODIFY.begin)) as T;
    let next;
    try {
      const returned = modify(value);
      next = encode(returned === undefined ? value : returned, "value");
    } catch (error) {
      kernelCall(CALLS.watchModify, id, MODIFY.giveUp);
      throw error;
    }
    kernelCall(CALLS.watchModify, id, MODIFY.end, next);
  }

  /**
   * A copy of the value.
   * @rust tokio::sync::watch::Sender::borrow
   * @differs Tokio lends the value itself, and nobody can replace it meanwhile.
   */
  borrow(): T {
    return decode(kernelCall(CALLS.watchBorrow, idAs(this, "watchTx"))) as T;
  }

  /**
   * A new receiver, for which the value as it is now is no change.
   * @rust tokio::sync::watch::Sender::subscribe
   */
  subscribe(): WatchReceiver<T> {
    return new WatchReceiver<T>(KEY, kernelCall(CALLS.watchSubscribe, idAs(this, "watchTx")) as number);
  }

  /**
   * A second sender of the same watch.
   * @rust tokio::sync::watch::Sender::clone
   */
  clone(): WatchSender<T> {
    return new WatchSender<T>(KEY, kernelCall(CALLS.watchSubscribe, idAs(this, "watchTx"), 0, 1) as number);
  }
}

/**
 * The end of a watch that sees its latest value; `clone` it for further tasks.
 * @rust tokio::sync::watch::Receiver
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { watch } from "rt/sync";
 * function* main(): Async<void> {
 *   const [tx, rx] = watch(0);
 *   for (const n of [1, 2, 3]) tx.send(n);
 *   tx.drop();
 *   console.log((yield* rx.changed()).ok, rx.borrow()); // true 3
 *   console.log((yield* rx.changed()).ok, rx.borrow()); // false 3
 * }
 * blockOn(main());
 * ```
 */
export class WatchReceiver<T> extends End {
  /** @internal Use `watch`, `subscribe` or `clone`. */
  constructor(key: HandleKey, id: number) {
    super(key, "watchRx", id);
  }

  /**
   * A copy of the latest value, which stays as unseen as it was.
   * @rust tokio::sync::watch::Receiver::borrow
   * @differs Tokio lends the value itself, and nobody can replace it meanwhile.
   */
  borrow(): T {
    return decode(kernelCall(CALLS.watchBorrow, idAs(this, "watchRx"))) as T;
  }

  /**
   * A copy of the latest value, which is seen now: `changed` waits for the next.
   * @rust tokio::sync::watch::Receiver::borrow_and_update
   * @differs Tokio lends the value itself, and nobody can replace it meanwhile.
   */
  borrowAndUpdate(): T {
    return decode(kernelCall(CALLS.watchBorrow, idAs(this, "watchRx"), 1)) as T;
  }

  /**
   * Whether there is a value that this receiver has not seen; `"disconnected"` where every sender has gone.
   * Never waits.
   * @rust tokio::sync::watch::Receiver::has_changed
   */
  hasChanged(): Result<boolean, "disconnected"> {
    const reply = kernelCall(CALLS.watchChanged, idAs(this, "watchRx"), 0, "u", 0);
    return status() === STATUS.ok ? ok(reply === 1) : err("disconnected");
  }

  /**
   * Waits for a value that this receiver has not seen, and marks it as seen; several changes between two
   * calls are one. `"disconnected"` where every sender has gone and the last value was seen.
   * @rust tokio::sync::watch::Receiver::changed
   * @cancel Safe: dropped before it was ready, no change was marked as seen.
   */
  changed(): Future<Result<void, "disconnected">> {
    return new Operation({
      call: CALLS.watchChanged,
      a: idAs(this, "watchRx"),
      read: (_reply, ended) => (ended === STATUS.ok ? ok(undefined) : err("disconnected")),
      held: [this],
    });
  }

  /**
   * Waits until `condition` holds for the value, and gives a copy of it; the first is the value as it is,
   * seen or not. `"disconnected"` where every sender has gone before.
   * @throws TypeError where `condition` is no function; what `condition` throws.
   * @rust tokio::sync::watch::Receiver::wait_for
   * @cancel Safe: dropped before it was ready, only values for which `condition` did not hold count as seen.
   * @example
   * ```ts
   * import { type Async, blockOn, spawn } from "rt";
   * import { watch, type WatchSender } from "rt/sync";
   * import { Instant, sleep } from "rt/time";
   * function* fill(level: WatchSender<number>): Async<void> {
   *   for (const n of [1, 2, 3]) { yield* sleep(10); level.send(n); }
   * }
   * function* main(): Async<void> {
   *   const start = Instant.now(), [tx, rx] = watch(0);
   *   spawn(fill(tx));
   *   for (const least of [2, 4]) {
   *     const got = yield* rx.waitFor((n) => n >= least);
   *     console.log(got.ok ? got.value : got.error, start.elapsed()); // 2 20, disconnected 30
   * } }
   * blockOn(main());
   * ```
   */
  waitFor(condition: (value: T) => boolean): Future<Result<T, "disconnected">> {
    idAs(this, "watchRx");
    if (typeof condition !== "function")
      throw new TypeError("waitFor(condition) needs a function of the value: (value) => value.isReady");
    return new WaitFor<T>(this, condition);
  }

  /**
   * A second receiver, which has seen what this one has.
   * @rust tokio::sync::watch::Receiver::clone
   */
  clone(): WatchReceiver<T> {
    return new WatchReceiver<T>(KEY, kernelCall(CALLS.watchSubscribe, idAs(this, "watchRx")) as number);
  }
}

/** Looks at the value, then at each change of it. */
class WaitFor<T> extends Future<Result<T, "disconnected">> {
  readonly #receiver: WatchReceiver<T>;
  readonly #condition: (value: T) => boolean;
  readonly #token = made();
  #change: Future<Result<void, "disconnected">> | null = null;
  #isOver = false;

  constructor(receiver: WatchReceiver<T>, condition: (value: T) => boolean) {
    super();
    this.#receiver = receiver;
    this.#condition = condition;
  }

  override poll(cx: Context): Poll<Result<T, "disconnected">> {
    begun(this.#token);
    if (this.#isOver) return polledAgain();
    for (;;) {
      if (this.#change !== null) {
        const poll = this.#change.poll(cx);
        if (!poll.ready) return Poll.pending;
        if (!poll.value.ok) return this.#end(err("disconnected"));
      }
      const value = this.#receiver.borrowAndUpdate();
      if (this.#condition(value)) return this.#end(ok(value));
      this.#change = this.#receiver.changed();
    }
  }

  override drop(): void {
    begun(this.#token);
    this.#isOver = true;
    this.#change?.drop();
  }

  #end(value: Result<T, "disconnected">): Poll<Result<T, "disconnected">> {
    this.#isOver = true;
    return Poll.ready(value);
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return [this.#receiver, this.#condition];
  }
}

reviveWith("watchTx", (id) => new WatchSender(KEY, id));
reviveWith("watchRx", (id) => new WatchReceiver(KEY, id));

/**
 * A value that one side replaces and the other watches: receivers see the latest only, for which `initial` is
 * no change.
 * @rust tokio::sync::watch::channel
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { watch } from "rt/sync";
 * import { timeout } from "rt/time";
 * function* main(): Async<void> {
 *   const [tx, rx] = watch("draft");
 *   console.log((yield* timeout(10, rx.changed())).ok); // false
 *   tx.send("review");
 *   tx.send("final");
 *   yield* rx.changed();
 *   console.log(rx.borrow()); // final
 * }
 * blockOn(main());
 * ```
 */
export function watch<T>(initial: T): [WatchSender<T>, WatchReceiver<T>] {
  const sender = kernelCall(CALLS.watchNew, 0, 0, encode(initial, "initial")) as number;
  return [new WatchSender<T>(KEY, sender), new WatchReceiver<T>(KEY, sender + 1)];
}
