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
 * Tells an executor that a future is worth polling again. A waker may be kept, cloned, sent to another thread, and
 * woken from anywhere, any number of times. Stands for `std::task::Waker`.
 */
export class Waker extends Handle {
  /** @internal Wakers come with a `Context`, or from `Waker.from`. */
  constructor(key: HandleKey, id: number) {
    super(key, "waker", id);
  }

  /** A waker that unparks `thread`: what a `blockOn` of your own is made of. */
  static from(thread: ThreadLike): Waker;
  /** A waker that sends `value`: what an executor of your own is made of, where `value` names the task. */
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

  /** Lets the task be polled again; nothing more happens where it is woken already. */
  wake(): void {
    kernelCall(CALLS.wake, idAs(this, "waker"));
  }

  /** A waker for the same task. */
  clone(): Waker {
    return new Waker(KEY, idAs(this, "waker"));
  }

  /** Whether both wake the same task: where this holds, a stored waker need not be replaced. */
  willWake(other: Waker): boolean {
    return idAs(this, "waker") === idAs(other, "waker");
  }
}

reviveWith("waker", (id) => new Waker(KEY, id));

/** What a future is polled with: the waker of the task that asks. Stands for `std::task::Context`. */
export class Context {
  /** Wakes the task that polls. Keep the latest one: a future may move to another task between two polls. */
  readonly waker: Waker;

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
