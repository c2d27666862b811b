import { LOOK, MOVE_IT, type Case } from "./case.ts";
import { SOLUTION as S } from "./tally.ts";

/** Files that are no program. */
export const FILES: readonly Case[] = [
  [
    "an empty file",
    "",
    2,
    ["main.ts must export `count`", "  Write `export` before the declaration of `count` in main.ts."],
  ],
  [
    "white space only",
    " \n\t\r\n\n",
    2,
    ["main.ts must export `count`", "  Write `export` before the declaration of `count` in main.ts."],
  ],
  [
    "comments only",
    "// later\n/* or never */\n",
    2,
    ["main.ts must export `count`", "  Write `export` before the declaration of `count` in main.ts."],
  ],
  ["a NUL byte", `${S}\0`, 2, ["main.ts is not a text file", "  Save it as plain UTF-8 text."]],
  ["half a character", `${S}// \ud800`, 2, ["main.ts is not a text file", "  Save it as plain UTF-8 text."]],
  ["control characters", "\u0007\u0001\u001a", 2, ['main.ts:1:1: Unexpected "\\a"', LOOK]],
  ["replacement characters", "\ufffd\ufffdPNG\r\n", 2, ['main.ts:1:1: Unexpected "�"', LOOK]],
  ["a page of HTML", "<!DOCTYPE html>\n<html></html>\n", 2, ['main.ts:1:2: Unexpected "!"', LOOK]],
  [
    "another language",
    "def count(n):\n    return n\n",
    2,
    ['main.ts:1:5: Expected ";" but found "count"', LOOK],
  ],
  [
    "a megabyte",
    `${S}// ${"x".repeat(1 << 20)}`,
    2,
    ["main.ts has 1048967 characters", "  A file has at most 262144 characters."],
  ],
];

/** Programs without what the exercise demands, or with something else of its name. */
export const EXPORTS: readonly Case[] = [
  [
    "no export",
    S.replace("export ", ""),
    2,
    ["main.ts must export `count`", "  Write `export` before the declaration of `count` in main.ts."],
  ],
  [
    "another export",
    S.replace("count", "tally"),
    2,
    ["main.ts must export `count`", "  Write `export` before the declaration of `count` in main.ts."],
  ],
  [
    "a default export",
    S.replace("export", "export default"),
    2,
    [
      "main.ts must export `count`",
      "  Write `export` without `default` before the declaration of `count` in main.ts.",
    ],
  ],
  [
    "a type of that name",
    "export type count = number;\n",
    2,
    ["main.ts must export `count`", "  Write `export` before the declaration of `count` in main.ts."],
  ],
  [
    "a number",
    "export const count = 3;\n",
    1,
    ["main.ts exports `count`, but it is not a function. Write `export function count(…) { … }`."],
  ],
  [
    "a class",
    "export class count {}\n",
    1,
    [
      "main.ts exports `count`, but it is a class, and the check calls it. Write `export function count(…) { … }`.",
    ],
  ],
  [
    "an object",
    "export const count = { value: 3 };\n",
    1,
    ["main.ts exports `count`, but it is not a function. Write `export function count(…) { … }`."],
  ],
  [
    "nothing",
    "export let count: unknown;\n",
    1,
    ["main.ts exports `count`, but it is not a function. Write `export function count(…) { … }`."],
  ],
];

/** A good solution, and behind it code that runs before any check. */
export const LOADING: readonly Case[] = [
  [
    "loops for ever",
    `${S}while (true) {}\n`,
    2,
    [
      "main.ts:16:1: The program does not start. Endless loop: main ran an endless loop, or one far too long: it was stopped. (main.ts:16:1)",
      MOVE_IT,
    ],
  ],
  [
    "calls itself for ever",
    `${S}function f(): number {\n  return f() + 1;\n}\nf();\n`,
    2,
    [
      "main.ts:17:10: The program does not start. Over a limit: The program called itself too deeply: its stack is full. (main.ts:17:10)",
      MOVE_IT,
    ],
  ],
  [
    "throws",
    `${S}throw new RangeError("no row 17");\n`,
    2,
    ["main.ts:16:7: The program does not start. Panic: RangeError: no row 17 (main.ts:16:7)", MOVE_IT],
  ],
  [
    "throws a text",
    `${S}throw "no row 17";\n`,
    2,
    ["The program does not start. Panic: thrown value: no row 17", MOVE_IT],
  ],
  [
    "throws nothing at all",
    `${S}throw undefined;\n`,
    2,
    ["The program does not start. Panic: thrown value: undefined", MOVE_IT],
  ],
  [
    "reads a field of null",
    `${S}(null as any).x;\n`,
    2,
    [
      "main.ts:16:2: The program does not start. Panic: TypeError: cannot read property 'x' of null (main.ts:16:2)",
      MOVE_IT,
    ],
  ],
  [
    "waits for a message for ever",
    `import { channel } from "std/sync";\n${S}const [tx, rx] = channel<number>();\nrx.recv();\n`,
    2,
    [
      "main.ts:18:1: The program does not start. Deadlock: main waits for a message on `tx, rx` while it holds a sender of it itself, so the channel never ends. Nobody can go on. (main.ts:18:1)",
      MOVE_IT,
    ],
  ],
  [
    "locks twice",
    `${S}const m = new Mutex(1);\nm.lock();\nm.lock();\n`,
    2,
    [
      "main.ts:18:1: The program does not start. Deadlock: main waits for `m`, which it holds itself (taken at main.ts:17:1). Nobody can go on.",
      MOVE_IT,
    ],
  ],
  [
    "fills its memory",
    `${S}const all: unknown[] = [];\nfor (;;) all.push(new Array(1000).fill(1));\n`,
    2,
    [
      "main.ts:17:19: The program does not start. Out of memory: The program used more memory than a thread has here. (main.ts:17:19)",
      MOVE_IT,
    ],
  ],
];
