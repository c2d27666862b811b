import { expect, it } from "vitest";
import { outcomes } from "../engine.ts";
import { testTwins } from "../twins.ts";

const IMPORTS = `
import { sleep, spawn } from "std/thread";
import { Mutex } from "std/sync";
import { assert } from "std/assert";
import { File, exists, readToString, rename, write } from "std/fs";
import { disk } from "world";
const get = <T>(r: { ok: true; value: T } | { ok: false; error: string }): T => { if (!r.ok) throw new Error(r.error); return r.value; };
`;

/** The same program twice: with a mistake that some schedule shows, and without. */
const TWINS: readonly (readonly [title: string, buggy: string, fixed: string])[] = [
  [
    "a counter in a file is read and written back: another thread can come between, unless a lock is held",
    `export function main() {
  write("count", "0");
  const bump = () => { const n = Number(get(readToString("count"))); write("count", String(n + 1)); };
  const a = spawn(bump), b = spawn(bump); a.join(); b.join();
  assert(get(readToString("count")) === "2");
}`,
    `export function main() {
  write("count", "0");
  const lock = new Mutex(0);
  const bump = () => { using held = lock.lock(); held.value++; const n = Number(get(readToString("count"))); write("count", String(n + 1)); };
  const a = spawn(bump), b = spawn(bump); a.join(); b.join();
  assert(get(readToString("count")) === "2");
}`,
  ],
  [
    "looking whether a file exists and then making it lets two be the first; createNew lets one",
    `export function main() {
  const claim = () => { if (exists("lock")) return 0; write("lock", "mine"); return 1; };
  const a = spawn(claim), b = spawn(claim);
  assert(a.join() + b.join() === 1);
}`,
    `export function main() {
  const claim = () => (File.openWith("lock", { write: true, createNew: true }).ok ? 1 : 0);
  const a = spawn(claim), b = spawn(claim);
  assert(a.join() + b.join() === 1);
}`,
  ],
  [
    "two threads that share an open file share its position; each with its own open file they do not",
    `export function main() {
  write("t", "abcdef");
  const f = get(File.open("t"));
  const readAt = (at: number) => { f.seek(at); return f.read(1)[0]; };
  const a = spawn(() => readAt(0)), b = spawn(() => readAt(3));
  assert(a.join() === 97 && b.join() === 100);
}`,
    `export function main() {
  write("t", "abcdef");
  const readAt = (at: number) => { const f = get(File.open("t")); f.seek(at); return f.read(1)[0]; };
  const a = spawn(() => readAt(0)), b = spawn(() => readAt(3));
  assert(a.join() === 97 && b.join() === 100);
}`,
  ],
  [
    "a file that is written anew can be found empty; one that is renamed into place cannot",
    `export function main() {
  write("config", "old");
  const t = spawn(() => { write("config", "new"); });
  const seen = get(readToString("config"));
  t.join();
  assert(seen === "old" || seen === "new");
}`,
    `export function main() {
  write("config", "old");
  const t = spawn(() => { write("config.new", "new"); rename("config.new", "config"); });
  const seen = get(readToString("config"));
  t.join();
  assert(seen === "old" || seen === "new");
}`,
  ],
  [
    "two threads that write records from their own positions overwrite each other; two that append do not",
    `export function main() {
  write("log", "");
  const add = () => { get(File.openWith("log", { write: true })).writeAll("12345"); };
  const a = spawn(add), b = spawn(add); a.join(); b.join();
  assert(get(readToString("log")).length === 10);
}`,
    `export function main() {
  write("log", "");
  const add = () => { get(File.append("log")).writeAll("12345"); };
  const a = spawn(add), b = spawn(add); a.join(); b.join();
  assert(get(readToString("log")).length === 10);
}`,
  ],
  [
    "on a disk that takes no time at all the order of calls is still open",
    `export function main() {
  disk({ openMs: 0, readMs: 0, writeMs: 0, syncMs: 0 });
  write("count", "0");
  const bump = () => { const n = Number(get(readToString("count"))); write("count", String(n + 1)); };
  const a = spawn(bump), b = spawn(bump); a.join(); b.join();
  assert(get(readToString("count")) === "2");
}`,
    `export function main() {
  disk({ openMs: 0, readMs: 0, writeMs: 0, syncMs: 0 });
  const add = () => { get(File.append("log")).writeAll("1"); };
  const a = spawn(add), b = spawn(add); a.join(); b.join();
  assert(get(readToString("log")) === "11");
}`,
  ],
];

for (const [title, wrong, right] of TWINS)
  testTwins(title, { wrong: `${IMPORTS}${wrong}`, right: `${IMPORTS}${right}` });

/** Of programs that move so much that 800 runs would take long. */
const LARGE: typeof TWINS = [
  [
    "a large text is written in pieces, between which a reader can come; a lock keeps it out",
    `export function main() {
  const t = spawn(() => { get(File.append("t")).writeAll(new Uint8Array(100_000)); });
  const f = get(File.append("t"));
  sleep(0.065);
  const { length } = f.readToEnd();
  t.join();
  assert(length === 0 || length === 100_000);
}`,
    `export function main() {
  const lock = new Mutex(0);
  const t = spawn(() => { using held = lock.lock(); held.value++; get(File.append("t")).writeAll(new Uint8Array(100_000)); });
  const f = get(File.append("t"));
  sleep(0.065);
  using held = lock.lock();
  held.value++;
  const { length } = f.readToEnd();
  assert(length === 0 || length === 100_000);
  held.unlock();
  t.join();
}`,
  ],
];

it.each(LARGE)("%s", async (_title, buggy, fixed) => {
  expect(await outcomes(`${IMPORTS}${buggy}`, 10)).toContain("panic");
  expect(await outcomes(`${IMPORTS}${fixed}`, 40)).toEqual(new Set(["passed"]));
});
