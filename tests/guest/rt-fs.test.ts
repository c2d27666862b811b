import { describe, expect, it } from "vitest";
import { fifo, load, loadChecks, seeded } from "../engine.ts";
import { testTwins } from "../twins.ts";
import { dropEverywhere } from "./drop-everywhere.ts";
import { checkIo, ioProgram } from "./rt-io-table.ts";
import { prints, type Row } from "./table.ts";

const CONTENT: readonly Row[] = [
  [
    "what is written is read back, as bytes and as text",
    `const f = must(yield* AsyncFile.create("t")); console.log(show(yield* f.write("hä€")), show(yield* f.writeAll(new Uint8Array([33])))); f.close(); console.log((yield* read("t")).ok, show(yield* readToString("t")), show(textOf("t")));`,
    prints("ok 6 ok undefined", "true ok hä€! ok hä€!"),
  ],
  [
    "each call takes the time it takes a thread, and the other tasks go on",
    `const t = Instant.now(); let beats = 0; const beat = task((function* (): Async<void> { for (;;) { yield* nap(1); beats++; } })()); const at = (what: string) => console.log(what, t.elapsed(), beats); const f = must(yield* AsyncFile.append("t")); at("open"); yield* f.write("x"); at("write"); yield* f.write(new Uint8Array(20_000)); at("long"); yield* f.sync(); at("sync"); yield* f.seek(0); at("seek"); yield* f.read(1); at("read"); yield* exists("t"); at("exists"); yield* rename("t", "u"); yield* remove("u"); at("names"); f.close(); beat.abort();`,
    prints(
      "open 0.1 0",
      "write 0.11 0",
      "long 0.136 0",
      "sync 5.136 5",
      "seek 5.136 5",
      "read 5.146 5",
      "exists 5.246 5",
      "names 5.446 5",
    ),
  ],
  [
    "two tasks use the disk at once, and neither waits for the other",
    `const t = Instant.now(); function* save(name: string): Async<void> { using f = must(yield* AsyncFile.create(name)); yield* f.writeAll(name); yield* f.sync(); } yield* join(save("a"), save("b")); console.log(Math.round(t.elapsed() * 100) / 100, show(yield* readToString("a")), show(yield* readToString("b")));`,
    prints("5.11 ok a ok b"),
  ],
  [
    "reads go on where the last one ended, and find nothing at the end",
    `yield* write("t", "abcde"); const f = must(yield* AsyncFile.open("t")); console.log(yield* f.read(2), yield* f.read(9), (yield* f.read(1)).length, (yield* f.read(1)).length);`,
    prints("Uint8Array [97, 98] Uint8Array [99, 100, 101] 0 0"),
  ],
  [
    "seek counts from the start, from the position, from the end",
    `yield* write("t", "abcdef"); const f = must(yield* AsyncFile.open("t")); console.log(yield* f.seek(4), yield* f.seek(-1, "current"), yield* f.seek(-2, "end"), show(yield* f.readToString())); try { yield* f.seek(-7, "current"); } catch (e) { console.log((e as Error).name + ": " + (e as Error).message); }`,
    prints(
      "4 3 4 ok ef",
      'RangeError: seek(-7, "current") would lead before the start of the file: counted from 6, it can go back 6 at most',
    ),
  ],
  [
    "append writes at the end, create empties, openWith does as it is told",
    `yield* write("t", "ab"); const f = must(yield* AsyncFile.append("t")); yield* f.write("c"); yield* f.seek(1); console.log(show(yield* f.readToString())); console.log(show(yield* AsyncFile.openWith("t", { write: true, createNew: true }))); const g = must(yield* AsyncFile.openWith("t", { read: true, write: true })); yield* g.write("X"); console.log(show(yield* g.readToString())); must(yield* AsyncFile.create("t")).close(); console.log(show(yield* readToString("t")));`,
    prints("ok bc", "error already-exists", "ok bc", "ok "),
  ],
  [
    "more than one call moves takes several",
    `const f = must(yield* AsyncFile.append("t")); const big = new Uint8Array(200_000).fill(7); console.log(show(yield* f.write(big)), show(yield* f.writeAll(big.subarray(65_536)))); yield* f.seek(0); console.log((yield* f.read(100_000)).length, (yield* f.readToEnd()).length);`,
    prints("ok 65536 ok undefined", "65536 134464"),
  ],
  [
    "what is no UTF-8, what is not there and what has no room are errors",
    `yield* write("t", new Uint8Array([255])); console.log(show(yield* readToString("t")), yield* must(yield* AsyncFile.open("t")).readToString()); for (const f of [AsyncFile.open("no"), read("no"), readToString("no"), remove("no"), rename("no", "t")]) console.log(show(yield* f)); disk({ bytesMax: 3 }); console.log(show(yield* write("u", "abc")), show(yield* (must(yield* AsyncFile.create("v")).write("d")))); disk({ openMax: 1 }); console.log(show(yield* AsyncFile.open("t")), show(yield* read("t")), show(yield* write("t", "")));`,
    prints(
      'error invalid-data { ok: false, error: "invalid-data" }',
      "error not-found",
      "error not-found",
      "error not-found",
      "error not-found",
      "error not-found",
      "error no-space error no-space",
      "error too-many-open-files error too-many-open-files error too-many-open-files",
    ),
  ],
  [
    "a file is there from the moment it is made, and its names are as those of std",
    `console.log(yield* exists("a")); yield* write("a", "x"); console.log(yield* exists("./a"), show(yield* rename("a", "b")), yield* exists("a"), show(yield* remove("b")), yield* exists("b"));`,
    prints("false", "true ok undefined false ok undefined false"),
  ],
  [
    "nothing happens before the first poll",
    `const made = AsyncFile.create("t"); yield* nap(5); console.log(yield* exists("t")); const f = must(yield* made); const w = f.write("x"); console.log(show(yield* readToString("t"))); yield* w; console.log(show(yield* readToString("t")));`,
    prints("false", "ok ", "ok x"),
  ],
];

