import { expect, it } from "vitest";
import { printed, run } from "../engine.ts";

/** The body of `main` begins on line 9. */
const IMPORTS = `
import { spawn, sleep } from "std/thread";
import { channel, Mutex } from "std/sync";
import { Instant } from "std/time"; import { disk } from "world";
import { File, exists, read, readToString, remove, rename, write } from "std/fs";
const show = (r: { ok: boolean; value?: unknown; error?: unknown }) => (r.ok ? "ok " + String(r.value) : "error " + String(r.error));
const get = <T>(r: { ok: true; value: T } | { ok: false; error: string }): T => { if (!r.ok) throw new Error(r.error); return r.value; };
`;
const main = (body: string): string => `${IMPORTS}export function main() {\n${body}\n}`;

type Prints = readonly (readonly [title: string, body: string, lines: readonly string[]])[];

const CONTENT: Prints = [
  [
    "what is written is read back, every byte of it",
    `const all = new Uint8Array(256); for (let i = 0; i < 256; i++) all[i] = i;
console.log(show(write("all", all))); const back = get(read("all")); console.log(back.length, back.every((b, i) => b === i));`,
    ["ok undefined", "256 true"],
  ],
  [
    "text is written and read as UTF-8",
    `const f = get(File.create("t")); console.log(show(f.write("hä€😀"))); f.close(); console.log(show(readToString("t")));`,
    ["ok 10", "ok hä€😀"],
  ],
  [
    "part of a larger array, or an array of a class that lies about itself, is written as it is",
    `class Liar extends Uint8Array { override get length() { return 1; } }
const f = get(File.append("t")); f.write(new Uint8Array([1, 2, 3, 4]).subarray(1, 3)); f.writeAll(new Liar([7, 8, 9])); console.log(get(read("t")));`,
    ["Uint8Array [2, 3, 7, 8, 9]"],
  ],
  [
    "half a surrogate pair is written as U+FFFD",
    String.raw`write("t", "a\ud800b"); console.log(show(readToString("t")));`,
    ["ok a\ufffdb"],
  ],
  [
    "what is no UTF-8 cannot be read as text",
    `write("t", new Uint8Array([104, 255])); console.log(show(readToString("t")), get(File.open("t")).readToString());`,
    ['error invalid-data { ok: false, error: "invalid-data" }'],
  ],
  [
    "reads go on where the last one ended, and find nothing at the end",
    `write("t", "abcde"); const f = get(File.open("t")); console.log(f.read(2), f.read(9), f.read(1).length, f.read(1).length);`,
    ["Uint8Array [97, 98] Uint8Array [99, 100, 101] 0 0"],
  ],
  [
    "a reader at the end sees what is added later",
    `const w = get(File.append("t")); const r = get(File.open("t")); console.log(r.read(9).length); w.write("x"); console.log(r.read(9));`,
    ["0", "Uint8Array [120]"],
  ],
  [
    "create empties a file that exists",
    `write("t", "long"); write("t", "x"); console.log(show(readToString("t")));`,
    ["ok x"],
  ],
  [
    "append writes at the end, wherever the position is, and can read from the start",
    `write("t", "ab"); const f = get(File.append("t")); f.seek(0); f.write("c"); console.log(f.seek(0, "current")); f.seek(1); console.log(show(f.readToString()));`,
    ["3", "ok bc"],
  ],
  [
    "two that append never overwrite each other",
    `const a = get(File.append("t")), b = get(File.append("t")); a.write("1"); b.write("2"); a.write("3"); console.log(show(readToString("t")));`,
    ["ok 123"],
  ],
  [
    "two that write from the start do",
    `const a = get(File.create("t")), b = get(File.openWith("t", { write: true })); a.write("111"); b.write("2"); console.log(show(readToString("t")));`,
    ["ok 211"],
  ],
  [
    "seek counts from the start, from the position, from the end",
    `write("t", "abcdef"); const f = get(File.open("t")); console.log(f.seek(4), f.seek(-1, "current"), f.seek(-2, "end"), show(f.readToString()));`,
    ["4 3 4 ok ef"],
  ],
  [
    "a write beyond the end fills the gap with zeros",
    `const f = get(File.create("t")); f.seek(3); f.write("x"); console.log(get(read("t")));`,
    ["Uint8Array [0, 0, 0, 120]"],
  ],
  [
    "openWith: createNew refuses what exists, the others do as they say",
    `console.log(show(File.openWith("t", { write: true })), File.openWith("t", { write: true, createNew: true }), show(File.openWith("t", { append: true, createNew: true })));
const f = get(File.openWith("t", { read: true, write: true })); f.write("abc"); f.seek(1); f.write("X"); f.seek(0); console.log(show(f.readToString()));`,
    ["error not-found { ok: true, value: [File] } error already-exists", "ok aXc"],
  ],
  [
    "a clone shares the position",
    `write("t", "abcd"); const f = get(File.open("t")); const g = get(f.tryClone()); f.read(1); console.log(show(g.readToString()), f.read(9).length); f.close(); console.log(g.seek(0));`,
    ["ok bcd 0", "0"],
  ],
  [
    "one call moves at most 64 KiB; writeAll and readToEnd make as many as it takes",
    `const f = get(File.append("t")); const big = new Uint8Array(200_000).fill(7); console.log(show(f.write(big)), show(f.writeAll(big.subarray(65_536))), f.seek(0)); console.log(f.read(100_000).length, f.readToEnd().length);`,
    ["ok 65536 ok undefined 0", "65536 134464"],
  ],
];

