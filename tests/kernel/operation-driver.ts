import { expect } from "vitest";
import { type Payload, STATUS } from "#abi";
import type { Call } from "./fake-guest.ts";

export interface Reply {
  readonly reply: Payload;
  readonly status: number;
}

export type Steps<T> = Generator<Call, T, Reply>;

/** What the slow, obvious version of a primitive says about the calls that wait for it. */
export interface Model {
  /** Whether call `i` could take effect now. */
  isReady(i: number): boolean;
  /** It takes effect: how it ends, and with which reply; a reply of undefined is not compared. */
  take(i: number): { readonly status: number; readonly reply?: Payload };
  /** It is given up before. */
  drop(i: number): void;
}

/** Starts calls as operations, each with a waker of its own, and compares what becomes of them with a model. */
export class OperationDriver {
  readonly #model: Model;
  /** The kernel's numbers of operations, null for those that are over. */
  readonly #numbers: (number | null)[] = [];
  readonly #signalled = new Set<number>();
  #wakers = { sender: 0, receiver: 0 };

  constructor(model: Model) {
    this.#model = model;
  }

  /** Which operations wait. */
  get pending(): readonly number[] {
    return this.#numbers.flatMap((number, i) => (number === null ? [] : i));
  }

  *begin(): Steps<void> {
    const { reply } = yield { call: "channelNew", a: -1 };
    this.#wakers = { sender: Number(reply), receiver: Number(reply) + 1 };
  }

  /** The number that the next operation has in the model. */
  get next(): number {
    return this.#numbers.length;
  }

  /** The model has been told of operation {@link next}. The reply where it took effect at once. */
  *start(call: Call): Steps<Payload | null> {
    const i = this.next;
    const waker = yield { call: "wakerNew", a: this.#wakers.sender, b: 1, payload: i };
    const { reply, status } = yield { ...call, waker: Number(waker.reply) };
    this.#numbers.push(status === STATUS.pending ? Number(reply) : null);
    return this.#compare(i, reply, status);
  }

  *poll(i: number): Steps<Payload | null> {
    const waker = yield { call: "wakerNew", a: this.#wakers.sender, b: 1, payload: i };
    const { reply, status } = yield {
      call: "operationPoll",
      a: this.#numbers[i] as number,
      waker: Number(waker.reply),
    };
    this.#signalled.delete(i);
    if (status !== STATUS.pending) this.#numbers[i] = null;
    return this.#compare(i, reply, status);
  }

  *drop(i: number): Steps<void> {
    yield { call: "operationDrop", a: this.#numbers[i] as number };
    this.#numbers[i] = null;
    this.#model.drop(i);
  }

  /** Those that have become ready since the last time were woken, once each, and no others. */
  *checkWoken(): Steps<void> {
    const woken: number[] = [];
    for (;;) {
      const { reply, status } = yield { call: "tryRecv", a: this.#wakers.receiver };
      if (status !== STATUS.ok) break;
      woken.push(Number(reply));
    }
    const due = this.pending.filter((i) => this.#model.isReady(i) && !this.#signalled.has(i));
    expect(woken.toSorted((a, b) => a - b)).toEqual(due);
    for (const i of due) this.#signalled.add(i);
  }

  #compare(i: number, reply: Payload, status: number): Payload | null {
    if (!this.#model.isReady(i)) {
      expect(status).toBe(STATUS.pending);
      return null;
    }
    const expected = this.#model.take(i);
    expect(status).toBe(expected.status);
    if (expected.reply !== undefined) expect(reply).toBe(expected.reply);
    return reply;
  }
}
