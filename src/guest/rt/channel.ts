import { CALLS, STATUS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { End } from "./end.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";

/**
 * The sending end of a bounded channel; `clone` it for further tasks.
 * @rust tokio::sync::mpsc::Sender
 * @differs What is sent is a copy, so an error has no value to hand back.
 * @example
 * ```ts
 * import { type Async, blockOn, spawn } from "rt";
 * import { channel, type Sender } from "rt/sync";
 * function* produce(tx: Sender<number>): Async<void> {
 *   for (const n of [1, 2, 3]) yield* tx.send(n);
 * }
 * function* main(): Async<void> {
 *   const [tx, rx] = channel<number>(1);
 *   spawn(produce(tx.clone()));
 *   spawn(produce(tx));
 *   let sum = 0;
 *   for (let got = yield* rx.recv(); got.ok; got = yield* rx.recv()) sum += got.value;
 *   console.log(sum); // 12
 * }
 * blockOn(main());
 * ```
 */
export class Sender<T> extends End {
  /** @internal Use `channel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "asyncTx", id);
  }

  /**
   * Puts a copy of `value` into the channel as soon as there is room; senders that wait are served in order.
   * `"disconnected"` where the receiver has gone.
   * @rust tokio::sync::mpsc::Sender::send
   * @cancel Safe: dropped before it was ready, nothing was sent. The place in line is lost.
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

  /**
   * Puts a copy of `value` into the channel if there is room; never waits.
   * @rust tokio::sync::mpsc::Sender::try_send
   */
  trySend(value: T): Result<void, "full" | "disconnected"> {
    kernelCall(CALLS.trySend, idAs(this, "asyncTx"), 0, encode(value, "value"));
    if (status() === STATUS.ok) return ok(undefined);
    return err(status() === STATUS.full ? "full" : "disconnected");
  }

  /**
   * Like `send`, for code that is no future: the thread waits.
   * @rust tokio::sync::mpsc::Sender::blocking_send
   * @differs Called in a task it holds its thread, and all tasks there; tokio panics.
   */
  blockingSend(value: T): Result<void, "disconnected"> {
    kernelCall(CALLS.send, idAs(this, "asyncTx"), 1, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err("disconnected");
  }

  /**
   * A second sender of the same channel. The channel is connected as long as one of them is there.
   * @rust tokio::sync::mpsc::Sender::clone
   */
  clone(): Sender<T> {
    return new Sender<T>(KEY, kernelCall(CALLS.endpointClone, idAs(this, "asyncTx")) as number);
  }
}

/**
 * The sending end of an unbounded channel; `clone` it for further tasks.
 * @rust tokio::sync::mpsc::UnboundedSender
 * @differs What is sent is a copy, so an error has no value to hand back.
 * @example
 * ```ts
 * import { unboundedChannel } from "rt/sync";
 * const [tx, rx] = unboundedChannel<number>();
 * const second = tx.clone();
 * console.log(tx.send(1).ok, second.send(2).ok); // true true
 * rx.drop();
 * const sent = tx.send(3);
 * console.log(sent.ok ? "sent" : sent.error); // disconnected
 * ```
 */
export class UnboundedSender<T> extends End {
  /** @internal Use `unboundedChannel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "unboundedTx", id);
  }

  /**
   * Puts a copy of `value` into the channel; never waits. `"disconnected"` where the receiver has gone.
   * @rust tokio::sync::mpsc::UnboundedSender::send
   */
  send(value: T): Result<void, "disconnected"> {
    kernelCall(CALLS.send, idAs(this, "unboundedTx"), 0, encode(value, "value"));
    return status() === STATUS.ok ? ok(undefined) : err("disconnected");
  }

  /**
   * A second sender of the same channel. The channel is connected as long as one of them is there.
   * @rust tokio::sync::mpsc::UnboundedSender::clone
   */
  clone(): UnboundedSender<T> {
    return new UnboundedSender<T>(KEY, kernelCall(CALLS.endpointClone, idAs(this, "unboundedTx")) as number);
  }
}

/**
 * The receiving end of a channel, bounded or not: there is one, and one task uses it.
 * @rust tokio::sync::mpsc::Receiver
 * @differs It is tokio's `UnboundedReceiver`, too.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { channel } from "rt/sync";
 * import { timeout } from "rt/time";
 * function* main(): Async<void> {
 *   const [tx, rx] = channel<string>(2);
 *   console.log((yield* timeout(5, rx.recv())).ok); // false
 *   yield* tx.send("kept");
 *   tx.drop();
 *   for (let got = yield* rx.recv(); got.ok; got = yield* rx.recv()) console.log(got.value); // kept
 *   const end = rx.tryRecv();
 *   console.log(end.ok ? end.value : end.error); // disconnected
 * }
 * blockOn(main());
 * ```
 */
export class Receiver<T> extends End {
  /** @internal Use `channel` or `unboundedChannel`. */
  constructor(key: HandleKey, id: number) {
    super(key, "asyncRx", id);
  }

  /**
   * The next value; `"disconnected"` when every sender has gone and the channel is empty.
   * @rust tokio::sync::mpsc::Receiver::recv
   * @cancel Safe: dropped before it was ready, no value was taken.
   */
  recv(): Future<Result<T, "disconnected">> {
    return new Operation({
      call: CALLS.recv,
      a: idAs(this, "asyncRx"),
      read: (reply, ended) => (ended === STATUS.ok ? ok(decode(reply) as T) : err("disconnected")),
      held: [this],
    });
  }

  /**
   * The next value if one is there; never waits.
   * @rust tokio::sync::mpsc::Receiver::try_recv
   */
  tryRecv(): Result<T, "empty" | "disconnected"> {
    const reply = kernelCall(CALLS.tryRecv, idAs(this, "asyncRx"));
    if (status() === STATUS.ok) return ok(decode(reply) as T);
    return err(status() === STATUS.empty ? "empty" : "disconnected");
  }

  /**
   * Like `recv`, for code that is no future: the thread waits.
   * @rust tokio::sync::mpsc::Receiver::blocking_recv
   * @differs Called in a task it holds its thread, and all tasks there; tokio panics.
   */
  blockingRecv(): Result<T, "disconnected"> {
    const reply = kernelCall(CALLS.recv, idAs(this, "asyncRx"));
    return status() === STATUS.ok ? ok(decode(reply) as T) : err("disconnected");
  }
}

reviveWith("asyncTx", (id) => new Sender(KEY, id));
reviveWith("unboundedTx", (id) => new UnboundedSender(KEY, id));
reviveWith("asyncRx", (id) => new Receiver(KEY, id));

/**
 * A bounded channel: `send` waits while `capacity` values are in it, which slows a fast sender down to its
 * receiver.
 * @throws RangeError where `capacity` is no whole number from 1.
 * @rust tokio::sync::mpsc::channel
 * @example
 * ```ts
 * import { type Async, blockOn, spawn } from "rt";
 * import { channel, type Sender } from "rt/sync";
 * import { Instant, sleep } from "rt/time";
 * function* produce(tx: Sender<number>): Async<void> {
 *   const start = Instant.now();
 *   for (const n of [1, 2, 3]) { yield* tx.send(n); console.log(n, start.elapsed()); } // 1 0, 2 10, 3 20
 * }
 * function* main(): Async<void> {
 *   const [tx, rx] = channel<number>(1);
 *   spawn(produce(tx));
 *   do yield* sleep(10); while ((yield* rx.recv()).ok);
 * }
 * blockOn(main());
 * ```
 */
export function channel<T>(capacity: number): [Sender<T>, Receiver<T>] {
  if (!Number.isSafeInteger(capacity) || capacity < 1)
    throw new RangeError(`channel(capacity) needs a whole number from 1, got ${inspect(capacity)}`);
  const sender = kernelCall(CALLS.channelNew, capacity) as number;
  return [new Sender<T>(KEY, sender), new Receiver<T>(KEY, sender + 1)];
}

/**
 * An unbounded channel: nothing slows a sender down.
 * @rust tokio::sync::mpsc::unbounded_channel
 * @differs Its receiver is the same class as that of a bounded channel.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { unboundedChannel } from "rt/sync";
 * function* main(): Async<void> {
 *   const [tx, rx] = unboundedChannel<number>();
 *   for (let n = 1; n <= 100; n++) tx.send(n);
 *   tx.drop();
 *   let sum = 0;
 *   for (let got = yield* rx.recv(); got.ok; got = yield* rx.recv()) sum += got.value;
 *   console.log(sum); // 5050
 * }
 * blockOn(main());
 * ```
 */
export function unboundedChannel<T>(): [UnboundedSender<T>, Receiver<T>] {
  const sender = kernelCall(CALLS.channelNew, -1) as number;
  return [new UnboundedSender<T>(KEY, sender), new Receiver<T>(KEY, sender + 1)];
}
