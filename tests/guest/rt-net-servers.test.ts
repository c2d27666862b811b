import { expect, it } from "vitest";
import { search, type SearchResult } from "#explorer";
import { testTwins } from "../twins.ts";
import { load, run, seeded } from "../engine.ts";
import { ioProgram } from "./rt-io-table.ts";

async function explore(body: string, options: { runs: number; exhaustive?: boolean }): Promise<SearchResult> {
  const loaded = await load(ioProgram(body));
  return search(loaded, {
    entry: { kind: "main" },
    programHash: loaded.program.hash,
    runsMax: options.runs,
    callsMax: 2_000_000,
    ...(options.exhaustive === true ? { strategy: "bounded", preemptions: Infinity } : {}),
  });
}

it("one thread serves two hundred clients with a task each", async () => {
  const { outcome, printed, warnings } = await run(
    ioProgram(`
      using listener = must(AsyncTcpListener.bind(80, { backlog: 200 }));
      const peers = Array.from({ length: 200 }, (_, i) =>
        connectPeer(80, [{ atMs: i, send: "hel" }, { atMs: 2 * i, send: "lo " + i }, { atMs: 500, shutdown: true }]));
      let open = 0, most = 0;
      function* echo(stream: AsyncTcpStream): Async<void> {
        using own = stream;
        most = Math.max(most, ++open);
        for (let bytes = must(yield* own.read(100)); bytes.length > 0; bytes = must(yield* own.read(100)))
          must(yield* own.writeAll(bytes));
        open--;
      }
      const all: TaskHandle<void>[] = [];
      while (all.length < 200) all.push(task(echo(must(yield* listener.accept()))));
      yield* joinAll(all);
      yield* nap(1);
      console.log(peers.every((p, i) => p.receivedText() === "hello " + i && p.endedAtMs() !== undefined), most, open);
    `),
  );
  expect(outcome).toMatchObject({ kind: "passed", message: "" });
  expect(warnings).toEqual([]);
  expect(printed.map(({ text }) => text)).toEqual(["true 200 0"]);
});

it("a slow reader holds up its own task only", async () => {
  const body = `
    network({ bufferBytes: 20 });
    using listener = must(AsyncTcpListener.bind(80));
    const slow = connectPeer(80, [{ atMs: 0, reading: false }, { atMs: 500, reading: true }]);
    const quick = connectPeer(80, [], { connectAtMs: 1 });
    function* answer(stream: AsyncTcpStream): Async<void> { using own = stream; must(yield* own.writeAll(new Uint8Array(30))); }
    const first = task(answer(must(yield* listener.accept())));
    const second = task(answer(must(yield* listener.accept())));
    yield* join(first, second);
    yield* nap(1);
    const whenAll = (p: typeof quick) => (p.received().length === 30 ? Math.round(p.pieces().at(-1)!.atMs) : -1);
    console.log("quick", whenAll(quick), "slow", whenAll(slow));`;
  for (let seed = 0; seed < 20; seed++) {
    const { outcome, printed } = await run(ioProgram(body), { chooser: seeded(seed) });
    expect(outcome).toMatchObject({ kind: "passed", message: "" });
    expect(printed.map(({ text }) => text)).toEqual(["quick 1 slow 500"]);
  }
});

/** Two executors accept from clones of one listener, each for `clients` of the four that come. */
const TWO_EXECUTORS = `
export function main() {
  const listener = must(AsyncTcpListener.bind(80));
  const other = listener.tryClone();
  function* echo(stream: AsyncTcpStream): Async<void> {
    using own = stream;
    must(yield* own.writeAll(must(yield* own.read(9))));
  }
  function* serve(own: AsyncTcpListener): Async<number> {
    let count = 0;
    const open: TaskHandle<void>[] = [];
    for (;;) {
      const accepted = yield* timeout(20, own.accept());
      if (!accepted.ok) break;
      open.push(task(echo(must(accepted.value))));
      count++;
    }
    yield* joinAll(open);
    return count;
  }
  const server = spawn(() => blockOn(serve(other)), { name: "second" });
  function* client(name: string): Async<string> {
    using s = must(yield* AsyncTcpStream.connect(80));
    must(yield* s.writeAll(name));
    return yield* drain(s);
  }
  function* all(): Async<readonly [number, string[]]> { return yield* join(serve(listener), joinAll(["a", "b", "c", "d"].map(client))); }
  const [first, echoed] = blockOn(all());
  console.log(echoed.join(""), first + server.join(), first);
}`;

it("two executors in two threads share a listener: each connection has one of them", async () => {
  const program = await load(ioProgram(TWO_EXECUTORS));
  const shares = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const { outcome, printed } = program.run({ entry: { kind: "main" }, chooser: seeded(seed) });
    expect(outcome).toMatchObject({ kind: "passed", message: "" });
    const [line = ""] = printed.map(({ text }) => text);
    expect(line).toMatch(/^abcd 4 [0-4]$/);
    shares.add(line.slice(-1));
  }
  expect(shares.size).toBeGreaterThan(2);
});