const OWNERS: readonly Row[] = [
  [
    "a task that ends closes its files, however it ends, and what they wrote stays",
    `disk({ openMax: 1 }); for (const how of ["returns", "is aborted", "panics"]) { const f = must(yield* AsyncFile.append("t")); const h = task((function* (): Async<void> { yield* f.write(how + " "); if (how === "panics") throw new Error("no"); if (how === "is aborted") yield* nap(99); })()); yield* nap(1); h.abort(); try { yield* h; } catch { console.log("panicked"); } } console.log(show(yield* readToString("t")));`,
    prints("panicked", "ok returns is aborted panics "),
  ],
  [
    "a file travels: in a channel, to another thread, in a result; and its position with it",
    `yield* write("t", "abcdef"); const f = must(yield* AsyncFile.open("t")); yield* f.read(1); const [tx, rx] = queue<AsyncFile>(1); yield* tx.send(f); const t = spawn(() => blockOn((function* (): Async<AsyncFile> { const own = must(yield* rx.recv()); yield* own.read(2); return own; })())); yield* nap(1); console.log(show(yield* t.join().readToString()));`,
    prints("ok def"),
  ],
  [
    "a clone shares the position, and keeps the file open",
    `yield* write("t", "abcd"); const f = must(yield* AsyncFile.open("t")); const g = must(f.tryClone()); yield* f.read(1); f.close(); console.log(show(yield* g.readToString()));`,
    prints("ok bcd"),
  ],
  [
    "fromStd takes a file of std over where it stands, and intoStd gives it back",
    `const std = must(File.append("t")); std.writeAll("one\\ntwo\\n"); std.seek(4); const f = AsyncFile.fromStd(std); console.log(JSON.stringify(must(yield* f.readToString()))); yield* f.writeAll("three\\n"); const back = f.intoStd(); back.seek(0); console.log(JSON.stringify(must(back.readToString())));`,
    prints('"two\\n"', '"one\\ntwo\\nthree\\n"'),
  ],
  [
    "`using` closes at the end of the block, and leaves alone what was closed or has moved",
    `disk({ openMax: 1 }); { using f = must(yield* AsyncFile.create("t")); yield* f.write("x"); } { using g = must(yield* AsyncFile.open("t")); g.close(); } { using h = must(yield* AsyncFile.open("t")); yield* task((function* (): Async<void> { console.log(show(yield* h.readToString())); })()); } console.log(show(yield* readToString("t")));`,
    prints("ok x", "ok x"),
  ],
  [
    "a blocking call of std in a task holds its whole thread; spawnBlocking does not",
    `const t = Instant.now(); let beats = 0; const beat = task((function* (): Async<void> { for (;;) { yield* nap(1); beats++; } })()); const f = must(File.append("t")); yield* nap(0); f.sync(); console.log(beats); yield* spawnBlocking(() => f.sync()); console.log(beats > 3, t.elapsed() < 11); beat.abort();`,
    prints("0", "true true"),
  ],
];

it.each([...CONTENT, ...OWNERS])("%s", (_title, body, expected) => checkIo(body, expected));

const USED = `import { AsyncFile, exists, read, readToString, remove, rename, write } from "rt/fs"; import { disk } from "world"; import { File } from "std/fs";
function must<T>(r: { ok: true; value: T } | { ok: false; error: unknown }): T { if (!r.ok) throw new Error(String(r.error)); return r.value; }`;

