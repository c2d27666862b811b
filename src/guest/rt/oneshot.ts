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

/** The sending end of a oneshot: it sends one value. Stands for `tokio::sync::oneshot::Sender`. */
export class OneshotSender<T> extends End {
  /** @internal Use `oneshot`. */
  constructor(key: HandleKey, id: number) {
    super(key, "oneshotTx", id);
  }

  /**
   * Sends a copy of `value`, the only one; never waits. The sender is used up by it. `"disconnected"` where the
   * receiver has gone.
   */
  send(value: T): Result<void, "disconnected"> {
    kernelCall(CALLS.oneshotSend, idAs(this, "oneshotTx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err("disconnected");
  }

  /** Whether the receiver has gone: then nobody waits for the value. Never waits. */
  isClosed(): boolean {
    return kernelCall(CALLS.oneshotClosed, idAs(this, "oneshotTx"), 0, "u", 0) === 1;
  }

  /** Ready when the receiver has gone: the moment to give up work for it. Cancel safe. */
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
 * The receiving end of a oneshot, and a future of its value: `yield* rx`. Ready with `"disconnected"` where the sender
 * has gone without sending. Dropping it drops the receiver, as `select` does with a branch that loses; where it is to be
 * waited for again use `recv()`. Stands for `tokio::sync::oneshot::Receiver`.
 */
export class OneshotReceiver<T> extends End implements Future<Result<T, "disconnected">> {
  #receiving: Operation<Result<T, "disconnected">> | null = null;
  #dropped = false;

  /** @internal Use `oneshot`. */
  constructor(key: HandleKey, id: number) {
    super(key, "oneshotRx", id);
  }

  /** Ready when the value is there, or will never be. */
  poll(cx: Context): Poll<Result<T, "disconnected">> {
    this.#receiving ??= receiving<T>(this);
    return this.#receiving.poll(cx);
  }

  /**
   * A future of the value that leaves the receiver alone where it is dropped: what `&mut rx` is in a Rust `select!`.
   * Cancel safe.
   */
  recv(): Future<Result<T, "disconnected">> {
    return receiving<T>(this);
  }

  /** The value if it is there; never waits. */
  tryRecv(): Result<T, "empty" | "disconnected"> {
    const reply = kernelCall(CALLS.oneshotRecv, idAs(this, "oneshotRx"), 0, "u", 0);
    return status() === STATUS.empty ? err("empty") : readReceived<T>(reply, status());
  }

  /** Gives the receiver up: the sender learns that nobody waits for its value. */
  override drop(): void {
    this.#receiving?.drop();
    this.#dropped = true;
    super.drop();
  }

  /** Drops the receiver at the end of a block, unless it was dropped before. */
  override [Symbol.dispose](): void {
    if (!this.#dropped) this.drop();
  }

  /** What `yield*` uses. */
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

/** A channel for one value, such as the answer to a request. Stands for `tokio::sync::oneshot::channel`. */
export function oneshot<T>(): [OneshotSender<T>, OneshotReceiver<T>] {
  const sender = kernelCall(CALLS.oneshotNew) as number;
  return [new OneshotSender<T>(KEY, sender), new OneshotReceiver<T>(KEY, sender + 1)];
}
