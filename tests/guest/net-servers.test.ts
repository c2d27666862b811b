import { expect, it } from "vitest";
import { run, seeded } from "../engine.ts";
import { netProgram } from "./net-table.ts";

/** What `body` prints, the same under the default schedule and twenty random ones. */
async function printsAlways(body: string): Promise<string> {
  const program = netProgram(body);
  const all = new Set<string>();
  for (let seed = 0; seed <= 20; seed++) {
    const result = await run(program, seed === 0 ? {} : { chooser: seeded(seed) });
    expect(result.outcome).toMatchObject({ kind: "passed", message: "" });
    all.add(result.printed.map(({ text }) => text).join("\n"));
  }
  return [...all].join("\nor\n");
}

/** Two clients ask for 30 bytes each; the first reads nothing before 500 ms. Prints when each has all it asked for. */
const TWO_READERS = (answer: string): string => `
  network({ bufferBytes: 20 });
  const listener = must(TcpListener.bind(80));
  const slow = connectPeer(80, [{ atMs: 0, reading: false }, { atMs: 500, reading: true }]);
  const quick = connectPeer(80, [], { connectAtMs: 1 });
  const streams = [must(listener.accept()), must(listener.accept())];
  ${answer}
  for (const s of streams) s.close();
  sleep(1);
  const whenAll = (p: typeof quick) => (p.received().length === 30 ? Math.round(p.pieces().at(-1)!.atMs) : -1);
  console.log("quick", whenAll(quick), "slow", whenAll(slow));`;

it("an event loop that writes blockingly lets a slow reader hold up the quick one", async () => {
  const body = TWO_READERS("for (const s of streams) must(s.writeAll(new Uint8Array(30)));");
  expect(await printsAlways(body)).toBe("quick 500 slow 500");
});

it("one that asks poll when to write delays nobody, and does not spin", async () => {
  const body = TWO_READERS(`
  for (const s of streams) s.setNonblocking(true);
  const left = new Map(streams.map((s) => [s, 30]));
  let polls = 0;
  while (left.size > 0) {
    polls++;
    for (const { source } of poll([...left.keys()].map((source) => ({ source, writable: true })))) {
      const rest = left.get(source)! - must(source.write(new Uint8Array(left.get(source)!)));
      if (rest === 0) left.delete(source); else left.set(source, rest);
    }
  }
  console.log(polls <= 60);`);
  expect(await printsAlways(body)).toBe("true\nquick 1 slow 500");
});

/** A line in four pieces, 20 ms apart; prints what `readLine` says, and when, twice. */
const CUT_LINE = (readLine: string): string => `
  const listener = must(TcpListener.bind(80));
  connectPeer(80, [{ atMs: 20, send: "on" }, { atMs: 40, send: "e l" }, { atMs: 60, send: "ine" }, { atMs: 80, send: "\\n" }]);
  const s = must(listener.accept());
  let seen = "";
  const readLine = (ms: number): string => { ${readLine} };
  const t = Instant.now();
  console.log(readLine(50), Math.round(t.elapsed()));
  console.log(readLine(50), Math.round(t.elapsed()));`;

it("a timeout of each read is no timeout of the line", async () => {
  const body = CUT_LINE(
    `s.setReadTimeout(ms); while (!seen.endsWith("\\n")) { const got = s.read(99); if (!got.ok) return got.error; seen += text(got.value); } return seen.trim();`,
  );
  expect(await printsAlways(body)).toBe("one line 80\none line 80");
});

it("a deadline that every read is given the rest of covers the line, and loses nothing", async () => {
  const body = CUT_LINE(
    `const begun = Instant.now(); while (!seen.endsWith("\\n")) { const rest = ms - begun.elapsed(); if (rest <= 0) return "timeout"; s.setReadTimeout(rest); const got = s.read(99); if (got.ok) seen += text(got.value); } return seen.trim();`,
  );
  expect(await printsAlways(body)).toBe("timeout 50\none line 80");
});

it("poll gives accept a timeout: it is on time, and the client that comes a moment later is not lost", async () => {
  const body = `
  const listener = must(TcpListener.bind(80));
  connectPeer(80, [{ atMs: 60, send: "late" }], { connectAtMs: 55 });
  const acceptTimeout = (ms: number) => (poll([{ source: listener, readable: true }], ms).length === 0 ? null : must(listener.accept()));
  const t = Instant.now();
  console.log(acceptTimeout(50), t.elapsed());
  const s = acceptTimeout(50)!;
  console.log(Math.round(t.elapsed()), s.peer > 0);`;
  expect(await printsAlways(body)).toBe("null 50\n55 true");
});
