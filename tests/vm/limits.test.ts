import { expect, it } from "vitest";
import { fifo, load, machine, run } from "../engine.ts";

const SPAWN = `import { spawn, sleep } from "std/thread";`;

const healthy = async (): Promise<void> => {
  const result = await run(`${SPAWN} export function main() { console.log(spawn(() => 1).join()); }`);
  expect(result.outcome.kind).toBe("passed");
};

const CASES: readonly (readonly [title: string, source: string, kind: string])[] = [
  [
    "endless recursion is over-limit",
    `export function main() { const f = (n: number): number => f(n + 1) + 1; f(0); }`,
    "over-limit",
  ],
  [
    "endless recursion in a second thread is over-limit",
    `${SPAWN} export function main() { const f = (n: number): number => f(n + 1) + 1; spawn(() => f(0)).join(); }`,
    "over-limit",
  ],
  [
    "a suspension at the bottom of a deep recursion ends properly",
    `${SPAWN} export function main() { const f = (n: number): void => { if (n === 0) sleep(1); else f(n - 1); }; f(100); }`,
    "passed",
  ],
  ["an endless loop is out-of-fuel", `export function main() { while (true) {} }`, "out-of-fuel"],
  [
    "an endless loop cannot be caught",
    `export function main() { try { while (true) {} } catch { console.log("caught"); } finally { while (true) {} } }`,
    "out-of-fuel",
  ],
  [
    "an endless loop at the top of a module is out-of-fuel",
    `for (;;); export function main() {}`,
    "out-of-fuel",
  ],
  [
    "endless allocation is out-of-memory",
    `export function main() { const all: string[][] = []; for (;;) all.push(new Array(10000).fill("x")); }`,
    "out-of-memory",
  ],
  [
    "an endless string is out-of-memory",
    `export function main() { let s = "x"; for (;;) s += s; }`,
    "out-of-memory",
  ],
  [
    "a flood of threads is over-limit",
    `${SPAWN} export function main() { for (;;) spawn(() => sleep(10)); }`,
    "over-limit",
  ],
  [
    "a flood of output is over-limit",
    `export function main() { for (;;) console.log("x".repeat(1000)); }`,
    "over-limit",
  ],
  [
    "a flood of kernel calls is over-limit",
    `${SPAWN} export function main() { for (;;) sleep(1); }`,
    "over-limit",
  ],
];

it.each(CASES)("%s, and the pool stays usable", async (_title, source, kind) => {
  const result = await run(source);
  expect([result.outcome.kind, result.outcome.message]).toEqual([kind, expect.any(String)]);
  await healthy();
});

it("results do not depend on what ran before in the same instances", async () => {
  const program = await load(
    `${SPAWN} export function main() { const t = spawn(() => { sleep(3); return [1, 2]; }); console.log(t.join()); }`,
  );
  const once = program.run({ entry: { kind: "main" }, chooser: fifo });
  for (const [, source] of CASES.slice(0, 9)) await run(source);
  const again = program.run({ entry: { kind: "main" }, chooser: fifo });
  expect(again).toEqual(once);
});

it("an instance that grew is let go, so memory stays flat", async () => {
  const hungry = await load(
    `export function main() { const a: string[][] = []; for (let i = 0; i < 60; i++) a.push(new Array(10000).fill("x")); }`,
  );
  for (let i = 0; i < 20; i++)
    expect(hungry.run({ entry: { kind: "main" }, chooser: fifo }).outcome.kind).toBe("passed");
  await healthy();
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 20; i++) hungry.run({ entry: { kind: "main" }, chooser: fifo });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(256 * 1024 * 1024);
  expect(machine).toBeDefined();
});
