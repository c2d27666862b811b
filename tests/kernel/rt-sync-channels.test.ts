/** Random calls on what tasks wait for, against slow and obvious models of what tokio documents. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Payload, STATUS } from "#abi";
import { about, at, checkScript, LENGTH, RUNS } from "./deeds.ts";
import { type Model, OperationDriver } from "./operation-driver.ts";

class Watched implements Model {
  values = [0];
  isOver = false;
  /** How many values a receiver has seen, and which receiver an operation asks for. */
  readonly seen = new Map<number, number>();
  readonly receiverOf: number[] = [];

  hasChanged(receiver: number): boolean {
    return (this.seen.get(receiver) ?? 0) < this.values.length;
  }

  isReady(i: number): boolean {
    return this.isOver || this.hasChanged(this.receiverOf[i] as number);
  }

  take(i: number): { status: number } {
    const receiver = this.receiverOf[i] as number;
    const status = this.hasChanged(receiver) ? STATUS.ok : STATUS.disconnected;
    this.seen.set(receiver, this.values.length);
    return { status };
  }

  drop(): void {}
}

it("a watch tells each receiver of a change once, and shows the latest value", () => {
  const deeds = fc.array(
    about(
      "send",
      "send",
      "changed",
      "changed",
      "poll",
      "poll",
      "drop",
      "look",
      "see",
      "clone",
      "subscribe",
      "end",
    ),
    LENGTH,
  );
  fc.assert(
    fc.property(deeds, (script) => {
      checkScript(function* () {
        const model = new Watched();
        const driver = new OperationDriver(model);
        yield* driver.begin();
        const tx = Number((yield { call: "watchNew", payload: 0 }).reply);
        const receivers = [tx + 1];
        model.seen.set(tx + 1, 1);
        for (const [time, { kind, which }] of script.entries()) {
          const i = at(driver.pending, which);
          const rx = at(receivers, which) as number;
          const latest = model.values.at(-1);
          if (kind === "send" && !model.isOver) {
            yield { call: "watchSend", a: tx, payload: time };
            model.values.push(time);
          } else if (kind === "changed") {
            model.receiverOf[driver.next] = rx;
            yield* driver.start({ call: "watchChanged", a: rx });
          } else if (kind === "poll" && i !== undefined) yield* driver.poll(i);
          else if (kind === "drop" && i !== undefined) yield* driver.drop(i);
          else if (kind === "look") {
            expect((yield { call: "watchBorrow", a: rx }).reply).toBe(latest);
            const { reply, status } = yield { call: "watchChanged", a: rx, timeoutNs: 0 };
            expect(status).toBe(model.isOver ? STATUS.disconnected : STATUS.ok);
            if (!model.isOver) expect(reply).toBe(model.hasChanged(rx) ? 1 : 0);
          } else if (kind === "see") {
            expect((yield { call: "watchBorrow", a: rx, b: 1 }).reply).toBe(latest);
            model.seen.set(rx, model.values.length);
          } else if (kind === "clone" || (kind === "subscribe" && !model.isOver)) {
            const from = kind === "clone" ? rx : tx;
            const made = Number((yield { call: "watchSubscribe", a: from }).reply);
            receivers.push(made);
            model.seen.set(made, model.seen.get(from) ?? model.values.length);
          } else if (kind === "end" && which < 5 && !model.isOver) {
            yield { call: "endpointDrop", a: tx };
            model.isOver = true;
          }
          yield* driver.checkWoken();
        }
      });
    }),
    RUNS,
  );
});

/** Every value ever sent, and how far each receiver has come. */
class Broadcasted implements Model {
  readonly sent: number[] = [];
  isOver = false;
  readonly next = new Map<number, number>();
  readonly receiverOf: number[] = [];
  readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  hasMore(receiver: number): boolean {
    return (this.next.get(receiver) as number) < this.sent.length;
  }

  isReady(i: number): boolean {
    return this.isOver || this.hasMore(this.receiverOf[i] as number);
  }

  take(i: number): { status: number; reply: number } {
    return this.receive(this.receiverOf[i] as number);
  }

  receive(receiver: number): { status: number; reply: number } {
    const next = this.next.get(receiver) as number;
    const missed = this.sent.length - this.capacity - next;
    this.next.set(receiver, missed > 0 ? next + missed : Math.min(next + 1, this.sent.length));
    if (missed > 0) return { status: STATUS.lagged, reply: missed };
    const value = this.sent[next];
    if (value !== undefined) return { status: STATUS.ok, reply: value };
    return { status: this.isOver ? STATUS.disconnected : STATUS.empty, reply: 0 };
  }

  drop(): void {}
}