/** Two clients, each with a task of its own here and there; each must get back what it sends, to the last byte. */
const TWO_CLIENTS = (names: readonly string[], answer: string): string => `
  using l = must(AsyncTcpListener.bind(80));
  function* echo(own: AsyncTcpStream, i: number): Async<void> {
    using s = own;
    for (let got = must(yield* s.read(9)); got.length > 0; got = must(yield* s.read(9))) must(yield* s.writeAll(${answer}));
  }
  function* server(): Async<void> { for (let i = 0; i < 2; i++) task(echo(must(yield* l.accept()), i)); }
  function* client(name: string): Async<void> {
    using s = must(yield* AsyncTcpStream.connect(80));
    must(yield* s.writeAll(name));
    s.shutdown("write");
    const got = yield* drain(s);
    if (got !== name) throw new Error(name + " got " + got);
  }
  const clients = ${JSON.stringify(names)}.map((name) => task(client(name)));
  yield* join(server(), ...clients);`;

it("every schedule of a two-client echo passes, however short its reads and writes are", async () => {
  const result = await explore(TWO_CLIENTS(["ab", "c"], "got"), { runs: 5_000, exhaustive: true });
  expect(result.outcome).toMatchObject({ kind: "passed", message: "" });
  expect(result.proof).toMatch(/^Every schedule passes \(\d{3,} runs\)/);
});

it("an echo that takes the order of its clients for granted fails under one of them", async () => {
  const body = TWO_CLIENTS(["a", "b"], 'i === 0 ? "a" : "b"');
  expect((await run(ioProgram(body))).outcome).toMatchObject({ kind: "passed", message: "" });
  expect((await explore(body, { runs: 5_000, exhaustive: true })).outcome).toMatchObject({ kind: "panic" });
});

/** Each with what goes wrong in it under some schedule, and the same repaired. */
const TWINS: readonly (readonly [title: string, wrong: string, right: string])[] = [
  [
    "one read need not be one message",
    `const [c, s] = yield* both(); yield* c.writeAll("hello"); const got = text(must(yield* s.read(100))); if (got !== "hello") throw new Error("got " + got);`,
    `const [c, s] = yield* both(); yield* c.writeAll("hello"); let got = ""; while (got.length < 5) got += text(must(yield* s.read(100))); if (got !== "hello") throw new Error("got " + got);`,
  ],
  [
    "one write need not write all",
    `const [c, s] = yield* both(); yield* c.write("hello"); c.close(); const got = yield* drain(s); if (got !== "hello") throw new Error("got " + got);`,
    `const [c, s] = yield* both(); yield* c.writeAll("hello"); c.close(); const got = yield* drain(s); if (got !== "hello") throw new Error("got " + got);`,
  ],
  [
    "two tasks that write to one stream mix their messages, unless a lock keeps each whole",
    `network({ bufferBytes: 3 }); const [c, s] = yield* both(); const d = c.tryClone(); function* say(own: AsyncTcpStream, word: string): Async<void> { using w = own; must(yield* w.writeAll(word)); } const a = task(say(c, "aaaa")), b = task(say(d, "bbbb")); const got = yield* drain(s); yield* join(a, b); if (got !== "aaaabbbb" && got !== "bbbbaaaa") throw new Error("got " + got);`,
    `network({ bufferBytes: 3 }); const [c, s] = yield* both(); const d = c.tryClone(); const turn = new Lock(0); function* say(own: AsyncTcpStream, word: string): Async<void> { using w = own; using g = yield* turn.lock(); g.value++; must(yield* w.writeAll(word)); } const a = task(say(c, "aaaa")), b = task(say(d, "bbbb")); const got = yield* drain(s); yield* join(a, b); if (got !== "aaaabbbb" && got !== "bbbbaaaa") throw new Error("got " + got);`,
  ],
  [
    "bytes that a future keeps between two reads are lost with it; those that outlive it are not",
    `const [c, s] = yield* both(); function* line(): Async<string> { let seen = ""; while (!seen.endsWith("\\n")) seen += text(must(yield* s.read(9))); return seen; } task((function* (): Async<void> { using own = c; yield* own.writeAll("on"); yield* nap(3); yield* own.writeAll("e\\n"); yield* nap(20); })()); for (;;) { const won = yield* select({ tick: nap(2), line: line() }); if (won.branch === "tick") continue; if (won.value !== "one\\n") throw new Error("got " + won.value); break; }`,
    `const [c, s] = yield* both(); let seen = ""; function* line(): Async<string> { while (!seen.endsWith("\\n")) seen += text(must(yield* s.read(9))); return seen; } task((function* (): Async<void> { using own = c; yield* own.writeAll("on"); yield* nap(3); yield* own.writeAll("e\\n"); yield* nap(20); })()); for (;;) { const won = yield* select({ tick: nap(2), line: line() }); if (won.branch === "tick") continue; if (won.value !== "one\\n") throw new Error("got " + won.value); break; }`,
  ],
];

for (const [title, wrong, right] of TWINS)
  testTwins(title, { wrong: ioProgram(wrong), right: ioProgram(right) });
