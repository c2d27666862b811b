import { expect, it } from "vitest";
import { type Payload, STATUS } from "#abi";
import { type Call, runScript } from "./fake-guest.ts";

type Calls<T> = Generator<Call, T, { reply: Payload; status: number }>;

const MS = 1_000_000;

/** A waker that unparks the first thread. */
function* makeWaker(): Calls<number> {
  return Number((yield { call: "wakerNew", a: 0 }).reply);
}

/** Starts `call` as an operation, which must wait; parks until it is woken and asks for its result. */
function* waitFor(call: Call): Calls<{ reply: Payload; status: number; nowNs: number }> {
  const waker = yield* makeWaker();
  const started = yield { ...call, waker };
  expect(started.status).toBe(STATUS.pending);
  yield { call: "park" };
  const nowNs = Number((yield { call: "now" }).reply);
  return { ...(yield { call: "operationPoll", a: Number(started.reply), waker }), nowNs };
}

function run(main: () => Calls<void>): void {
  expect(runScript(main).failure).toBeNull();
}

it("a task waits for a connection to be answered, for one to come, and for bytes, and its thread does not", () =>
  run(function* () {
    const listener = Number((yield { call: "bind", a: 80 }).reply);
    const client = Number((yield { call: "connect", a: 80 }).reply);
    const accepted = yield* waitFor({ call: "accept", a: listener });
    expect([accepted.status, accepted.nowNs]).toEqual([STATUS.ok, 0.1 * MS]);
    const connected = yield* waitFor({ call: "connected", a: client, b: -1 });
    expect([connected.status, connected.nowNs]).toEqual([STATUS.ok, 0.2 * MS]);
    yield { call: "streamWrite", a: client, payload: "bhello" };
    const read = yield* waitFor({ call: "streamRead", a: Number(accepted.reply), b: 99 });
    expect([read.reply, read.nowNs]).toEqual(["bhello", 0.3 * MS]);
  }));

it("a task waits for many sockets at once, and for room", () =>
  run(function* () {
    yield { call: "networkRules", payload: `j${JSON.stringify({ bufferBytes: 2 })}` };
    const listener = Number((yield { call: "bind", a: 80 }).reply);
    const client = Number((yield { call: "connect", a: 80 }).reply);
    const polled = yield* waitFor({ call: "poll", b: -1, payload: `s${listener}:1,${client}:1` });
    expect([polled.reply, polled.nowNs]).toEqual(["j[[0,1]]", 0.1 * MS]);
    const server = Number((yield { call: "accept", a: listener }).reply);
    yield { call: "connected", a: client, b: -1 };
    yield { call: "streamWrite", a: client, payload: "b12" };
    yield {
      call: "spawn",
      captures: `s${server}`,
      body: function* () {
        yield { call: "sleep", a: 5 * MS };
        yield { call: "streamRead", a: server, b: 1 };
        yield { call: "sleep", a: MS };
      },
    };
    const written = yield* waitFor({ call: "streamWrite", a: client, payload: "b3" });
    expect([written.reply, written.nowNs]).toEqual([1, 5.2 * MS]);
  }));

it("a connection that is given up while it is being made is closed", () =>
  run(function* () {
    const listener = Number((yield { call: "bind", a: 80 }).reply);
    const client = Number((yield { call: "connect", a: 80 }).reply);
    const started = yield { call: "connected", a: client, b: -1, waker: yield* makeWaker() };
    expect(started.status).toBe(STATUS.pending);
    const accepted = yield { call: "accept", a: listener };
    yield { call: "operationDrop", a: Number(started.reply) };
    const read = yield { call: "streamRead", a: Number(accepted.reply), b: 9 };
    expect(read.status).toBe(STATUS.reset);
  }));

it("a read that is given up takes no byte", () =>
  run(function* () {
    const listener = Number((yield { call: "bind", a: 80 }).reply);
    const client = Number((yield { call: "connect", a: 80 }).reply);
    const server = Number((yield { call: "accept", a: listener }).reply);
    yield { call: "connected", a: client, b: -1 };
    const started = yield { call: "streamRead", a: server, b: 9, waker: yield* makeWaker() };
    yield { call: "streamWrite", a: client, payload: "bhello" };
    yield { call: "sleep", a: MS };
    yield { call: "operationDrop", a: Number(started.reply) };
    expect((yield { call: "streamRead", a: server, b: 9 }).reply).toBe("bhello");
  }));
