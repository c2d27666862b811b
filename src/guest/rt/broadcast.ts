import { CALLS, STATUS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { type Encoded, kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { wholeNumber } from "../core/whole-number.ts";
import { End } from "./end.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";

/**
 * A receiver was too slow: this many values were given up before it came for them.
 * @rust tokio::sync::broadcast::error::RecvError::Lagged
 */
export interface Lagged {
  /** How many. */
  readonly lagged: number;
}

/**
 * The sending end of a broadcast; `clone` it for further tasks.
 * @rust tokio::sync::broadcast::Sender
 * @example
 * ```ts
 * import { broadcast } from "rt/sync";
 * const [tx, first] = broadcast<string>(8);
 * const second = tx.subscribe();
 * const sent = tx.send("hello");
 * console.log(sent.ok ? sent.value : sent.error); // 2
 * first.drop();
 * console.log(tx.receiverCount()); // 1
 * second.drop();
 * const lost = tx.send("anyone there?");
 * console.log(lost.ok ? lost.value : lost.error); // disconnected
 * ```
 */
export class BroadcastSender<T> extends End {
  /** @internal Use `broadcast`. */
  constructor(key: HandleKey, id: number) {
    super(key, "broadcastTx", id);
  }

  /**
   * Sends a copy of `value` to every receiver; never waits for slow ones. How many receivers there are to see
   * it; `"disconnected"` where there is none: then the value is gone.
   * @rust tokio::sync::broadcast::Sender::send
   */
  send(value: T): Result<number, "disconnected"> {
    const reply = kernelCall(CALLS.broadcastSend, idAs(this, "broadcastTx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(reply as number) : err("disconnected");
  }

  /**
   * A new receiver: it gets what is sent from now on.
   * @rust tokio::sync::broadcast::Sender::subscribe
   */
  subscribe(): BroadcastReceiver<T> {
    return subscribe<T>(idAs(this, "broadcastTx"));
  }

  /**
   * How many receivers there are.
   * @rust tokio::sync::broadcast::Sender::receiver_count
   */
  receiverCount(): number {
    return kernelCall(CALLS.broadcastCount, idAs(this, "broadcastTx")) as number;
  }

  /**
   * A second sender of the same broadcast.
   * @rust tokio::sync::broadcast::Sender::clone
   */
  clone(): BroadcastSender<T> {
    const id = kernelCall(CALLS.broadcastSubscribe, idAs(this, "broadcastTx"), 0, 1) as number;
    return new BroadcastSender<T>(KEY, id);
  }
}

/**
 * A receiving end of a broadcast: each gets every value.
 * @rust tokio::sync::broadcast::Receiver
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { broadcast } from "rt/sync";
 * function* main(): Async<void> {
 *   const [tx, rx] = broadcast<number>(8);
 *   tx.send(1);
 *   const late = rx.resubscribe();
 *   tx.send(2);
 *   tx.drop();
 *   for (const each of [rx, late])
 *     for (let got = yield* each.recv(); got.ok; got = yield* each.recv())
 *       console.log(got.value); // 1, 2, 2
 * }
 * blockOn(main());
 * ```
 */
export class BroadcastReceiver<T> extends End {
  /** @internal Use `broadcast`, or `subscribe`. */
  constructor(key: HandleKey, id: number) {
    super(key, "broadcastRx", id);
  }

  /**
   * The next value. An error of `{ lagged }` says how many values were missed, once; the next call goes on
   * with the oldest that is kept. `"disconnected"` when every sender has gone and every value was received.
   * @rust tokio::sync::broadcast::Receiver::recv
   * @cancel Safe: dropped before it was ready, no value was taken and none is skipped.
   */
  recv(): Future<Result<T, "disconnected" | Lagged>> {
    return new Operation({
      call: CALLS.broadcastRecv,
      a: idAs(this, "broadcastRx"),
      read: readReceived<T>,
      held: [this],
    });
  }

  /**
   * The next value if one is there; never waits.
   * @rust tokio::sync::broadcast::Receiver::try_recv
   */
  tryRecv(): Result<T, "empty" | "disconnected" | Lagged> {
    const reply = kernelCall(CALLS.broadcastRecv, idAs(this, "broadcastRx"), 0, "u", 0);
    return status() === STATUS.empty ? err("empty") : readReceived<T>(reply, status());
  }

  /**
   * A second receiver, which gets what is sent from now on.
   * @rust tokio::sync::broadcast::Receiver::resubscribe
   */
  resubscribe(): BroadcastReceiver<T> {
    return subscribe<T>(idAs(this, "broadcastRx"));
  }
}

function subscribe<T>(end: number): BroadcastReceiver<T> {
  return new BroadcastReceiver<T>(KEY, kernelCall(CALLS.broadcastSubscribe, end) as number);
}

function readReceived<T>(reply: Encoded, ended: number): Result<T, "disconnected" | Lagged> {
  if (ended === STATUS.ok) return ok(decode(reply) as T);
  return err(ended === STATUS.lagged ? { lagged: reply as number } : "disconnected");
}

reviveWith("broadcastTx", (id) => new BroadcastSender(KEY, id));
reviveWith("broadcastRx", (id) => new BroadcastReceiver(KEY, id));

/**
 * A channel whose every receiver gets every value. The last `capacity` values are kept: a receiver that falls
 * further behind misses the oldest, and is told.
 * @throws RangeError where `capacity` is no whole number from 1.
 * @rust tokio::sync::broadcast::channel
 * @differs Keeps as many as it says; tokio rounds the capacity up to a power of two.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { broadcast } from "rt/sync";
 * function* main(): Async<void> {
 *   const [tx, rx] = broadcast<number>(2);
 *   for (const n of [1, 2, 3, 4]) tx.send(n);
 *   const missed = yield* rx.recv();
 *   console.log(missed.ok ? missed.value : missed.error); // { lagged: 2 }
 *   const got = yield* rx.recv();
 *   console.log(got.ok ? got.value : got.error); // 3
 * }
 * blockOn(main());
 * ```
 */
export function broadcast<T>(capacity: number): [BroadcastSender<T>, BroadcastReceiver<T>] {
  const kept = wholeNumber(capacity, 1, "broadcast(capacity)");
  const sender = kernelCall(CALLS.broadcastNew, kept) as number;
  return [new BroadcastSender<T>(KEY, sender), new BroadcastReceiver<T>(KEY, sender + 1)];
}