const NAMES: Prints = [
  [
    "a name leads to a file until it is removed",
    `console.log(exists("t"), show(readToString("t"))); write("t", ""); console.log(exists("t"), show(remove("t")), exists("t"), show(remove("t")));`,
    ["false error not-found", "true ok undefined false error not-found"],
  ],
  [
    "names have parts, and ./ means nothing",
    `write("logs/a.txt", "x"); console.log(exists("./logs/./a.txt"), exists("logs//a.txt"), exists("logs"), exists("a.txt"));`,
    ["true true false false"],
  ],
  [
    "rename replaces what had the name, and who has that open keeps it",
    `write("old", "o"); write("new", "n"); const f = get(File.open("old")); console.log(show(rename("new", "old")), exists("new"), show(readToString("old")), show(f.readToString()));`,
    ["ok undefined false ok n ok o"],
  ],
  [
    "rename to its own name, and of nothing",
    `write("a", "x"); console.log(show(rename("a", "./a")), show(readToString("a")), show(rename("b", "a")));`,
    ["ok undefined ok x error not-found"],
  ],
  [
    "a removed file goes on for who has it open",
    `const f = get(File.append("t")); f.write("a"); remove("t"); f.write("b"); f.seek(0); console.log(show(f.readToString()), exists("t")); write("t", "other"); f.seek(0); console.log(show(f.readToString()));`,
    ["ok ab false", "ok ab"],
  ],
];

const OWNERS: Prints = [
  [
    "a file in a Mutex can be closed there",
    `const m = new Mutex(get(File.append("t"))); { using g = m.lock(); g.value.close(); } disk({ openMax: 1 }); console.log(File.open("t").ok);`,
    ["true"],
  ],
  [
    "a file that the closure names moves into the thread, and closes when that ends; what it wrote stays",
    `const f = get(File.create("t")); spawn(() => { f.write("x"); }).join(); console.log(show(readToString("t")));`,
    ["ok x"],
  ],
  [
    "a file travels in messages and results",
    `const [tx, rx] = channel<File>(); const t = spawn(() => { const f = get(rx.recv()); f.write("b"); return f; }); const f = get(File.append("t")); f.write("a"); tx.send(f); t.join().write("c"); console.log(show(readToString("t")));`,
    ["ok abc"],
  ],
  [
    "a file in a lock is used by whoever holds it",
    `const shared = new Mutex(get(File.append("t"))); const add = (s: string) => { using g = shared.lock(); g.value.write(s); }; spawn(() => add("a")).join(); add("b"); console.log(show(readToString("t")));`,
    ["ok ab"],
  ],
  [
    "a file reached through a function is shared",
    `const f = get(File.append("t")); const add = (s: string) => f.write(s); spawn(() => { add("a"); }).join(); add("b"); console.log(show(readToString("t")));`,
    ["ok ab"],
  ],
  [
    "`using` closes a file once, also where it was closed or has moved",
    `{ using f = get(File.create("t")); f.write("x"); f.close(); } let t; { using f = get(File.append("t")); t = spawn(() => { sleep(1); f.write("y"); }); } t.join(); console.log(show(readToString("t")));`,
    ["ok xy"],
  ],
  [
    "256 files can be open; closing one, or the end of a thread, makes room",
    `const open = []; for (let i = 0; i < 1_000; i++) { const f = File.create("f" + i); if (!f.ok) { console.log(i, f.error); break; } open.push(f.value); }
console.log(show(open[0]!.tryClone()), show(File.open("f0"))); open[0]!.close(); const f = open[1]!; spawn(() => { f.seek(0); }).join(); console.log(File.open("f0").ok, open[2]!.tryClone().ok, File.open("f0").ok);`,
    ["256 too-many-open-files", "error too-many-open-files error too-many-open-files", "true true false"],
  ],
];

