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
  /**
   * Gives this end up. When the last sender goes, the receiver learns that nothing more will come; when the receiver
   * goes, senders do.
   * @rust std::mem::drop
   * @differs Rust drops what goes out of scope. Here a `using` does that, or the end of the thread that owns it.
   */
  drop(): void {
    kernelCall(CALLS.endpointDrop, idOfEndpoint(this));
  }

  /** At the end of a `using` block: drops this end. */
  [Symbol.dispose](): void {
    this.drop();
  }
}

/**
 * The sending end of an unbounded channel; `clone` it for further threads.
 * @rust std::sync::mpsc::Sender
 * @example
 * ```ts
 * import { channel } from "std/sync";
 * import { spawn } from "std/thread";
 * const [tx, rx] = channel<string>();
 * const second = tx.clone();
 * spawn(() => tx.send("from one"));
 * spawn(() => second.send("from the other"));
 * for (const text of rx) console.log(text); // from one, from the other
 * ```
 */
export class Sender<T> extends Endpoint {
  /** @internal Use `channel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "tx", id);
  }

  /**
   * Puts a copy of `value` into the channel; never waits. `"disconnected"` where the receiver is gone.
   * @rust std::sync::mpsc::Sender::send
   * @differs Rust hands the value back with the error; here the sender still has what it sent a copy of.
   */
  send(value: T): Result<void, "disconnected"> {
    kernelCall(CALLS.send, idAs(this, "tx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err("disconnected");
  }

  /**
   * A second sender of the same channel. The channel is connected as long as one of them is there.
   * @rust std::sync::mpsc::Sender::clone
   */
  clone(): Sender<T> {
    return new Sender<T>(KEY, kernelCall(CALLS.endpointClone, idAs(this, "tx")) as number);
  }
}

/**
 * The sending end of a bounded channel; `clone` it for further threads.
 * @rust std::sync::mpsc::SyncSender
 * @example
 * ```ts
 * import { syncChannel } from "std/sync";
 * const [tx, rx] = syncChannel<number>(1);
 * console.log(tx.trySend(1).ok); // true
 * const second = tx.trySend(2);
 * console.log(second.ok ? "sent" : second.error); // full
 * rx.drop();
 * const third = tx.send(3);
 * console.log(third.ok ? "sent" : third.error); // disconnected
 * ```
 */
export class SyncSender<T> extends Endpoint {
  /** @internal Use `syncChannel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "stx", id);
  }

  /**
   * Puts a copy of `value` into the channel; waits while it is full. `"disconnected"` where the receiver is gone.
   * @rust std::sync::mpsc::SyncSender::send
   */
  send(value: T): Result<void, "disconnected"> {
    kernelCall(CALLS.send, idAs(this, "stx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err("disconnected");
  }

  /**
   * Puts a copy of `value` into the channel if there is room; never waits.
   * @rust std::sync::mpsc::SyncSender::try_send
   */
  trySend(value: T): Result<void, "full" | "disconnected"> {
    kernelCall(CALLS.trySend, idAs(this, "stx"), 0, encode(value, "value"));
    if (status() === STATUS.ok) return ok(undefined);
    return err(status() === STATUS.full ? "full" : "disconnected");
  }

  /**
   * A second sender of the same channel. The channel is connected as long as one of them is there.
   * @rust std::sync::mpsc::SyncSender::clone
   */
  clone(): SyncSender<T> {
    return new SyncSender<T>(KEY, kernelCall(CALLS.endpointClone, idAs(this, "stx")) as number);
  }
}

/**
 * The receiving end of a channel; there is one, and one thread uses it.
 * @rust std::sync::mpsc::Receiver
 * @example
 * ```ts
 * import { channel } from "std/sync";
 * import { sleep, spawn } from "std/thread";
 * const [tx, rx] = channel<number>();
 * spawn(() => {
 *   sleep(30);
 *   tx.send(7);
 * });
 * console.log(rx.tryRecv().ok); // false
 * const early = rx.recvTimeout(20);
 * console.log(early.ok ? early.value : early.error); // timeout
 * for (const n of rx) console.log(n); // 7
 * console.log(rx.recv().ok); // false
 * ```
 */
export class Receiver<T> extends Endpoint {
  /** @internal Use `channel` or `syncChannel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "rx", id);
  }

  /**
   * Waits for the next value; `"disconnected"` once the channel is empty and every sender is gone.
   * @rust std::sync::mpsc::Receiver::recv
   */
  recv(): Result<T, "disconnected"> {
    const reply = kernelCall(CALLS.recv, idAs(this, "rx"));
    return status() === STATUS.ok ? ok(decode(reply) as T) : err("disconnected");
  }

  /**
   * Waits for the next value, at most `ms` milliseconds.
   * @throws RangeError where `ms` is no number from 0.
   * @rust std::sync::mpsc::Receiver::recv_timeout
   */
  recvTimeout(ms: number): Result<T, "timeout" | "disconnected"> {
    const reply = kernelCall(CALLS.recvTimeout, idAs(this, "rx"), toNs(ms, "recvTimeout(ms)"));
    if (status() === STATUS.ok) return ok(decode(reply) as T);
    return err(status() === STATUS.timeout ? "timeout" : "disconnected");
  }

  /**
   * The next value if one is there; never waits.
   * @rust std::sync::mpsc::Receiver::try_recv
   */
  tryRecv(): Result<T, "empty" | "disconnected"> {
    const reply = kernelCall(CALLS.tryRecv, idAs(this, "rx"));
    if (status() === STATUS.ok) return ok(decode(reply) as T);
    return err(status() === STATUS.empty ? "empty" : "disconnected");
  }

  /**
   * Every value until the channel is disconnected: `for (const value of rx) { … }`. Waits for each.
   * @rust std::sync::mpsc::Receiver::iter
   */
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

/**
 * An unbounded channel: any number of senders, one receiver. Values arrive in the order in which they were sent.
 * @rust std::sync::mpsc::channel
 * @example
 * ```ts
 * import { channel } from "std/sync";
 * import { spawn } from "std/thread";
 * const [tx, rx] = channel<number>();
 * spawn(() => {
 *   for (const n of [1, 2, 3]) tx.send(n * n);
 * });
 * for (const square of rx) console.log(square); // 1, 4, 9
 * console.log("the sender went with its thread"); // the sender went with its thread
 * ```
 */
export function channel<T>(): [Sender<T>, Receiver<T>] {
  const sender = kernelCall(CALLS.channelNew, -1) as number;
  return [new Sender<T>(KEY, sender), new Receiver<T>(KEY, sender + 1)];
}

/**
 * A bounded channel: `send` waits while `capacity` values are in it; 0 makes every send wait for its receiver.
 * @throws RangeError where `capacity` is no whole number from 0.
 * @rust std::sync::mpsc::sync_channel
 * @example
 * ```ts
 * import { syncChannel } from "std/sync";
 * import { sleep, spawn } from "std/thread";
 * import { Instant } from "std/time";
 * const start = Instant.now();
 * const [tx, rx] = syncChannel<string>(1);
 * spawn(() => {
 *   sleep(100);
 *   while (rx.recv().ok) sleep(1);
 * });
 * tx.send("first");
 * console.log(start.elapsed()); // 0
 * tx.send("second");
 * console.log(start.elapsed()); // 100
 * ```
 */
export function syncChannel<T>(capacity: number): [SyncSender<T>, Receiver<T>] {
  if (!Number.isSafeInteger(capacity) || capacity < 0) {
    const got = typeof capacity === "string" ? JSON.stringify(capacity) : inspect(capacity);
    throw new RangeError(`syncChannel(capacity) needs a whole number from 0, got ${got}`);
  }
  const sender = kernelCall(CALLS.channelNew, capacity) as number;
  return [new SyncSender<T>(KEY, sender), new Receiver<T>(KEY, sender + 1)];
}
