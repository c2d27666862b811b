import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { toNs } from "../core/duration.ts";
import { Handle, type HandleKey, idAs, idOfEndpoint, KEY, reviveWith } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";

/** What every end of a channel can do: be dropped, by name or by `using`. */
abstract class Endpoint extends Handle {
  /** Gives this end up. When the last sender goes, the receiver learns that nothing more will come. */
  drop(): void {
    kernelCall(CALLS.endpointDrop, idOfEndpoint(this));
  }

  [Symbol.dispose](): void {
    this.drop();
  }
}

/** The sending end of an unbounded channel; `clone` it for further threads. Stands for `std::sync::mpsc::Sender`. */
export class Sender<T> extends Endpoint {
  /** @internal Use `channel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "tx", id);
  }

  /** Puts a copy of `value` into the channel; never waits. */
  send(value: T): Result<void, "disconnected"> {
    kernelCall(CALLS.send, idAs(this, "tx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err("disconnected");
  }

  /** A second sender of the same channel. */
  clone(): Sender<T> {
    return new Sender<T>(KEY, kernelCall(CALLS.endpointClone, idAs(this, "tx")) as number);
  }
}

/** The sending end of a bounded channel. Stands for `std::sync::mpsc::SyncSender`. */
export class SyncSender<T> extends Endpoint {
  /** @internal Use `syncChannel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "stx", id);
  }

  /** Puts a copy of `value` into the channel; waits while it is full. */
  send(value: T): Result<void, "disconnected"> {
    kernelCall(CALLS.send, idAs(this, "stx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err("disconnected");
  }

  /** Puts a copy of `value` into the channel if there is room; never waits. */
  trySend(value: T): Result<void, "full" | "disconnected"> {
    kernelCall(CALLS.trySend, idAs(this, "stx"), 0, encode(value, "value"));
    if (status() === STATUS.ok) return ok(undefined);
    return err(status() === STATUS.full ? "full" : "disconnected");
  }

  /** A second sender of the same channel. */
  clone(): SyncSender<T> {
    return new SyncSender<T>(KEY, kernelCall(CALLS.endpointClone, idAs(this, "stx")) as number);
  }
}

/** The receiving end of a channel; there is one, and one thread uses it. Stands for `std::sync::mpsc::Receiver`. */
export class Receiver<T> extends Endpoint {
  /** @internal Use `channel` or `syncChannel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "rx", id);
  }

  /** Waits for the next value; "disconnected" once the channel is empty and every sender is gone. */
  recv(): Result<T, "disconnected"> {
    const reply = kernelCall(CALLS.recv, idAs(this, "rx"));
    return status() === STATUS.ok ? ok(decode(reply) as T) : err("disconnected");
  }

  /** Waits for the next value, at most `ms` milliseconds. */
  recvTimeout(ms: number): Result<T, "timeout" | "disconnected"> {
    const reply = kernelCall(CALLS.recvTimeout, idAs(this, "rx"), toNs(ms, "recvTimeout(ms)"));
    if (status() === STATUS.ok) return ok(decode(reply) as T);
    return err(status() === STATUS.timeout ? "timeout" : "disconnected");
  }

  /** The next value if one is there; never waits. */
  tryRecv(): Result<T, "empty" | "disconnected"> {
    const reply = kernelCall(CALLS.tryRecv, idAs(this, "rx"));
    if (status() === STATUS.ok) return ok(decode(reply) as T);
    return err(status() === STATUS.empty ? "empty" : "disconnected");
  }

  /** Every value until the channel is disconnected: `for (const value of rx) { … }`. */
  [Symbol.iterator](): IterableIterator<T> {
    const next = (): IteratorResult<T> => {
      const received = this.recv();
      return received.ok ? { done: false, value: received.value } : { done: true, value: undefined };
    };
    return { next, [Symbol.iterator]: () => this[Symbol.iterator]() };
  }
}

reviveWith("tx", (id) => new Sender(KEY, id));
reviveWith("stx", (id) => new SyncSender(KEY, id));
reviveWith("rx", (id) => new Receiver(KEY, id));

/** An unbounded channel: any number of senders, one receiver. Stands for `std::sync::mpsc::channel`. */
export function channel<T>(): [Sender<T>, Receiver<T>] {
  const sender = kernelCall(CALLS.channelNew, -1) as number;
  return [new Sender<T>(KEY, sender), new Receiver<T>(KEY, sender + 1)];
}

/**
 * A bounded channel: `send` waits while `capacity` values are in it; 0 makes every send wait for its receiver.
 * Stands for `std::sync::mpsc::sync_channel`.
 */
export function syncChannel<T>(capacity: number): [SyncSender<T>, Receiver<T>] {
  if (!Number.isSafeInteger(capacity) || capacity < 0) {
    const got = typeof capacity === "string" ? JSON.stringify(capacity) : inspect(capacity);
    throw new RangeError(`syncChannel(capacity) needs a whole number from 0, got ${got}`);
  }
  const sender = kernelCall(CALLS.channelNew, capacity) as number;
  return [new SyncSender<T>(KEY, sender), new Receiver<T>(KEY, sender + 1)];
}
