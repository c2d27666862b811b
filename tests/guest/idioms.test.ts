import { describe, expect, it } from "vitest";
import { printed, run } from "../engine.ts";
import { BUILT_IN_IDIOMS } from "./built-in-idioms.ts";
import { CLASS_IDIOMS } from "./class-idioms.ts";
import { moduleOf, printedByNode } from "./idiom.ts";
import { VALUE_IDIOMS } from "./value-idioms.ts";

describe("everyday TypeScript prints here what it prints in Node", () => {
  it.each([...CLASS_IDIOMS, ...VALUE_IDIOMS, ...BUILT_IN_IDIOMS])("%s", async (_title, program, lines) => {
    const module = moduleOf(program);
    expect(await printedByNode(module)).toEqual(lines);
    expect(await printed(module)).toEqual(lines);
  });
});

describe("what is different on this machine", () => {
  it.each([
    [
      "the clock begins with the run",
      "console.log(Date.now(), new Date().toISOString());",
      "0 1970-01-01T00:00:00.000Z",
    ],
    [
      "printing an object runs none of its getters",
      "console.log({ get a() { throw new Error(); }, b: 1 });",
      "{ a: [getter], b: 1 }",
    ],
    [
      "words are compared by code points, as no language is known",
      "console.log(['b', 'C', 'a'].sort((x, y) => x.localeCompare(y)).join());",
      "C,a,b",
    ],
    ["numbers have no language either", "console.log((1234567.5).toLocaleString());", "1234567.5"],
  ])("%s", async (_title, body, line) => {
    expect(await printed(`export function main() { ${body} }`)).toEqual([line]);
  });

  it("the clock is virtual time", async () => {
    const lines = await printed(
      `import { sleep } from "std/thread"; export function main() { sleep(1500); console.log(Date.now(), new Date().getTime()); }`,
    );
    expect(lines).toEqual(["1500 1500"]);
  });

  it("two runs draw the same random numbers", async () => {
    const draw = "export function main() { console.log([1, 2, 3].map(() => Math.random()).join()); }";
    expect(await printed(draw)).toEqual(await printed(draw));
  });

  it.each([
    [
      "Intl",
      "new Intl.NumberFormat()",
      "Intl does not exist on this machine. Use `toFixed`, `padStart` and the like: this machine has no languages or regions.",
    ],
    [
      "setTimeout",
      "setTimeout(() => {}, 1)",
      "setTimeout does not exist on this machine. Use `sleep` from std/thread, in a thread of its own.",
    ],
    [
      "fetch",
      "fetch('x')",
      "fetch does not exist on this machine. Use a channel from std/sync: this machine has no internet.",
    ],
    [
      "process",
      "process.exit()",
      "process does not exist on this machine. Use `return` or `panic` from std/assert to end: a program here has no process around it.",
    ],
    [
      "window",
      "window.alert()",
      "window does not exist on this machine. Use `console.log` to show something: a program here has no page around it.",
    ],
    ["crypto", "crypto.randomUUID()", "crypto does not exist on this machine. Use `Math.random`."],
  ])("%s says what to use instead", async (_name, expression, message) => {
    const { outcome } = await run(`export function main() { ${expression}; }`);
    expect([outcome.kind, outcome.message]).toEqual(["panic", `ReferenceError: ${message}`]);
  });

  it.each([
    ["a built-in method", "Array.prototype.push = () => 0;", "TypeError: 'push' is read-only"],
    [
      "an inherited name",
      "Object.prototype.toString = () => '';",
      "TypeError: toString belongs to the language and cannot be changed",
    ],
    ["a new global", "(globalThis as any).mine = 1;", "TypeError: object is not extensible"],
    [
      "code from text",
      "new Function('return 1');",
      "TypeError: Code cannot be made from text here. Write a function.",
    ],
  ])("%s cannot be changed or made", async (_what, statement, message) => {
    const { outcome } = await run(`export function main() { ${statement} }`);
    expect([outcome.kind, outcome.message]).toEqual(["panic", message]);
  });
});