const TIMES: Prints = [
  [
    "every call takes its time, and nothing more",
    `const t = Instant.now(); let last = 0; const took = () => { const now = t.elapsed(), d = now - last; last = now; return Math.round(d * 1e6); };
const f = get(File.append("t")); const a = took(); f.write("x"); const b = took(); f.sync(); const c = took(); f.seek(0); const d = took(); f.read(1); const e = took(); f.close(); const g = took(); exists("t"); console.log(a, b, c, d, e, g, took());`,
    ["100000 10000 5000000 0 10000 0 100000"],
  ],
  [
    "three threads read three files in the time of one",
    `for (const n of ["a", "b", "c"]) write(n, n); const t = Instant.now(); const all = ["a", "b", "c"].map((n) => spawn(() => get(readToString(n)))); console.log(all.map((one) => one.join()).join(""), Math.round(t.elapsed() * 1e6));`,
    ["abc 120000"],
  ],
];

const ROOM: Prints = [
  [
    "10 MB do not fit on the disk of 4 MiB: what fits was written",
    `const f = get(File.append("t")); console.log(show(f.writeAll(new Uint8Array(10_000_000)))); console.log(f.seek(0, "end"), show(f.write("x")), show(write("u", "y")), exists("u"));`,
    ["error no-space", "4194304 error no-space error no-space true"],
  ],
  [
    "the last bytes are a short write",
    `const f = get(File.create("t")); f.seek(4_194_300); console.log(show(f.write("abcdef")), show(f.write("ef")), show(f.write("")));`,
    ["ok 4 error no-space ok 0"],
  ],
  [
    "writeAll goes on after a short write, and then finds no room",
    `const f = get(File.create("t")); f.seek(4_194_300); console.log(show(f.writeAll("abcdef")), f.seek(0, "end"));`,
    ["error no-space 4194304"],
  ],
  [
    "what is overwritten needs no room; what is emptied or removed gives it back",
    `const f = get(File.create("t")); f.seek(4_194_303); f.write("a"); f.seek(0); console.log(show(f.write("b"))); remove("t"); console.log(show(write("u", "x"))); f.close(); console.log(show(write("u", "x")));`,
    ["ok 1", "error no-space", "ok undefined"],
  ],
  [
    "a file that is removed, or replaced by a rename, gives its room back at once where nobody has it open",
    `const fill = (n: string) => { using f = get(File.create(n)); f.seek(4_194_303); return show(f.write("x")); }; console.log(fill("a")); remove("a"); console.log(fill("b")); write("c", ""); rename("c", "b"); console.log(fill("d"));`,
    ["ok 1", "ok 1", "ok 1"],
  ],
  [
    "a position far beyond any file is no room, and nothing to read",
    `const f = get(File.append("t")); const g = get(File.openWith("t", { read: true, write: true })); g.seek(Number.MAX_SAFE_INTEGER); console.log(g.read(1).length, show(g.write("x")));`,
    ["0 error no-space"],
  ],
];

it.each([...CONTENT, ...NAMES, ...OWNERS, ...TIMES, ...ROOM])("%s", async (_title, body, lines) => {
  expect(await printed(main(body))).toEqual(lines);
});

const MISUSES: readonly (readonly [title: string, body: string, message: string])[] = [
  [
    "reads after closing",
    `const f = get(File.append("t")); f.close(); f.read(1);`,
    "main uses `f` after it was closed (main.ts:9:34). Close it once nobody needs it any more, or open it again.",
  ],
  [
    "closes twice",
    `const f = get(File.append("t")); f.close(); f.close();`,
    "main uses `f` after it was closed (main.ts:9:34). Close it once nobody needs it any more, or open it again.",
  ],
  [
    "writes what has moved",
    `const f = get(File.append("t")); const t = spawn(() => { f.write("x"); }); f.write("y"); t.join();`,
    "main uses `f` after it moved into worker-1 (main.ts:9:44). Clone it first and move the clone: `f.tryClone()`.",
  ],
  [
    "reads a file opened for writing",
    `get(File.create("logs/t")).read(1);`,
    "main reads `logs/t`, which was opened for writing (main.ts:9:5). Open it with `File.open` to read it, or with `File.append` to do both.",
  ],
  [
    "writes to a file opened for reading",
    `write("t", ""); get(File.open("t")).writeAll("x");`,
    "main writes to `t`, which was opened for reading (main.ts:9:21). Open it with `File.append` to add to it, or with `File.create` to begin anew.",
  ],
];

