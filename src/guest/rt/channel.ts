import { CALLS, STATUS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { End } from "./end.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";

/** The sending end of a bounded channel; `clone` it for further tasks. Stands for `tokio::sync::mpsc::Sender`. */
export class Sender<T> extends End {
  /** @internal Use `channel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "asyncTx", id);
  }

  /**
   * Puts a copy of `value` into the channel as soon as there is room; senders that wait are served in order.
   * `"disconnected"` where the receiver has gone. Cancel safe, but dropping it drops the value and the place in line.
   */
  send(value: T): Future<Result<void, "disconnected">> {
    return new Operation({
      call: CALLS.send,
      a: idAs(this, "asyncTx"),
      payload: () => encode(value, "value"),
      read: (_reply, ended) => (ended === STATUS.ok ? ok(undefined) : err("disconnected")),
      held: [this, value],
    });
  }

  /** Puts a copy of `value` into the channel if there is room; never waits. */
  trySend(value: T): Result<void, "full" | "disconnected"> {
    kernelCall(CALLS.trySend, idAs(this, "asyncTx"), 0, encode(value, "value"));
    if (status() === STATUS.ok) return ok(undefined);
    return err(status() === STATUS.full ? "full" : "disconnected");
  }

  /** Like `send`, for code that is no future: the thread waits. Stands for `blocking_send`. */
  blockingSend(value: T): Result<void, "disconnected"> {
    kernelCall(CALLS.send, idAs(this, "asyncTx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err("disconnected");
  }

  /** A second sender of the same channel. */
  clone(): Sender<T> {
    return new Sender<T>(KEY, kernelCall(CALLS.endpointClone, idAs(this, "asyncTx")) as number);
  }
}

/** The sending end of an unbounded channel. Stands for `tokio::sync::mpsc::UnboundedSender`. */
export class UnboundedSender<T> extends End {
  /** @internal Use `unboundedChannel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "unboundedTx", id);
  }

  /** Puts a copy of `value` into the channel; never waits. */
  send(value: T): Result<void, "disconnected"> {
    kernelCall(CALLS.send, idAs(this, "unboundedTx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err("disconnected");
  }

  /** A second sender of the same channel. */
  clone(): UnboundedSender<T> {
    return new UnboundedSender<T>(KEY, kernelCall(CALLS.endpointClone, idAs(this, "unboundedTx")) as number);
  }
}

/** The receiving end of a channel: there is one. Stands for `tokio::sync::mpsc::Receiver`. */
export class Receiver<T> extends End {
  /** @internal Use `channel` or `unboundedChannel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "asyncRx", id);
  }

  /**
   * The next value; `"disconnected"` when every sender has gone and the channel is empty. Cancel safe: no value is
   * taken before the future is ready.
   */
  recv(): Future<Result<T, "disconnected">> {
    return new Operation({
      call: CALLS.recv,
      a: idAs(this, "asyncRx"),
      read: (reply, ended) => (ended === STATUS.ok ? ok(decode(reply) as T) : err("disconnected")),
      held: [this],
    });
  }

  /** The next value if one is there; never waits. */
  tryRecv(): Result<T, "empty" | "disconnected"> {
    const reply = kernelCall(CALLS.tryRecv, idAs(this, "asyncRx"));
    if (status() === STATUS.ok) return ok(decode(reply) as T);
    return err(status() === STATUS.empty ? "empty" : "disconnected");
  }

  /** Like `recv`, for code that is no future: the thread waits. Stands for `blocking_recv`. */
  blockingRecv(): Result<T, "disconnected"> {
    const reply = kernelCall(CALLS.recv, idAs(this, "asyncRx"));
    return status() === STATUS.ok ? ok(decode(reply) as T) : err("disconnected");
  }
}

reviveWith("asyncTx", (id) => new Sender(KEY, id));
reviveWith("unboundedTx", (id) => new UnboundedSender(KEY, id));
reviveWith("asyncRx", (id) => new Receiver(KEY, id));

/**
 * A bounded channel: `send` waits while `capacity` values are in it, which slows a fast sender down to its receiver.
 * Stands for `tokio::sync::mpsc::channel`.
 */
export function channel<T>(capacity: number): [Sender<T>, Receiver<T>] {
  if (!Number.isSafeInteger(capacity) || capacity < 1)
    throw new RangeError(`channel(capacity) needs a whole number from 1, got ${inspect(capacity)}`);
  const sender = kernelCall(CALLS.channelNew, capacity) as number;
  return [new Sender<T>(KEY, sender), new Receiver<T>(KEY, sender + 1)];
}

/** An unbounded channel: nothing slows a sender down. Stands for `tokio::sync::mpsc::unbounded_channel`. */
export function unboundedChannel<T>(): [UnboundedSender<T>, Receiver<T>] {
  const sender = kernelCall(CALLS.channelNew, -1) as number;
  return [new UnboundedSender<T>(KEY, sender), new Receiver<T>(KEY, sender + 1)];
}
