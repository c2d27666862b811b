import { describe, expect, it } from "vitest";
import { DETERMINISTIC_FOLDERS, findDeterminismFindings } from "./determinism.ts";
import type { Allowance } from "./determinism.ts";
import { describeFinding, readSourceFiles } from "./source-files.ts";

const ALLOWANCES: readonly Allowance[] = [
  {
    path: "src/guest/core/tree-reading.ts",
    name: "Date",
    reason: "copies the number inside a learner's Date, never reads a clock",
  },
];

/** Checks one small kernel file against the banned names it must be told about, with their lines. */
function check(text: string, expected: readonly string[], allowances: readonly Allowance[] = []): void {
  const found = findDeterminismFindings([{ path: "src/kernel/a.ts", text }], allowances);
  expect(found.map(({ line, rule }) => `${line} ${rule.split(" could")[0]}`)).toEqual(expected);
}

describe("the engine depends on nothing but the program and the schedule", () => {
  it("holds in every deterministic folder", () => {
    const files = readSourceFiles("src", [".ts"]);
    for (const folder of DETERMINISTIC_FOLDERS) {
      expect(
        files.some((file) => file.path.startsWith(`src/${folder}/`)),
        folder,
      ).toBe(true);
    }
    expect(findDeterminismFindings(files, ALLOWANCES).map(describeFinding)).toEqual([]);
  });

  it("bans the wall clock in every spelling", () => {
    check("const a = Date.now();\nconst b = new Date();\nconst c = performance.now();", [
      "1 Date",
      "2 Date",
      "3 performance",
    ]);
    check('globalThis.Date = 1;\nglobalThis["Date"] = 1;\nconst { now } = Date;', [
      "1 Date",
      "2 Date",
      "3 Date",
    ]);
    check("class When extends Date {}\nconst when = { Date };", ["1 Date", "2 Date"]);
  });

  it("bans timers, microtasks, the network and the process", () => {
    check("setTimeout(f);\nsetInterval(f);\nqueueMicrotask(f);\nfetch(u);\nprocess.exit();\nf(console);", [
      "1 setTimeout",
      "2 setInterval",
      "3 queueMicrotask",
      "4 fetch",
      "5 process",
      "6 console",
    ]);
  });

  it("bans randomness, and mathematics that platforms round differently", () => {
    check("Math.random();\nMath.sin(1);\nMath.pow(x, 2);\nx ** y;", [
      "1 Math.random",
      "2 Math.sin",
      "3 Math.pow",
      "4 **",
    ]);
  });

  it("bans locale data and the garbage collector's moment", () => {
    check("new Intl.Collator();\na.localeCompare(b);\nn.toLocaleString();\nnew WeakRef(x);", [
      "1 Intl",
      "2 localeCompare",
      "3 toLocaleString",
      "4 WeakRef",
    ]);
  });

  it("leaves exact mathematics, own names, types, comments and texts alone", () => {
    check("Math.floor(Math.sqrt(2)) + Math.max(1, 2) + 2 ** 53;", []);
    check("clock.performance; ({ fetch: 1 }).fetch; class A { setTimeout() {} }", []);
    check("function f(process: number) { return process; }", []);
    check('// Date.now\nexport type When = Date | typeof Date;\nconst text = "Math.random()";', []);
    check("if (value instanceof Date) freeze(Date.prototype);", []);
  });

  it("sees through an ambient declaration of a banned name", () => {
    check("declare const Date: unknown;\nf(Date);", ["2 Date"]);
  });

  it("lets a file use a name that is allowed there with a reason", () => {
    const allowance = { path: "src/kernel/a.ts", name: "Date", reason: "removes it" };
    check("delete globalThis.Date;", [], [allowance]);
    check("Math.random();", ["1 Math.random", "1 the allowance for Date is not used"], [allowance]);
  });

  it("does not look at folders that live by the wall clock", () => {
    expect(findDeterminismFindings([{ path: "src/worker/a.ts", text: "Date.now()" }], [])).toEqual([]);
  });
});