it.each(MISUSES)("a program that %s is told so", async (_title, body, message) => {
  const { outcome } = await run(main(body));
  expect([outcome.kind, outcome.message]).toEqual(["misuse", message]);
});

const PANICS: readonly (readonly [call: string, message: string])[] = [
  [`File.open("")`, `PathError: File.open(path) cannot use "": it is empty. Give the file a name.`],
  [
    `File.create("/etc/passwd")`,
    `PathError: File.create(path) cannot use "/etc/passwd": names begin at the program's own folder, not with \`/\`. Write "etc/passwd".`,
  ],
  [
    `File.append("a/../../b")`,
    `PathError: File.append(path) cannot use "a/../../b": nothing is above the program's own folder. Write "a/b".`,
  ],
  [
    `exists("..")`,
    `PathError: exists(path) cannot use "..": nothing is above the program's own folder. Give the file a name.`,
  ],
  [
    String.raw`remove("a\\b")`,
    String.raw`PathError: remove(path) cannot use "a\\b": the parts of a name are parted by ${"`/`"}. Write "a/b".`,
  ],
  [
    `rename("a", "logs/")`,
    `PathError: rename(from, to) cannot use "logs/": it names a folder. Write "logs".`,
  ],
  [
    `readToString(".")`,
    `PathError: File.open(path) cannot use ".": it names a folder. Give the file a name.`,
  ],
  [
    String.raw`write("a\nb", "")`,
    String.raw`PathError: File.create(path) cannot use "a\nb": it holds a character that no name can have. Write "ab".`,
  ],
  [
    `File.open("x".repeat(256))`,
    `PathError: File.open(path) cannot use "${"x".repeat(59)}…": it is longer than 255 characters. Write "${"x".repeat(20)}".`,
  ],
  [`File.open(3 as any)`, "TypeError: File.open(path) needs the name of a file, got 3"],
  [`get(File.append("t")).read(0)`, "RangeError: read(max) needs a whole number from 1, got 0"],
  [`get(File.append("t")).read(1.5)`, "RangeError: read(max) needs a whole number from 1, got 1.5"],
  [`get(File.append("t")).write([1] as any)`, "TypeError: write(data) needs text or a Uint8Array, got [1]"],
  [
    `get(File.append("t")).writeAll(new Int8Array(2) as any)`,
    "TypeError: writeAll(data) needs text or a Uint8Array, got Int8Array [0, 0]",
  ],
  [`get(File.append("t")).seek(NaN)`, "RangeError: seek(offset) needs a whole number of bytes, got NaN"],
  [
    `get(File.append("t")).seek(0, "middle" as any)`,
    'TypeError: seek(offset, from) needs "start", "current" or "end", got middle',
  ],
  [
    `get(File.append("t")).seek(-1)`,
    'RangeError: seek(-1, "start") would lead before the start of the file: positions count from 0',
  ],
  [
    `write("t", "ab"); get(File.append("t")).seek(-3, "end")`,
    'RangeError: seek(-3, "end") would lead before the start of the file: counted from 2, it can go back 2 at most',
  ],
  [
    `File.openWith("t", {})`,
    "TypeError: File.openWith(path, options) needs `read`, `write` or `append` to be true",
  ],
  [
    `File.openWith("t", { read: true, create: true })`,
    "TypeError: File.openWith(path, options) makes a file only for writing: set `write` or `append` as well",
  ],
  [
    `File.openWith("t", { append: true, truncate: true })`,
    "TypeError: File.openWith(path, options) empties a file only for `write`, without `append`",
  ],
  [
    `File.prototype.read.call({} as any, 1)`,
    "TypeError: This method was called without its object: write `object.method()`.",
  ],
];

it.each(PANICS)("%s is refused with the cure", async (call, message) => {
  const { outcome } = await run(main(`${call};`));
  expect([outcome.kind, outcome.message]).toEqual(["panic", message]);
});

it("a program that writes without end is stopped at 16 MB", async () => {
  const { outcome } = await run(
    main(
      `const f = get(File.create("t")); const big = new Uint8Array(65_536); for (;;) { f.write(big); f.seek(0); }`,
    ),
  );
  expect([outcome.kind, outcome.message]).toEqual([
    "over-limit",
    "The program wrote more than 16 MB to the disk in one run.",
  ]);
});

it("a dropped end cannot be a file: methods of channels refuse one", async () => {
  const { outcome } = await run(
    main(`const [tx, rx] = channel<number>(); rx.drop(); tx.drop.call(get(File.append("t")) as any);`),
  );
  expect(outcome.message).toBe(
    "TypeError: This method was called without its object: write `object.method()`.",
  );
});