/** [what it is, the scenario, what it says each time, suspension points where it is dropped when suspended] */
const SCENARIOS: readonly (readonly [title: string, scenario: string, said: string, points?: number])[] = [
  [
    "open: nothing stays open",
    `yield* write("t", "x"); disk({ openMax: 1 }); const got = yield* cut(AsyncFile.open("t")); if (got !== "dropped") must(got).close(); must(yield* AsyncFile.open("t")).close(); say("free"); disk({ openMax: 999 });`,
    "free",
  ],
  [
    "create: it is made and emptied when it is ready, and not before",
    `yield* write("t", "old"); yield* remove("u"); const both = [yield* cut(AsyncFile.create("t")), yield* cut(AsyncFile.create("u"))]; say(must(yield* readToString("t")) === (both[0] === "dropped" ? "old" : "")); say((yield* exists("u")) === (both[1] !== "dropped"));`,
    "true true",
  ],
  [
    "read: the position has not moved",
    `yield* write("t", "abc"); using f = must(yield* AsyncFile.open("t")); const got = yield* cut(f.read(2)); const rest = yield* f.readToEnd(); say(rest.length === (got === "dropped" ? 3 : 1));`,
    "true",
  ],
  [
    "write: it has written all of it or nothing, now and later",
    `yield* write("t", ""); using f = must(yield* AsyncFile.append("t")); const got = yield* cut(f.write("record")); const now = must(yield* readToString("t")); yield* nap(9); say(now === (got === "dropped" ? "" : "record")); say(must(yield* readToString("t")) === now);`,
    "true true",
  ],
  [
    "writeAll: what was written is a beginning of it, at the end of a call",
    `yield* write("t", ""); using f = must(yield* AsyncFile.append("t")); const got = yield* cut(f.writeAll(new Uint8Array(150_000))); const { length } = must(yield* read("t")); say(got === "dropped" ? length % 65_536 === 0 && length < 150_000 : length === 150_000);`,
    "true",
    3,
  ],
  [
    "readToEnd: the position is somewhere, and a seek brings it all back",
    `yield* write("t", new Uint8Array(70_000)); using f = must(yield* AsyncFile.open("t")); yield* cut(f.readToEnd()); yield* f.seek(0); say((yield* f.readToEnd()).length);`,
    "70000",
    2,
  ],
  [
    "sync",
    `using f = must(yield* AsyncFile.append("t")); yield* f.write("x"); yield* cut(f.sync()); const t = Instant.now(); yield* f.sync(); say(t.elapsed());`,
    "5",
  ],
  [
    "names: exists, remove and rename",
    `yield* write("a", ""); yield* cut(exists("a")); const moved = yield* cut(rename("a", "b")); const name = moved === "dropped" ? "a" : "b"; say(yield* exists(name)); const gone = yield* cut(remove(name)); say((yield* exists(name)) === (gone === "dropped"));`,
    "true true",
  ],
  [
    "whole files: nothing stays open",
    `yield* write("t", "text"); disk({ openMax: 1 }); yield* cut(read("t")); yield* cut(readToString("t")); must(yield* AsyncFile.open("t")).close(); say("free"); disk({ openMax: 999 });`,
    "free",
    3,
  ],
  [
    "write of a whole file: the old content, none, or the new, and nothing stays open",
    `yield* write("t", "old"); disk({ openMax: 1 }); const got = yield* cut(write("t", "new")); const now = must(yield* readToString("t")); say(["old", "", "new"].includes(now)); say(got === "dropped" || now === "new"); disk({ openMax: 999 });`,
    "true true",
    2,
  ],
];

describe.each(["suspended", "woken"] as const)("dropped when %s", (when) => {
  for (const [title, scenario, said, points = 1] of SCENARIOS)
    it(title, () => dropEverywhere(scenario, said, when === "woken" ? 0 : points, when, USED));
});