it("a broadcast gives each receiver every value in order, or tells how many it missed", () => {
  const deeds = fc.array(
    about("send", "send", "send", "recv", "recv", "try", "poll", "poll", "drop", "subscribe", "leave", "end"),
    LENGTH,
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), deeds, (capacity, script) => {
      checkScript(function* () {
        const model = new Broadcasted(capacity);
        const driver = new OperationDriver(model);
        yield* driver.begin();
        const tx = Number((yield { call: "broadcastNew", a: capacity }).reply);
        const receivers = [tx + 1];
        model.next.set(tx + 1, 0);
        for (const [time, { kind, which }] of script.entries()) {
          const i = at(driver.pending, which);
          const rx = at(receivers, which);
          if (kind === "send" && !model.isOver) {
            const { reply, status } = yield { call: "broadcastSend", a: tx, payload: time };
            expect(status).toBe(receivers.length === 0 ? STATUS.disconnected : STATUS.ok);
            expect(reply).toBe(receivers.length);
            if (receivers.length > 0) model.sent.push(time);
          } else if (kind === "recv" && rx !== undefined) {
            model.receiverOf[driver.next] = rx;
            yield* driver.start({ call: "broadcastRecv", a: rx });
          } else if (kind === "try" && rx !== undefined) {
            const got = yield { call: "broadcastRecv", a: rx, timeoutNs: 0 };
            expect(got).toMatchObject(model.receive(rx));
          } else if (kind === "poll" && i !== undefined) yield* driver.poll(i);
          else if (kind === "drop" && i !== undefined) yield* driver.drop(i);
          else if (kind === "subscribe" && !model.isOver) {
            const made = Number((yield { call: "broadcastSubscribe", a: tx }).reply);
            receivers.push(made);
            model.next.set(made, model.sent.length);
          } else if (
            kind === "leave" &&
            rx !== undefined &&
            !driver.pending.some((one) => model.receiverOf[one] === rx)
          ) {
            yield { call: "endpointDrop", a: rx };
            receivers.splice(receivers.indexOf(rx), 1);
          } else if (kind === "end" && which < 5 && !model.isOver) {
            yield { call: "endpointDrop", a: tx };
            model.isOver = true;
          }
          yield* driver.checkWoken();
        }
      });
    }),
    RUNS,
  );
});

/** A bounded queue, those who wait to put something in, in order, and those who wait to take something out. */
class Queue implements Model {
  readonly values: number[] = [];
  readonly sending: { readonly i: number; readonly value: number }[] = [];
  readonly capacity: number;
  isOver = false;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  isReady(i: number): boolean {
    const place = this.sending.findIndex((waiting) => waiting.i === i);
    if (place >= 0) return place < this.capacity - this.values.length;
    return this.values.length > 0 || this.isOver;
  }

  take(i: number): { status: number; reply?: Payload } {
    const sender = this.sending.find((waiting) => waiting.i === i);
    if (sender !== undefined) {
      this.sending.splice(this.sending.indexOf(sender), 1);
      this.values.push(sender.value);
      return { status: STATUS.ok };
    }
    const value = this.values.shift();
    return value === undefined ? { status: STATUS.disconnected } : { status: STATUS.ok, reply: value };
  }

  drop(i: number): void {
    const sender = this.sending.find((waiting) => waiting.i === i);
    if (sender !== undefined) this.sending.splice(this.sending.indexOf(sender), 1);
  }
}

it("a channel of tasks serves senders in order, and gives each value once", () => {
  const deeds = fc.array(
    about("send", "send", "trySend", "recv", "recv", "poll", "poll", "drop", "end"),
    LENGTH,
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), deeds, (capacity, script) => {
      checkScript(function* () {
        const model = new Queue(capacity);
        const driver = new OperationDriver(model);
        yield* driver.begin();
        const tx = Number((yield { call: "channelNew", a: capacity }).reply);
        for (const [time, { kind, which }] of script.entries()) {
          const i = at(driver.pending, which);
          if (kind === "send" && !model.isOver) {
            model.sending.push({ i: driver.next, value: time });
            yield* driver.start({ call: "send", a: tx, payload: time });
          } else if (kind === "trySend" && !model.isOver && model.sending.length === 0) {
            const { status } = yield { call: "trySend", a: tx, payload: time };
            const hasRoom = model.values.length < capacity;
            expect(status).toBe(hasRoom ? STATUS.ok : STATUS.full);
            if (hasRoom) model.values.push(time);
          } else if (kind === "recv") yield* driver.start({ call: "recv", a: tx + 1 });
          else if (kind === "poll" && i !== undefined) yield* driver.poll(i);
          else if (kind === "drop" && i !== undefined) yield* driver.drop(i);
          else if (kind === "end" && which < 5 && !model.isOver && model.sending.length === 0) {
            yield { call: "endpointDrop", a: tx };
            model.isOver = true;
          }
          yield* driver.checkWoken();
        }
      });
    }),
    RUNS,
  );
});
