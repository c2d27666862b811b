import fc from "fast-check";
import { expect, it } from "vitest";
import { type Payload, STATUS } from "#abi";
import { createPrng } from "#base";
import type { Kernel } from "#kernel";
import { type Call, runScript, type Script } from "./fake-guest.ts";

type Reply = { reply: Payload; status: number };
type Calls<T> = Generator<Call, T, Reply>;

/** What the network is like, and how the schedule is chosen. */
interface Setting {
  readonly latencyNs: number;
  readonly nsPerByte: number;
  readonly bufferBytes: number;
  readonly seed: number;
}

const settings: fc.Arbitrary<Setting> = fc.record({
  latencyNs: fc.constantFrom(0, 1, 100_000, 7_000_000),
  nsPerByte: fc.constantFrom(0, 10, 1_000_000),
  bufferBytes: fc.integer({ min: 1, max: 40 }),
  seed: fc.nat(),
});

function* connectBoth(setting: Setting): Calls<{ client: number; server: number }> {
  const { latencyNs, nsPerByte, bufferBytes } = setting;
  const rules = { latencyNs, nsPerByte, bufferBytes };
  yield { call: "networkRules", payload: `j${JSON.stringify(rules)}` };
  const listener = yield { call: "bind", a: 80 };
  const client = yield { call: "connect", a: 80 };
  yield { call: "connected", a: Number(client.reply), b: -1 };
  const server = yield { call: "accept", a: Number(listener.reply) };
  return { client: Number(client.reply), server: Number(server.reply) };
}

function runIn(setting: Setting, main: Script): Kernel {
  const prng = createPrng(setting.seed);
  const kernel = runScript(main, { chooser: { choose: (point) => prng.below(point.threads.length) } });
  expect(kernel.failure).toBeNull();
  return kernel;
}

/** Every byte another one, so that any change of order would show. */
const bytesFrom = (start: number, count: number): string =>
  String.fromCharCode(...Array.from({ length: count }, (_, i) => (start + i) % 251));

it("a stream is never reordered, doubled or lost, however it is cut and whatever the network is like", () => {
  const reads = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });
  const writes = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 });
  fc.assert(
    fc.property(settings, writes, reads, (setting, lengths, sizes) => {
      let sent = "";
      let got = "";
      runIn(setting, function* () {
        const { client, server } = yield* connectBoth(setting);
        yield {
          call: "spawn",
          body: function* () {
            for (let i = 0; ; i++) {
              const { reply } = yield { call: "streamRead", a: server, b: sizes[i % sizes.length] ?? 1 };
              if (reply === "b") return;
              got += String(reply).slice(1);
            }
          },
          payload: "reader",
          captures: `s${server}`,
        };
        for (const length of lengths) {
          const piece = bytesFrom(sent.length, length);
          for (let from = 0; from < length;) {
            const { reply } = yield { call: "streamWrite", a: client, payload: `b${piece.slice(from)}` };
            from += Number(reply);
          }
          sent += piece;
        }
        yield { call: "streamShutdown", a: client, b: 2 };
        yield { call: "join", a: 1 };
      });
      expect(got).toBe(sent);
    }),
    { numRuns: 300 },
  );
});

/** One thing that a side does; the sides are 0 and 1. */
type Deed =
  | { readonly do: "write" | "read"; readonly side: 0 | 1; readonly count: number }
  | { readonly do: "shutdown"; readonly side: 0 | 1 }
  | { readonly do: "wait"; readonly ns: number };

const sides = fc.constantFrom<0 | 1>(0, 1);
const counts = fc.integer({ min: 1, max: 30 });
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("write" as const), side: sides, count: counts }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("read" as const), side: sides, count: counts }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("shutdown" as const), side: sides }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("wait" as const), ns: fc.integer({ min: 1, max: 9_000_000 }) }),
  },
);