/** The same program twice: with a mistake that some schedule shows, and without. */
const TWINS: readonly (readonly [title: string, buggy: string, fixed: string])[] = [
  [
    "a counter in a file that is read and written back loses updates; under a lock it does not",
    `yield* write("count", "0"); function* bump(): Async<void> { const n = Number(must(yield* readToString("count"))); yield* write("count", String(n + 1)); } yield* join(task(bump()), task(bump())); if (must(yield* readToString("count")) !== "2") throw new Error("lost");`,
    `yield* write("count", "0"); const turn = new Lock(0); function* bump(): Async<void> { using g = yield* turn.lock(); g.value++; const n = Number(must(yield* readToString("count"))); yield* write("count", String(n + 1)); } yield* join(task(bump()), task(bump())); if (must(yield* readToString("count")) !== "2") throw new Error("lost");`,
  ],
  [
    "looking whether a file exists and then making it lets two be the first; createNew lets one",
    `function* claim(): Async<number> { if (yield* exists("lock")) return 0; yield* write("lock", "mine"); return 1; } const [a, b] = yield* join(claim(), claim()); if (a + b !== 1) throw new Error("both");`,
    `function* claim(): Async<number> { return (yield* AsyncFile.openWith("lock", { write: true, createNew: true })).ok ? 1 : 0; } const [a, b] = yield* join(claim(), claim()); if (a + b !== 1) throw new Error("both");`,
  ],
  [
    "two futures that use one open file at once share its position; one after the other they do not",
    `yield* write("t", "ab"); const f = must(yield* AsyncFile.open("t")); function* readAt(at: number): Async<number> { yield* f.seek(at); yield* pause(); return (yield* f.read(1))[0] ?? 0; } const [a, b] = yield* join(readAt(0), readAt(1)); if (a !== 97 || b !== 98) throw new Error("mixed");`,
    `yield* write("t", "ab"); const f = must(yield* AsyncFile.open("t")); function* readAt(at: number): Async<number> { yield* f.seek(at); yield* pause(); return (yield* f.read(1))[0] ?? 0; } const a = yield* readAt(0), b = yield* readAt(1); if (a !== 97 || b !== 98) throw new Error("mixed");`,
  ],
];

for (const [title, wrong, right] of TWINS)
  testTwins(title, { wrong: ioProgram(wrong), right: ioProgram(right) });

/** Lines of JSON in a file of std, written and replayed by an async function, as a server of a journal does it. */
const JOURNAL = `
import { type Async, select } from "rt";
import { AsyncFile } from "rt/fs";
import { sleep } from "rt/time";
import type { Receiver } from "rt/sync";
import type { File } from "std/fs";
export function* keep(events: Receiver<number>, journal: File, flushMs: number): Async<number[]> {
  using file = AsyncFile.fromStd(journal);
  let buffer = "", due: ReturnType<typeof sleep> | null = null, dueAt = 0;
  function* flush(): Async<void> {
    if (buffer === "") return;
    const lines = buffer;
    buffer = "";
    const written = yield* file.writeAll(lines);
    if (!written.ok) throw new Error(written.error);
    yield* file.sync();
  }
  for (;;) {
    const won: { branch: string; value?: unknown } = buffer === "" ? { branch: "event", value: yield* events.recv() } : yield* select({ event: events.recv(), due: sleep(flushMs) });
    if (won.branch === "due") { yield* flush(); continue; }
    const event = won.value as { ok: boolean; value?: number };
    if (!event.ok) break;
    buffer += JSON.stringify({ seq: event.value }) + "\\n";
    if (buffer.length > 30) yield* flush();
  }
  yield* flush();
  yield* file.seek(0);
  const text = yield* file.readToString();
  return text.ok ? text.value.trim().split("\\n").map((line) => JSON.parse(line).seq) : [];
}`;

it("an async function is given a File of std, writes lines to it, syncs and replays them", async () => {
  const checks = `
import { check, crashPoints, diskAfterCrash, expect, putFile } from "check";
import { blockOn, join } from "rt";
import { sleep } from "rt/time";
import { channel } from "rt/sync";
import { File } from "std/fs";
import { keep } from "./main";
check("journal", "journal", () => {
  putFile("journal", '{"seq":1}\\n');
  const opened = File.append("journal");
  if (!opened.ok) throw new Error(opened.error);
  const [tx, rx] = channel<number>(4);
  function* feed() { using own = tx; for (const n of [2, 3, 4, 5]) { yield* sleep(8); yield* own.send(n); } yield* sleep(12); }
  const [seen] = blockOn(join(keep(rx, opened.value, 5), feed()));
  expect(seen.join() === "1,2,3,4,5", "replayed " + seen.join());
  for (const content of diskAfterCrash("journal")) expect(String.fromCharCode(...(content ?? [])).split("\\n").length === 6, "lost after the end");
  expect(crashPoints("journal").length > 4, "synced now and then");
});`;
  const program = await loadChecks(JOURNAL, checks);
  for (const chooser of [fifo, seeded(1), seeded(2), seeded(3)]) {
    const { outcome, expectations } = program.run({ entry: { kind: "check", index: 0 }, chooser });
    expect({ kind: outcome.kind, message: outcome.message }).toEqual({ kind: "passed", message: "" });
    expect(expectations).toBeGreaterThan(2);
  }
});

it("what a program does with files is the same under one schedule, run after run", async () => {
  const program = await load(ioProgram(TWINS[0]?.[1] ?? ""));
  const runs = [0, 1].map(() => program.run({ entry: { kind: "main" }, chooser: seeded(7) }));
  expect(runs[0]?.traceHash).toBe(runs[1]?.traceHash);
});
