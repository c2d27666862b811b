import { expect, it } from "vitest";
import { printed } from "../engine.ts";

const IMPORTS = `import { spawn, sleep } from "std/thread"; import { channel } from "std/sync";`;

/** Programs that suspend in awkward places, and what they print. */
const CASES: readonly (readonly [title: string, body: string, lines: readonly string[]])[] = [
  [
    "closures survive a fork, and each side has its own copy",
    `let n = 1; const read = () => n; const t = spawn(() => read() + 10); n = 5; console.log(read(), t.join());`,
    ["5 11"],
  ],
  [
    "a fork inside a fork sees all three layers",
    `const a = "a"; const t = spawn(() => { const b = a + "b"; const u = spawn(() => { const c = b + "c"; return c; }); return u.join() + "!"; }); console.log(t.join());`,
    ["abc!"],
  ],
  [
    "a generator suspended in a kernel call goes on where it was",
    `function* numbers() { for (let i = 0; i < 3; i++) { sleep(10); yield i; } } const out: number[] = []; for (const n of numbers()) out.push(n); console.log(out);`,
    ["[0, 1, 2]"],
  ],
  [
    "nested yield* suspends and resumes at every level",
    `function* inner() { sleep(1); yield 1; sleep(1); return 2; } function* outer() { const got: number = yield* inner(); sleep(1); yield got; } console.log([...outer()]);`,
    ["[1, 2]"],
  ],
  [
    "finally runs once around a suspension, innermost first",
    `const log: string[] = []; function f() { try { try { sleep(5); log.push("body"); return "r"; } finally { sleep(5); log.push("inner"); } } finally { sleep(5); log.push("outer"); } } console.log(f(), log);`,
    [`r ["body", "inner", "outer"]`],
  ],
  [
    "a catch sees an error thrown after a suspension",
    `try { sleep(5); throw new Error("late"); } catch (e) { sleep(5); console.log((e as Error).message); }`,
    ["late"],
  ],
  [
    "a sort comparator may sleep",
    `console.log([3, 1, 2].sort((a, b) => { sleep(1); return a - b; }));`,
    ["[1, 2, 3]"],
  ],
  [
    "map, reduce and replace callbacks may sleep",
    `console.log([1, 2].map((n) => { sleep(1); return n * 2; }), [1, 2, 3].reduce((a, b) => { sleep(1); return a + b; }), "ab".replace(/./g, (c) => { sleep(1); return c + c; }));`,
    [`[2, 4] 6 aabb`],
  ],
  [
    "a getter and toString may sleep",
    `const o = { get v() { sleep(1); return 7; }, toString() { sleep(1); return "o!"; } }; console.log(o.v, \`\${o}\`);`,
    ["7 o!"],
  ],
  [
    "a fork inside a sort comparator resumes right in both copies",
    `const sorted = [2, 1].sort((a, b) => { const t = spawn(() => a - b); return t.join(); }); console.log(sorted);`,
    ["[1, 2]"],
  ],
  [
    "using disposes after a suspension, in reverse order",
    `const log: string[] = []; const res = (name: string) => ({ [Symbol.dispose]() { sleep(1); log.push(name); } }); { using a = res("a"); using b = res("b"); sleep(1); log.push("body"); } console.log(log);`,
    [`["body", "b", "a"]`],
  ],
  [
    "a message sent from deep inside a recursion arrives",
    `const [tx, rx] = channel<number>(); const dive = (n: number): void => { if (n === 0) tx.send(42); else dive(n - 1); }; spawn(() => dive(40)); const got = rx.recv(); console.log(got.ok && got.value);`,
    ["42"],
  ],
];

it.each(CASES)("%s", async (_title, body, lines) => {
  expect(await printed(`${IMPORTS}\nexport function main() { ${body} }`)).toEqual(lines);
});
