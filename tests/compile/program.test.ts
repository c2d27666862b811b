import { createHash } from "node:crypto";
import * as esbuild from "esbuild-wasm";
import { describe, expect, it } from "vitest";
import { compile, isHidden, locate, type Program } from "#compile";
import { attempt, compiled, execute, LIBRARY } from "./harness.ts";

const FILES = {
  "main.ts":
    'import { fail } from "./lib/fail";\n\nexport type T = { a: number };\nexport const main = (n: number): unknown => fail<T>({ a: n });\n',
  "lib/fail.ts":
    "interface Unused { x: string }\nexport function fail<X>(x: X): never {\n    throw new Error(JSON.stringify(x));\n}\n",
};

/** Where `text` stands in the finished code, both from 1. */
function find(program: Program, text: string): { line: number; column: number } {
  const offset = program.code.indexOf(text);
  expect(offset).toBeGreaterThan(-1);
  const lines = program.code.slice(0, offset).split("\n");
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

describe("a program", () => {
  it("is the same bytes however often it is compiled, and its hash is that of its code", async () => {
    const programs = [await compiled(FILES), await compiled(FILES), await compiled({ ...FILES })];
    expect(new Set(programs.map((program) => JSON.stringify(program))).size).toBe(1);
    const { code, hash } = programs[0]!;
    expect(hash).toBe(createHash("sha256").update(code).digest("hex"));
  });

  it("is plain data", async () => {
    const program = await compiled(FILES);
    expect(structuredClone(program)).toEqual(program);
    expect(JSON.parse(JSON.stringify(program))).toEqual(program);
  });

  it("offers its exports live, under their names, and the required ones only once", async () => {
    const source = `import { sleep } from "std/thread"; let n = 1; export const bump = () => ++n; export { n, n as "odd name", sleep as nap }; export default 7; export { yieldNow as other } from "std/thread";`;
    const program = await compiled({ "main.ts": source }, { exports: { file: "main.ts", names: ["bump"] } });
    const exports: Record<string, unknown> = execute(program).exports;
    expect(Object.keys(exports).sort()).toEqual(["bump", "n", "nap", "odd name", "other"]);
    (exports["bump"] as () => void)();
    expect([exports["n"], exports["odd name"]]).toEqual([2, 2]);
  });

  it("runs every module's body, in import order", async () => {
    const log = "(globalThis as any).interleaveLog";
    const program = await compiled({
      "main.ts": `import "./b"; import { type T, unused } from "./a"; ${log}.push("main"); export const main = () => ${log};`,
      "a.ts": `${log}.push("a"); export const unused = 1; export type T = 1;`,
      "b.ts": `import "./lib"; ${log}.push("b");`,
      "lib/index.ts": `${log}.push("lib");`,
    });
    Object.assign(globalThis, { interleaveLog: [] });
    expect(execute(program).exports["main"]!()).toEqual(["lib", "b", "main"]);
  });

  it("may call the library before the module that imports it has run", async () => {
    const program = await compiled({
      "main.ts":
        'import { early } from "./a"; import { keep } from "std/sync"; export function hoisted() { return keep(5); } export const main = () => early;',
      "a.ts": 'import { hoisted } from "./main"; export const early = hoisted();',
    });
    expect(execute(program).exports["main"]!()).toBe(5);
  });

  it("does not import what only types use", async () => {
    const source =
      'import type { A } from "std/nothing"; import { B } from "nowhere"; export const main = (a: A, b: B) => 1;';
    expect((await compiled({ "main.ts": source })).code).not.toContain("nowhere");
  });

  it("lets hidden checks import `check`, the learner's files and each other", async () => {
    const program = await compiled(
      { "main.ts": "export const answer = 42;" },
      {
        entry: "checks.ts",
        hidden: {
          "checks.ts":
            'import { check } from "check"; import { answer } from "./main"; import { twice } from "./probe"; export const main = () => check(twice(answer));',
          "probe.ts": "export const twice = (n: number) => n * 2;",
        },
      },
    );
    expect(execute(program).exports["main"]!()).toBe(84);
    expect(program.hidden).toEqual(["checks.ts", "probe.ts"]);
    expect(isHidden(program, { file: "probe.ts", line: 1, column: 1 })).toBe(true);
    expect(isHidden(program, { file: "main.ts", line: 1, column: 1 })).toBe(false);
  });
});

describe("locate", () => {
  it.each([
    ["fail({", { file: "main.ts", line: 4, column: 45 }],
    ["new Error(", { file: "lib/fail.ts", line: 3, column: 11 }],
    ["JSON.stringify", { file: "lib/fail.ts", line: 3, column: 21 }],
    ["throw ", { file: "lib/fail.ts", line: 3, column: 5 }],
  ])("finds %s where it is written", async (text, place) => {
    const program = await compiled(FILES);
    const { line, column } = find(program, text);
    expect(locate(program, line, column)).toEqual(place);
  });

  it("places what instrumentation put in at the code before it, and the runtime's part nowhere", async () => {
    const program = await compiled(FILES);
    const { line, column } = find(program, "$at[0]=");
    expect(locate(program, line, column)).toMatchObject({ file: "lib/fail.ts", line: 3 });
    expect(locate(program, 1, 5)).toBe(null);
    expect(locate(program, 999, 1)).toBe(null);
  });

  it("leads from an engine's stack to the line that threw", async () => {
    const program = await compiled(FILES);
    const error = attempt(() => {
      try {
        return execute(program).exports["main"]!();
      } catch (error) {
        return (error as Error).stack;
      }
    });
    const [, line, column] = /<anonymous>:(\d+):(\d+)/.exec(String(error))!;
    // `new Function` puts two lines before the code it is given.
    expect(locate(program, Number(line) - 2, Number(column))).toEqual({
      file: "lib/fail.ts",
      line: 3,
      column: 11,
    });
  });
});

describe("a bundler that fails by itself", () => {
  it("is our error, not the learner's", async () => {
    const build = () => Promise.reject(new Error("no wasm"));
    const broken = { build } as unknown as Pick<typeof esbuild, "build">;
    await expect(compile(broken, { files: FILES, entry: "main.ts", library: LIBRARY })).rejects.toThrow(
      "no wasm",
    );
  });
});
