import { CALLS, STATUS } from "#abi";
import { HELD } from "../core/captures.ts";
import { decode, encode } from "../core/codec.ts";
import { type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { type Encoded, kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import type { Context } from "./context.ts";
import { End } from "./end.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";
import { Await, type Poll, type Suspended } from "./polling.ts";

/**
 * The sending end of a oneshot: it sends one value.
 * @rust tokio::sync::oneshot::Sender
 * @differs What is sent is a copy, so an error has no value to hand back.
 * @example
 * ```ts
 * import { type Async, blockOn, select, spawn } from "rt";
 * import { oneshot, type OneshotSender } from "rt/sync";
 * import { sleep, timeout } from "rt/time";
 * function* compute(tx: OneshotSender<number>): Async<void> {
 *   const won = yield* select({ gone: tx.closed(), done: sleep(1000) });
 *   console.log(won.branch, tx.isClosed()); // gone true
 * }
 * function* main(): Async<void> {
 *   const [tx, rx] = oneshot<number>();
 *   const task = spawn(compute(tx));
 *   yield* timeout(10, rx);
 *   yield* task;
 * }
 * blockOn(main());
 * ```
 */
export class OneshotSender<T> extends End {
  /** @internal Use `oneshot`. */
  constructor(key: HandleKey, id: number) {
    super(key, "oneshotTx", id);
  }

  /**
   * Sends a copy of `value`, the only one; never waits. The sender is used up by it. `"disconnected"` where
   * the receiver has gone.
   * @rust tokio::sync::oneshot::Sender::send
   */
  send(value: T): Result<void, "disconnected"> {
    kernelCall(CALLS.oneshotSend, idAs(this, "oneshotTx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err("disconnected");
  }

  /**
   * Whether the receiver has gone: then nobody waits for the value. Never waits.
   * @rust tokio::sync::oneshot::Sender::is_closed
   */
  isClosed(): boolean {
    return kernelCall(CALLS.oneshotClosed, idAs(this, "oneshotTx"), 0, "u", 0) === 1;
  }

  /**
   * Ready when the receiver has gone: the moment to give up work for it.
   * @rust tokio::sync::oneshot::Sender::closed
   * @cancel Safe: dropped before it was ready, the sender is as it was.
   */
  closed(): Future<void> {
    return new Operation<void>({
      call: CALLS.oneshotClosed,
      a: idAs(this, "oneshotTx"),
      read: () => undefined,
      held: [this],
    });
  }
}

/**
 * The receiving end of a oneshot, and a future of its value: `yield* rx`. Ready with `"disconnected"` where
 * the sender has gone without sending.
 * @rust tokio::sync::oneshot::Receiver
 * @cancel Not safe: dropping it, as `select` does with a branch that loses, drops the receiver and with it
 * the value. `recv()` is a future that can be dropped.
 * @example
 * ```ts
 * import { type Async, blockOn, select } from "rt";
 * import { oneshot } from "rt/sync";
 * import { sleep } from "rt/time";
 * function* main(): Async<void> {
 *   const [tx, rx] = oneshot<string>();
 *   yield* select({ answer: rx.recv(), late: sleep(10) });
 *   console.log(tx.isClosed()); // false
 *   yield* select({ answer: rx, late: sleep(10) });
 *   console.log(tx.isClosed()); // true
 * }
 * blockOn(main());
 * ```
 */
export class OneshotReceiver<T> extends End implements Future<Result<T, "disconnected">> {
  #receiving: Operation<Result<T, "disconnected">> | null = null;
  #dropped = false;

  /** @internal Use `oneshot`. */
  constructor(key: HandleKey, id: number) {
    super(key, "oneshotRx", id);
  }

  /**
   * Ready when the value is there, or will never be.
   * @rust std::future::Future::poll
   */
  poll(cx: Context): Poll<Result<T, "disconnected">> {
    this.#receiving ??= receiving<T>(this);
    return this.#receiving.poll(cx);
  }

  /**
   * A future of the value that leaves the receiver alone where it is dropped: what `&mut rx` is in a Rust
   * `select!`.
   * @rust tokio::sync::oneshot::Receiver
   * @cancel Safe: dropped before it was ready, the value is still to come.
   */
  recv(): Future<Result<T, "disconnected">> {
    return receiving<T>(this);
  }

  /**
   * The value if it is there; never waits.
   * @rust tokio::sync::oneshot::Receiver::try_recv
   */
  tryRecv(): Result<T, "empty" | "disconnected"> {
    const reply = kernelCall(CALLS.oneshotRecv, idAs(this, "oneshotRx"), 0, "u", 0);
    return status() === STATUS.empty ? err("empty") : readReceived<T>(reply, status());
  }

  /**
   * Gives the receiver up: the sender learns that nobody waits for its value.
   * @rust std::mem::drop
   */
  override drop(): void {
    this.#receiving?.drop();
    this.#dropped = true;
    super.drop();
  }

  /** At the end of a `using` block: drops the receiver, unless it was dropped before. */
  override [Symbol.dispose](): void {
    if (!this.#dropped) this.drop();
  }

  /**
   * What `yield*` uses.
   * @rust std::future::IntoFuture::into_future
   */
  [Symbol.iterator](): Iterator<Suspended, Result<T, "disconnected">, void> {
    return new Await(this);
  }

  /** @internal A task that is made of it owns it. */
  [HELD](): readonly unknown[] {
    return [this];
  }
}

function receiving<T>(receiver: OneshotReceiver<T>): Operation<Result<T, "disconnected">> {
  return new Operation({
    call: CALLS.oneshotRecv,
    a: idAs(receiver, "oneshotRx"),
    read: readReceived<T>,
    held: [receiver],
  });
}

function readReceived<T>(reply: Encoded, ended: number): Result<T, "disconnected"> {
  return ended === STATUS.ok ? ok(decode(reply) as T) : err("disconnected");
}

reviveWith("oneshotTx", (id) => new OneshotSender(KEY, id));
reviveWith("oneshotRx", (id) => new OneshotReceiver(KEY, id));

/**
 * A channel for one value, such as the answer to a request.
 * @rust tokio::sync::oneshot::channel
 * @example
 * ```ts
 * import { type Async, blockOn, spawn } from "rt";
 * import { oneshot, type OneshotSender } from "rt/sync";
 * function* double(n: number, reply: OneshotSender<number>): Async<void> {
 *   if (n > 0) reply.send(n * 2);
 * }
 * function* main(): Async<void> {
 *   for (const n of [21, -1]) {
 *     const [tx, rx] = oneshot<number>();
 *     spawn(double(n, tx));
 *     const answer = yield* rx;
 *     console.log(answer.ok ? answer.value : answer.error); // 42, disconnected
 *   }
 * }
 * blockOn(main());
 * ```
 */
export function oneshot<T>(): [OneshotSender<T>, OneshotReceiver<T>] {
  const sender = kernelCall(CALLS.oneshotNew) as number;
  return [new OneshotSender<T>(KEY, sender), new OneshotReceiver<T>(KEY, sender + 1)];
}