/** One direction as a list of bytes, each with the instant at which it can be read. */
class ModelPipe {
  readonly bytes: { readonly byte: number; readonly arrivesNs: number }[] = [];
  ended = Infinity;
  shut = false;
  #busyUntilNs = 0;
  readonly #setting: Setting;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  get room(): number {
    return this.#setting.bufferBytes - this.bytes.length;
  }

  write(bytes: string, nowNs: number): void {
    const arrivesNs = this.#leave(bytes.length, nowNs);
    for (const byte of bytes) this.bytes.push({ byte: byte.charCodeAt(0), arrivesNs });
  }

  shutdown(nowNs: number): void {
    if (!this.shut) this.ended = this.#leave(0, nowNs);
    this.shut = true;
  }

  arrived(nowNs: number): string {
    const there = this.bytes.filter((one) => one.arrivesNs <= nowNs);
    return String.fromCharCode(...there.map((one) => one.byte));
  }

  #leave(count: number, nowNs: number): number {
    this.#busyUntilNs = Math.max(this.#busyUntilNs, nowNs) + Math.ceil(count * this.#setting.nsPerByte);
    return this.#busyUntilNs + this.#setting.latencyNs;
  }
}

/** Does one deed on the kernel and on the model, and compares the answers. */
function* act(deed: Deed, handles: readonly number[], pipes: readonly ModelPipe[]): Calls<void> {
  if (deed.do === "wait") return void (yield { call: "sleep", a: deed.ns });
  const a = handles[deed.side] ?? 0;
  const nowNs = Number((yield { call: "now" }).reply);
  const out = pipes[deed.side] as ModelPipe;
  const into = pipes[1 - deed.side] as ModelPipe;
  if (deed.do === "shutdown") {
    out.shutdown(nowNs);
    yield { call: "streamShutdown", a, b: 2 };
  } else if (deed.do === "write") {
    const bytes = bytesFrom(nowNs % 251, deed.count);
    const { reply, status } = yield { call: "streamWrite", a, payload: `b${bytes}` };
    if (out.shut) return expect(status).toBe(STATUS.brokenPipe);
    if (out.room === 0) return expect(status).toBe(STATUS.wouldBlock);
    expect(status).toBe(STATUS.ok);
    expect(Number(reply)).toBeGreaterThanOrEqual(1);
    expect(Number(reply)).toBeLessThanOrEqual(Math.min(out.room, deed.count));
    out.write(bytes.slice(0, Number(reply)), nowNs);
  } else {
    const there = into.arrived(nowNs);
    const { reply, status } = yield { call: "streamRead", a, b: deed.count };
    if (there === "" && into.ended > nowNs) return expect(status).toBe(STATUS.wouldBlock);
    expect(status).toBe(STATUS.ok);
    const got = String(reply).slice(1);
    expect(got.length > 0).toBe(there !== "");
    expect(got.length).toBeLessThanOrEqual(deed.count);
    expect(there.slice(0, got.length)).toBe(got);
    into.bytes.splice(0, got.length);
  }
}

it("a connection answers as the list of its bytes with their instants does, in both directions at once", () => {
  fc.assert(
    fc.property(settings, fc.array(deeds, { maxLength: 60 }), (setting, script) => {
      runIn(setting, function* () {
        const { client, server } = yield* connectBoth(setting);
        for (const a of [client, server]) yield { call: "socketNonblocking", a, b: 1 };
        const pipes = [new ModelPipe(setting), new ModelPipe(setting)];
        for (const deed of script) yield* act(deed, [client, server], pipes);
      });
    }),
    { numRuns: 400 },
  );
});

it("poll answers what reads and writes would, and waits no longer than the first of them", () => {
  fc.assert(
    fc.property(settings, fc.array(deeds, { maxLength: 30 }), (setting, script) => {
      runIn(setting, function* () {
        const { client, server } = yield* connectBoth(setting);
        for (const a of [client, server]) yield { call: "socketNonblocking", a, b: 1 };
        for (const deed of script) {
          if (deed.do === "wait") yield { call: "sleep", a: deed.ns };
          else if (deed.do === "shutdown")
            yield { call: "streamShutdown", a: deed.side === 0 ? client : server, b: 2 };
          else {
            const a = deed.side === 0 ? client : server;
            const asked = deed.do === "read" ? 1 : 2;
            const polled = yield { call: "poll", b: 0, payload: `s${a}:${asked}` };
            const ready = JSON.parse(String(polled.reply).slice(1)) as [number, number][];
            const payload = deed.do === "read" ? "u" : (`b${bytesFrom(0, deed.count)}` as const);
            const call = deed.do === "read" ? "streamRead" : "streamWrite";
            const { status } = yield { call, a, b: deed.count, payload };
            expect((ready[0]?.[1] ?? 0) & asked).toBe(status === STATUS.wouldBlock ? 0 : asked);
          }
        }
      });
    }),
    { numRuns: 200 },
  );
});
