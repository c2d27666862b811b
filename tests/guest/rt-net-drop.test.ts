import { describe, expect, it } from "vitest";
import { createPrng } from "#base";
import { run, seeded } from "../engine.ts";
import { dropEverywhere } from "./drop-everywhere.ts";
import { checkIo, ioProgram } from "./rt-io-table.ts";
import { prints, type Row } from "./table.ts";

const USED = `import { AsyncTcpListener, AsyncTcpStream } from "rt/net"; import { network } from "world";
function must<T>(r: { ok: true; value: T } | { ok: false; error: unknown }): T { if (!r.ok) throw new Error(String(r.error)); return r.value; }
const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);
function* both(): Async<[AsyncTcpStream, AsyncTcpStream]> { using l = must(AsyncTcpListener.bind(9)); const c = must(yield* AsyncTcpStream.connect(9)); return [c, must(yield* l.accept())]; }
function* drain(s: AsyncTcpStream): Async<string> { let all = ""; for (;;) { const b = must(yield* s.read(4096)); if (b.length === 0) return all; all += text(b); } }`;

/** [what it is, the scenario, what it says each time, suspension points where it is dropped when suspended] */
const SCENARIOS: readonly (readonly [title: string, scenario: string, said: string, points?: number])[] = [
  [
    "accept: the connection is there for the next one",
    `using l = must(AsyncTcpListener.bind(80)); task((function* (): Async<void> { yield* nap(1); using c = must(yield* AsyncTcpStream.connect(80)); yield* c.writeAll("mine"); })());
const got = yield* cut(l.accept()); using s = must(got === "dropped" ? yield* l.accept() : got); say(yield* drain(s)); say((yield* timeout(9, l.accept())).ok);`,
    "mine false",
  ],
  [
    "connect: nothing is left behind, and the port can be reached again",
    `using l = must(AsyncTcpListener.bind(80)); const got = yield* cut(AsyncTcpStream.connect(80)); if (got !== "dropped") must(got).close();
const left = yield* timeout(9, l.accept()); if (left.ok) { using s = must(left.value); say((yield* timeout(9, s.read(1))).ok); } else say(true);
using again = must(yield* AsyncTcpStream.connect(80)); say(again.peer);`,
    "true 80",
  ],
  [
    "read: it has taken no byte",
    `const [c, s] = yield* both(); task((function* (): Async<void> { using own = c; for (const part of ["ab", "cd"]) { yield* nap(1); yield* own.writeAll(part); } })());
const got = yield* cut(s.read(3)); say((got === "dropped" ? "" : text(must(got))) + (yield* drain(s)));`,
    "abcd",
  ],
  [
    "write: it has written nothing",
    `network({ bufferBytes: 4 }); const [c, s] = yield* both(); yield* c.writeAll("full"); const reader = task((function* (): Async<string> { yield* nap(1); return yield* drain(s); })());
const got = yield* cut(c.write("more")); c.shutdown("write"); say(must(yield* reader) === (got === "dropped" ? "full" : "fullmore"));`,
    "true",
  ],
  [
    "writeAll: what has gone is a beginning of it",
    `network({ bufferBytes: 2 }); const [c, s] = yield* both(); const reader = task(drain(s)); const all = "0123456789";
const got = yield* cut(c.writeAll(all)); c.shutdown("write"); const read = must(yield* reader); say(all.startsWith(read)); say(got === "dropped" || read === all);`,
    "true true",
    3,
  ],
  [
    "readable",
    `const [c, s] = yield* both(); task((function* (): Async<void> { yield* nap(1); yield* c.writeAll("x"); yield* nap(9); })()); yield* cut(s.readable()); yield* s.readable(); say(text(must(s.tryRead(9))));`,
    "x",
  ],
  [
    "writable",
    `network({ bufferBytes: 1 }); const [c, s] = yield* both(); yield* c.writeAll("1"); task((function* (): Async<void> { yield* nap(1); yield* s.read(1); yield* nap(9); })()); yield* cut(c.writable()); yield* c.writable(); say(must(c.tryWrite("2")));`,
    "1",
  ],
];

describe.each(["suspended", "woken"] as const)("dropped when %s", (when) => {
  for (const [title, scenario, said, points = 1] of SCENARIOS)
    it(title, () => dropEverywhere(scenario, said, when === "woken" ? 0 : points, when, USED));
});

