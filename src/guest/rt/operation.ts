import { CALLS, MAILBOX, STATUS } from "#abi";
import { HELD } from "../core/captures.ts";
import { type Encoded, kernelCall, mailbox, status } from "../core/kernel.ts";
import { type Context, wakerOf } from "./context.ts";
import { Future } from "./future.ts";
import { begun, made } from "./generators.ts";
import { Poll, polledAgain } from "./polling.ts";

/** A kernel call to be made as an operation. */
export interface Request<T> {
  readonly call: (typeof CALLS)[keyof typeof CALLS];
  readonly a?: number;
  readonly b?: number;
  /** Encoded when the operation is started. */
  readonly payload?: () => Encoded;
  readonly c?: number;
  /** Turns the reply, and how the call ended (a number of STATUS), into the future's value. */
  readonly read: (reply: Encoded, status: number) => T;
  /** Handles that the future uses: a task that it is spawned in takes them along. */
  readonly held?: readonly unknown[];
}

/**
 * A future that is one kernel call: started at the first poll, asked about at later ones, given up when it is dropped.
 * It takes effect in the poll that is ready, so dropping it before loses nothing.
 */
export class Operation<T> extends Future<T> {
  readonly #request: Request<T>;
  readonly #token = made();
  /** 0: not started; -1: over. */
  #number = 0;

  constructor(request: Request<T>) {
    super();
    this.#request = request;
  }

  override poll(cx: Context): Poll<T> {
    const { call, a = 0, b = 0, payload, c, read } = this.#request;
    if (this.#number < 0) return polledAgain();
    if (this.#number === 0) begun(this.#token);
    const encoded = this.#number === 0 && payload !== undefined ? payload() : "u";
    mailbox[MAILBOX.waker] = wakerOf(cx);
    const reply =
      this.#number > 0
        ? kernelCall(CALLS.operationPoll, this.#number)
        : kernelCall(call, a, b, encoded, c ?? Infinity);
    mailbox[MAILBOX.waker] = 0;
    const ended = status();
    if (ended === STATUS.forgotten) {
      // It has not taken effect, so it can be started again, for whoever asks now.
      this.#number = 0;
      return this.poll(cx);
    }
    if (ended === STATUS.pending) {
      this.#number = reply as number;
      return Poll.pending;
    }
    this.#number = -1;
    return { ready: true, value: read(reply, ended) };
  }

  override drop(): void {
    begun(this.#token);
    if (this.#number > 0) kernelCall(CALLS.operationDrop, this.#number);
    this.#number = -1;
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return this.#request.held ?? [];
  }
}
