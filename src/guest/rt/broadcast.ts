import { CALLS, STATUS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { type Encoded, kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { wholeNumber } from "../core/whole-number.ts";
import { End } from "./end.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";

/** A receiver was too slow: this many values were given up before it came for them. Stands for `RecvError::Lagged`. */
export interface Lagged {
  readonly lagged: number;
}

/** The sending end of a broadcast; `clone` it for further tasks. Stands for `tokio::sync::broadcast::Sender`. */
export class BroadcastSender<T> extends End {
  /** @internal Use `broadcast`. */
  constructor(key: HandleKey, id: number) {
    super(key, "broadcastTx", id);
  }

  /**
   * Sends a copy of `value` to every receiver; never waits for slow ones. How many receivers there are to see it;
   * `"disconnected"` where there is none: then the value is gone.
   */
  send(value: T): Result<number, "disconnected"> {
    const reply = kernelCall(CALLS.broadcastSend, idAs(this, "broadcastTx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(reply as number) : err("disconnected");
  }

  /** A new receiver: it gets what is sent from now on. */
  subscribe(): BroadcastReceiver<T> {
    return subscribe<T>(idAs(this, "broadcastTx"));
  }

  /** How many receivers there are. */
  receiverCount(): number {
    return kernelCall(CALLS.broadcastCount, idAs(this, "broadcastTx")) as number;
  }

  /** A second sender of the same broadcast. */
  clone(): BroadcastSender<T> {
    const id = kernelCall(CALLS.broadcastSubscribe, idAs(this, "broadcastTx"), 0, 1) as number;
    return new BroadcastSender<T>(KEY, id);
  }
}

/** A receiving end of a broadcast: each gets every value. Stands for `tokio::sync::broadcast::Receiver`. */
export class BroadcastReceiver<T> extends End {
  /** @internal Use `broadcast`, or `subscribe`. */
  constructor(key: HandleKey, id: number) {
    super(key, "broadcastRx", id);
  }

  /**
   * The next value. An error of `{ lagged }` says how many values were missed, once; the next call goes on with the
   * oldest that is kept. `"disconnected"` when every sender has gone and every value was received. Cancel safe.
   */
  recv(): Future<Result<T, "disconnected" | Lagged>> {
    return new Operation({
      call: CALLS.broadcastRecv,
      a: idAs(this, "broadcastRx"),
      read: readReceived<T>,
      held: [this],
    });
  }

  /** The next value if one is there; never waits. */
  tryRecv(): Result<T, "empty" | "disconnected" | Lagged> {
    const reply = kernelCall(CALLS.broadcastRecv, idAs(this, "broadcastRx"), 0, "u", 0);
    return status() === STATUS.empty ? err("empty") : readReceived<T>(reply, status());
  }

  /** A second receiver, which gets what is sent from now on. */
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
 * A channel whose every receiver gets every value. The last `capacity` values are kept: a receiver that falls further
 * behind misses the oldest, and is told. Stands for `tokio::sync::broadcast::channel`, which may keep more, as it
 * rounds the capacity up to a power of two.
 * @throws RangeError where `capacity` is no whole number from 1.
 */
export function broadcast<T>(capacity: number): [BroadcastSender<T>, BroadcastReceiver<T>] {
  const kept = wholeNumber(capacity, 1, "broadcast(capacity)");
  const sender = kernelCall(CALLS.broadcastNew, kept) as number;
  return [new BroadcastSender<T>(KEY, sender), new BroadcastReceiver<T>(KEY, sender + 1)];
}