const LOST: readonly Row[] = [
  [
    "writeAll that is dropped half-way has written half",
    `network({ bufferBytes: 4 }); const [c, s] = yield* both(); console.log(yield* timeout(5, c.writeAll("0123456789"))); c.shutdown("write"); console.log(yield* drain(s));`,
    prints('{ ok: false, error: "elapsed" }', "0123"),
  ],
  [
    "a connection that was accepted before its connect was dropped is cut off",
    `network({ latencyMs: 5 }); using l = must(AsyncTcpListener.bind(80)); task((function* (): Async<void> { yield* timeout(7, AsyncTcpStream.connect(80)); })()); const s = must(yield* l.accept()); console.log(show(yield* s.read(1)));`,
    prints("error reset"),
  ],
  [
    "a connect that has begun goes on in the task that it is given to",
    `class Begun<T> extends Future<void> { constructor(readonly inner: Future<T>) { super(); } override poll(cx: Context): Poll<void> { this.inner.poll(cx); return Poll.ready(undefined); } } using l = must(AsyncTcpListener.bind(80)); const c = AsyncTcpStream.connect(80); yield* new Begun(c); function* greet(): Async<void> { using s = must(yield* c); yield* s.writeAll("hello"); } const h = task(greet()); using s = must(yield* l.accept()); console.log(yield* drain(s)); yield* h;`,
    prints("hello"),
  ],
  [
    "an accept that has begun gives its connection to the task that it goes on in",
    `class Begun<T> extends Future<void> { constructor(readonly inner: Future<T>) { super(); } override poll(cx: Context): Poll<void> { this.inner.poll(cx); return Poll.ready(undefined); } } const l = must(AsyncTcpListener.bind(80)); const accepted = l.accept(); yield* new Begun(accepted); function* greet(): Async<void> { using s = must(yield* accepted); yield* s.writeAll("hello"); } const h = task(greet()); using c = must(yield* AsyncTcpStream.connect(80)); console.log(yield* drain(c)); yield* h;`,
    prints("hello"),
  ],
];

it.each(LOST)("%s", (_title, body, expected) => checkIo(body, expected));

/** Bytes in pieces, and a reader who gives up again and again: by a timer, or because it was told so at the same instant. */
const interrupted = (seed: number): string => {
  const prng = createPrng(seed);
  const pieces = Array.from({ length: 12 }, () => 1 + prng.below(9));
  const pauses = pieces.map(() => prng.below(4) / 10);
  return `
network({ bufferBytes: ${4 + prng.below(20)}, latencyMs: ${prng.below(3) / 10}, bandwidthBytesPerMs: ${5 + prng.below(50)} });
const [c, s] = yield* both();
let sent = "", next = 0;
function* write(): Async<void> {
  using own = c;
  const pauses = ${JSON.stringify(pauses)};
  for (const [i, size] of ${JSON.stringify(pieces)}.entries()) {
    let piece = "";
    for (let k = 0; k < size; k++) piece += String.fromCharCode(33 + (next++ % 90));
    sent += piece;
    yield* nap(pauses[i]!);
    must(yield* own.writeAll(piece));
  }
}
const writer = task(write());
let got = "", drops = 0;
for (;;) {
  const won = yield* select({ tick: nap(${1 + prng.below(3)} / 10), read: s.read(${1 + prng.below(8)}) });
  if (won.branch === "tick") { drops++; continue; }
  const bytes = must(won.value);
  if (bytes.length === 0) break;
  got += text(bytes);
}
yield* writer;
console.log(got === sent, drops > 0);`;
};

it("no byte is lost, doubled or moved, however often a read is dropped", async () => {
  let dropped = 0;
  for (let seed = 0; seed < 40; seed++) {
    const { outcome, printed } = await run(ioProgram(interrupted(seed)), { chooser: seeded(seed) });
    expect({ seed, kind: outcome.kind, message: outcome.message }).toEqual({
      seed,
      kind: "passed",
      message: "",
    });
    const [line = ""] = printed.map(({ text }) => text);
    expect({ seed, isSame: line.split(" ")[0] }).toEqual({ seed, isSame: "true" });
    if (line.endsWith("true")) dropped++;
  }
  expect(dropped).toBeGreaterThan(30);
}, 60_000);
