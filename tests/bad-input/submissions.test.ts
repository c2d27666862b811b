import { afterEach, describe, expect, it } from "vitest";
import { checkText, isAlive, run, told } from "./course.ts";
import { inside, type Case } from "./case.ts";
import { EXPORTS, FILES, LOADING } from "./files-and-exports.ts";
import { VALUES } from "./misuses.ts";
import { ELSEWHERE, IMPORTS } from "./out-of-reach.ts";
import { SYNTAX } from "./syntax-errors.ts";
import { SOLUTION } from "./tally.ts";

/** Exit code and every word; and a good submission passes in the same process right after. */
async function check([, source, code, said]: Case): Promise<void> {
  const report = await checkText(source);
  expect({ code: report.code, said: told(report) }).toEqual({ code, said });
}

afterEach(async () => {
  expect(await isAlive()).toBe(true);
});

const GROUPS: readonly (readonly [title: string, cases: readonly Case[]])[] = [
  ["a file that is no program:", FILES],
  ["a program without the right exports:", EXPORTS],
  ["a program that, when it is loaded,", LOADING],
  ["a program that uses what is elsewhere:", ELSEWHERE],
  ["a program that imports", IMPORTS],
  ["a program that misuses values and handles:", VALUES],
  ["a program with a syntax error:", SYNTAX],
];

describe.each(GROUPS)("%s", (_, cases) => {
  it.each(cases)("%s", async (...given) => check(given));
});

describe("a duration that is none", () => {
  const calls: [call: string, before: string, column: number][] = [
    ["sleep(ms)", "", 3],
    ["work(ms)", "", 3],
    ["recvTimeout(ms)", "const [tx, rx] = channel(); tx.drop(); rx.", 42],
    ["waitTimeout(guard, ms)", "const m = new Mutex(0); using guard = m.lock(); new Condvar().", 51],
  ];
  const values: [written: string, shown: string][] = [
    ["-1", "-1"],
    ["NaN", "NaN"],
    ["Infinity", "Infinity"],
    ["'10'", '"10"'],
    ["10n", "10n"],
    ["1e300", "1e+300"],
    ["undefined", "undefined"],
    ["{}", "{}"],
  ];
  const cases = calls.flatMap(([call, before, column]) =>
    values.map(([written, shown]) => [call, written, before, column, shown] as const),
  );
  it.each(cases)("%s of %s", async (call, written, before, column, shown) => {
    const report = await checkText(inside(`${before}${call.replace("ms", `${written} as any`)};`));
    expect(report.code).toBe(1);
    expect(told(report)).toEqual([
      `Panic: RangeError: ${call} needs a number of milliseconds from 0 to 8640000000, got ${shown} (main.ts:5:${column})`,
    ]);
  });

  it.each(["sleep(4e6)", "work(4e6)"])("%s is longer than any run", async (call) => {
    const report = await checkText(inside(`${call};`));
    expect(report.code).toBe(1);
    expect(told(report)).toEqual([
      "Over a limit: The program was still waiting after 3,600,000 ms of virtual time. Wait for something that comes sooner. (main.ts:5:3)",
    ]);
  });
});

describe("a submission passes", () => {
  const fine: [title: string, source: string][] = [
    ["with a byte order mark", `\ufeff${SOLUTION}`],
    ["with the line ends of Windows", SOLUTION.replaceAll("\n", "\r\n")],
    ["with the line ends of old", SOLUTION.replaceAll("\n", "\r")],
    ["with enums and namespaces", `enum A { B }\nnamespace N {\n  export const c = A.B;\n}\n${SOLUTION}`],
    ["with an import that nothing uses", `import fs from "node:fs";\n${SOLUTION}`],
    ["up to the bound on characters", SOLUTION.padEnd(256 * 1024, "\n")],
  ];
  it.each(fine)("%s", async (_, source) => {
    expect((await checkText(source)).code).toBe(0);
  });

  it("with other files beside it, whatever they hold", async () => {
    const others = { "notes.txt": "\0", "types.d.ts": "const = ;", "unused.ts": "const = ;" };
    expect((await checkText(SOLUTION, others)).code).toBe(0);
  });
});

describe("a submission of many files", () => {
  const many = Object.fromEntries(
    Array.from({ length: 100 }, (_, n) => [`f${n}.ts`, `export const n = ${n};`]),
  );

  it("is refused beyond 64, whether they are used or not", async () => {
    const report = await checkText(SOLUTION, many);
    expect(report.code).toBe(2);
    expect(told(report)).toEqual(["there are 101 files", "  A program has at most 64 files."]);
  });

  it("without the exercise's own is refused by its name", async () => {
    const report = await run(["check", "tally", "--submission", "mine"], { "mine/other.ts": SOLUTION });
    expect(report.code).toBe(2);
    expect(told(report)).toEqual([
      "The submission has no file `main.ts`.",
      "  Hand in every file that the exercise lets you edit.",
    ]);
  });

  it("names the file that a mistake is in", async () => {
    const report = await checkText(`import { a } from "./a";\n${SOLUTION}a();\n`, {
      "a.ts": "export const a = (;\n",
    });
    expect(told(report)[0]).toBe('a.ts:1:19: Unexpected ";"');
  });

  it("is told when an import finds a file without that export", async () => {
    const text = `import { a } from "./a";\n${SOLUTION}a();\n`;
    expect(told(await checkText(text, { "a.ts": "" }))).toEqual([
      "main.ts:1:10: a.ts has no export `a`",
      "  Write `export` before its declaration in a.ts.",
    ]);
  });
});
