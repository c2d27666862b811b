import { CALLS } from "#abi";
import { encode } from "../core/codec.ts";
import {
  Handle,
  type HandleKey,
  idAs,
  idOf,
  idOfEndpoint,
  isEndpoint,
  isHandle,
  KEY,
  reviveWith,
} from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";

/** Anything with the number of a thread: what `current()` and `JoinHandle.thread` give. */
interface ThreadLike {
  readonly id: number;
  unpark(): void;
}

interface SenderLike<T> {
  send(value: T): unknown;
}

/**
 * Tells an executor that a future is worth polling again. A waker may be kept, cloned, sent to another
 * thread, and woken from anywhere, any number of times.
 * @rust std::task::Waker
 * @differs Waking a task that has ended is a warning: a future that is dropped should have taken its waker
 * back.
 * @example
 * ```ts
 * import { blockOn, type Context, Future, Poll } from "rt";
 * import { sleep, spawn } from "std/thread";
 * class Signal extends Future<string> {
 *   #isBegun = false;
 *   override poll({ waker }: Context): Poll<string> {
 *     if (this.#isBegun) return Poll.ready("woken");
 *     this.#isBegun = true;
 *     spawn(() => { sleep(10); waker.wake(); });
 *     return Poll.pending;
 *   }
 * }
 * console.log(blockOn(new Signal())); // woken
 * ```
 */
export class Waker extends Handle {
  /** @internal Wakers come with a `Context`, or from `Waker.from`. */
  constructor(key: HandleKey, id: number) {
    super(key, "waker", id);
  }

  /**
   * A waker that unparks `thread`: what a `blockOn` of your own is made of.
   * @throws TypeError where it is given neither a thread nor a sender.
   * @rust std::task::Wake
   * @example
   * ```ts
   * import { Context, Waker } from "rt";
   * import { sleep } from "rt/time";
   * import { current, park } from "std/thread";
   * const cx = new Context(Waker.from(current()));
   * const future = sleep(5);
   * let polls = 1;
   * for (; !future.poll(cx).ready; polls++) park();
   * console.log(polls); // 2
   * ```
   */
  static from(thread: ThreadLike): Waker;
  /**
   * A waker that sends `value`: what an executor of your own is made of, where `value` names the task.
   * @throws TypeError where it is given neither a thread nor a sender.
   * @rust std::task::Wake
   * @example
   * ```ts
   * import { Context, Waker } from "rt";
   * import { sleep } from "rt/time";
   * import { channel } from "std/sync";
   * const [tx, rx] = channel<string>();
   * const naps = new Map([["long", sleep(9)], ["short", sleep(5)]]);
   * for (const name of naps.keys()) tx.send(name);
   * while (naps.size > 0) {
   *   const woken = rx.recv();
   *   const name = woken.ok ? woken.value : "";
   *   if (!naps.get(name)?.poll(new Context(Waker.from(tx, name))).ready) continue;
   *   console.log(name); // short, long
   *   naps.delete(name);
   * }
   * ```
   */
  static from<T>(sender: SenderLike<T>, value: T): Waker;
  static from(target: ThreadLike | SenderLike<unknown>, value?: unknown): Waker {
    if (isHandle(target) && isEndpoint(target))
      return new Waker(
        KEY,
        kernelCall(CALLS.wakerNew, idOfEndpoint(target), 1, encode(value, "value")) as number,
      );
    if (typeof target !== "object" || target === null || !("unpark" in target))
      throw new TypeError("Waker.from needs a thread, as `current()` gives it, or a sender and a value.");
    return new Waker(KEY, kernelCall(CALLS.wakerNew, target.id) as number);
  }

  /**
   * Lets the task be polled again; nothing more happens where it is woken already. Never waits.
   * @rust std::task::Waker::wake_by_ref
   */
  wake(): void {
    kernelCall(CALLS.wake, idAs(this, "waker"));
  }

  /**
   * A waker for the same task.
   * @rust std::task::Waker::clone
   */
  clone(): Waker {
    return new Waker(KEY, idAs(this, "waker"));
  }

  /**
   * Whether both wake the same task: where this holds, a stored waker need not be replaced.
   * @rust std::task::Waker::will_wake
   * @differs Exact; Rust's may say no for two wakers of one task.
   */
  willWake(other: Waker): boolean {
    return idAs(this, "waker") === idAs(other, "waker");
  }
}

reviveWith("waker", (id) => new Waker(KEY, id));

/**
 * What a future is polled with: the waker of the task that asks.
 * @rust std::task::Context
 * @example
 * ```ts
 * import { Context, Waker } from "rt";
 * import { sleep } from "rt/time";
 * import { current, park } from "std/thread";
 * const cx = new Context(Waker.from(current()));
 * const nap = sleep(5);
 * console.log(nap.poll(cx).ready); // false
 * park();
 * console.log(nap.poll(cx).ready); // true
 * ```
 */
export class Context {
  /**
   * Wakes the task that polls. Keep the latest one: a future may move to another task between two polls.
   * @rust std::task::Context::waker
   */
  readonly waker: Waker;

  /**
   * A context for polling by hand.
   * @throws TypeError where `waker` is no waker.
   * @rust std::task::Context::from_waker
   */
  constructor(waker: Waker) {
    if (!(waker instanceof Waker))
      throw new TypeError("A Context needs a Waker: `new Context(Waker.from(current()))`.");
    this.waker = waker;
  }
}

/** The waker's number, for kernel calls that wake it. */
export function wakerOf(cx: Context): number {
  return idOf(cx.waker);
}
