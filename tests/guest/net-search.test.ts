import { expect, it } from "vitest";
import { search, type SearchResult } from "#explorer";
import { load, run } from "../engine.ts";
import { testTwins } from "../twins.ts";
import { netProgram } from "./net-table.ts";

async function explore(body: string, options: { runs: number; exhaustive?: boolean }): Promise<SearchResult> {
  const loaded = await load(netProgram(body));
  return search(loaded, {
    entry: { kind: "main" },
    programHash: loaded.program.hash,
    runsMax: options.runs,
    callsMax: 1_000_000,
    ...(options.exhaustive === true ? { strategy: "bounded", preemptions: Infinity } : {}),
  });
}

/** Each with what goes wrong in it under some schedule, and the same repaired. */
const TWINS: readonly (readonly [title: string, wrong: string, right: string])[] = [
  [
    "one read need not be one message",
    `const [c, s] = pair(); c.writeAll("hello"); const got = text(must(s.read(100))); if (got !== "hello") throw new Error("got " + got);`,
    `const [c, s] = pair(); c.writeAll("hello"); let got = ""; while (got.length < 5) got += text(must(s.read(100))); if (got !== "hello") throw new Error("got " + got);`,
  ],
  [
    "one write need not write all",
    `const [c, s] = pair(); c.write("hello"); c.close(); const got = readAll(s); if (got !== "hello") throw new Error("got " + got);`,
    `const [c, s] = pair(); c.writeAll("hello"); c.close(); const got = readAll(s); if (got !== "hello") throw new Error("got " + got);`,
  ],
  [
    "two threads that write to one stream mix their messages, unless a lock keeps each whole",
    `const [c, s] = pair(); const d = c.tryClone(); const a = spawn(() => void c.writeAll("aaaa")), b = spawn(() => void d.writeAll("bbbb")); a.join(); b.join(); const got = readAll(s); if (got !== "aaaabbbb" && got !== "bbbbaaaa") throw new Error("got " + got);`,
    `const [c, s] = pair(); const out = new Mutex(c); const all = ["aaaa", "bbbb"].map((word) => spawn(() => { using g = out.lock(); g.value.writeAll(word); })); for (const t of all) t.join(); { using g = out.lock(); g.value.shutdown("write"); } const got = readAll(s); if (got !== "aaaabbbb" && got !== "bbbbaaaa") throw new Error("got " + got);`,
  ],
  [
    "clients are accepted in no promised order",
    `const l = must(TcpListener.bind(80)); const all = ["a", "b"].map((name) => spawn(() => { sleep(1); const s = must(TcpStream.connect(80)); must(s.writeAll(name)); })); const got = readAll(must(l.accept())); for (const t of all) t.join(); if (got !== "a") throw new Error("got " + got);`,
    `const l = must(TcpListener.bind(80)); const all = ["a", "b"].map((name) => spawn(() => { sleep(1); const s = must(TcpStream.connect(80)); must(s.writeAll(name)); })); const got = readAll(must(l.accept())) + readAll(must(l.accept())); for (const t of all) t.join(); if (got !== "ab" && got !== "ba") throw new Error("got " + got);`,
  ],
  [
    "who is first at a flag need not be first at the door, unless one lock is held for both",
    `const l = must(TcpListener.bind(80)); const taken = new AtomicBool(false); const all = ["a", "b"].map((name) => spawn(() => { const first = !taken.swap(true); must(must(TcpStream.connect(80)).writeAll(first ? "first" : "second")); })); const got = readAll(must(l.accept())); for (const t of all) t.join(); if (got !== "first") throw new Error("got " + got);`,
    `const l = must(TcpListener.bind(80)); const taken = new Mutex(false); const all = ["a", "b"].map((name) => spawn(() => { const g = taken.lock(); const first = !g.value; g.value = true; const s = must(TcpStream.connect(80)); g.unlock(); must(s.writeAll(first ? "first" : "second")); })); const got = readAll(must(l.accept())); for (const t of all) t.join(); if (got !== "first") throw new Error("got " + got);`,
  ],
];

for (const [title, wrong, right] of TWINS)
  testTwins(title, { wrong: netProgram(wrong), right: netProgram(right) });

/** Two clients, one after the other at the server; each sends one byte and must get it back. */
const TWO_CLIENTS = (answer: string): string =>
  `const l = must(TcpListener.bind(80)); const all = ["a", "b"].map((name) => spawn(() => { const s = must(TcpStream.connect(80)); must(s.writeAll(name)); s.shutdown("write"); const got = readAll(s); if (got !== name) throw new Error(name + " got " + got); })); for (let i = 0; i < 2; i++) { const s = must(l.accept()); const got = readAll(s); s.writeAll(${answer}); s.close(); } for (const t of all) t.join();`;

it("every schedule of a two-client echo passes", async () => {
  const result = await explore(TWO_CLIENTS("got"), { runs: 5_000, exhaustive: true });
  expect(result.outcome).toMatchObject({ kind: "passed" });
  expect(result.proof).toMatch(/^Every schedule passes \(\d+ runs\)/);
});

it("and an echo that takes the clients for granted fails in one of them", async () => {
  const result = await explore(TWO_CLIENTS('i === 0 ? "a" : "b"'), { runs: 5_000, exhaustive: true });
  expect(result.outcome).toMatchObject({ kind: "panic" });
});

it("one thread serves two hundred clients with poll", async () => {
  const { outcome, printed } = await run(
    netProgram(`
      const listener = must(TcpListener.bind(80, { backlog: 200 }));
      listener.setNonblocking(true);
      const peers = Array.from({ length: 200 }, (_, i) =>
        connectPeer(80, [{ atMs: i, send: "hel" }, { atMs: 2 * i, send: "lo " + i }, { atMs: 500, shutdown: true }]));
      const open = new Set<TcpStream>();
      let done = 0;
      let polls = 0;
      while (done < 200) {
        polls++;
        const streams = [...open].map((source) => ({ source, readable: true }));
        for (const { source } of poll<TcpListener | TcpStream>([{ source: listener, readable: true }, ...streams])) {
          if (source instanceof TcpListener) {
            for (let next = source.accept(); next.ok; next = source.accept()) open.add(next.value);
          } else {
            const bytes = must(source.read(100));
            if (bytes.length > 0) must(source.writeAll(bytes));
            else { open.delete(source); source.close(); done++; }
          }
        }
      }
      sleep(1);
      console.log(peers.every((p, i) => p.receivedText() === "hello " + i), polls < 420);
    `),
  );
  expect(outcome).toMatchObject({ kind: "passed", message: "" });
  expect(printed.map(({ text }) => text)).toEqual(["true true"]);
});
