import { ALLOWED, exportsOf, GENERATORS, inside, type Case } from "./case.ts";
import { SOLUTION as S } from "./tally.ts";

/** What programs have in other places: what is there instead. */
export const ELSEWHERE: readonly Case[] = [
  [
    "async",
    "export async function count(n: number) {\n  return n;\n}\n",
    2,
    ["main.ts:1:8: `async` functions do not exist here", GENERATORS],
  ],
  [
    "an async method",
    `${S}export class A {\n  async b() {}\n}\n`,
    2,
    ["main.ts:17:3: `async` functions do not exist here", GENERATORS],
  ],
  [
    "await",
    inside("await sleep(1);"),
    2,
    [
      'main.ts:5:3: "await" can only be used inside an "async" function',
      "  Write `function*` for `async function` and `yield*` for `await`.",
    ],
  ],
  ["await at the top", `${S}await count(1);\n`, 2, ["main.ts:16:1: `await` does not exist here", GENERATORS]],
  [
    "for await",
    inside("for await (const x of []) x;"),
    2,
    [
      'main.ts:5:7: Cannot use "await" outside an async function',
      "  Write `function*` for `async function` and `yield*` for `await`.",
    ],
  ],
  [
    "new Promise",
    inside("new Promise(() => {});"),
    1,
    [
      "Panic: ReferenceError: Promise does not exist on this machine. Use threads (std/thread) and channels (std/sync). (main.ts:5:3)",
    ],
  ],
  [
    "Promise.all",
    inside("Promise.all([]);"),
    1,
    [
      "Panic: ReferenceError: Promise does not exist on this machine. Use threads (std/thread) and channels (std/sync). (main.ts:5:3)",
    ],
  ],
  [
    "fetch('x')",
    inside("fetch('x');"),
    1,
    [
      "Panic: ReferenceError: fetch does not exist on this machine. Use a channel from std/sync: this machine has no internet. (main.ts:5:3)",
    ],
  ],
  [
    "setTimeout(() => {}, 10)",
    inside("setTimeout(() => {}, 10);"),
    1,
    [
      "Panic: ReferenceError: setTimeout does not exist on this machine. Use `sleep` from std/thread, in a thread of its own. (main.ts:5:3)",
    ],
  ],
  [
    "setInterval(() => {}, 10)",
    inside("setInterval(() => {}, 10);"),
    1,
    [
      "Panic: ReferenceError: setInterval does not exist on this machine. Use a loop with `sleep` from std/thread. (main.ts:5:3)",
    ],
  ],
  [
    "clearTimeout(1)",
    inside("clearTimeout(1);"),
    1,
    [
      "Panic: ReferenceError: clearTimeout does not exist on this machine. Use `recvTimeout` from std/sync: a wait that may end early. (main.ts:5:3)",
    ],
  ],
  [
    "queueMicrotask(() => {})",
    inside("queueMicrotask(() => {});"),
    1,
    [
      "Panic: ReferenceError: queueMicrotask does not exist on this machine. Use `spawn` from std/thread. (main.ts:5:3)",
    ],
  ],
  [
    "process.exit(0)",
    inside("process.exit(0);"),
    1,
    [
      "Panic: ReferenceError: process does not exist on this machine. Use `return` or `panic` from std/assert to end: a program here has no process around it. (main.ts:5:3)",
    ],
  ],
  [
    "window.alert(1)",
    inside("window.alert(1);"),
    1,
    [
      "Panic: ReferenceError: window does not exist on this machine. Use `console.log` to show something: a program here has no page around it. (main.ts:5:3)",
    ],
  ],
  [
    "document.title",
    inside("document.title;"),
    1,
    [
      "Panic: ReferenceError: document does not exist on this machine. Use `console.log` to show something: a program here has no page around it. (main.ts:5:3)",
    ],
  ],
  [
    "localStorage.length",
    inside("localStorage.length;"),
    1,
    [
      "Panic: ReferenceError: localStorage does not exist on this machine. Use a variable: this machine forgets everything at the end of a run. (main.ts:5:3)",
    ],
  ],
  [
    "sessionStorage.length",
    inside("sessionStorage.length;"),
    1,
    [
      "Panic: ReferenceError: sessionStorage does not exist on this machine. Use a variable: this machine forgets everything at the end of a run. (main.ts:5:3)",
    ],
  ],
  [
    "new Worker('x')",
    inside("new Worker('x');"),
    1,
    [
      "Panic: ReferenceError: Worker does not exist on this machine. Use `spawn` from std/thread. (main.ts:5:3)",
    ],
  ],
  [
    "new WebSocket('x')",
    inside("new WebSocket('x');"),
    1,
    [
      "Panic: ReferenceError: WebSocket does not exist on this machine. Use a channel from std/sync: this machine has no internet. (main.ts:5:3)",
    ],
  ],
  [
    "new XMLHttpRequest()",
    inside("new XMLHttpRequest();"),
    1,
    [
      "Panic: ReferenceError: XMLHttpRequest does not exist on this machine. Use a channel from std/sync: this machine has no internet. (main.ts:5:3)",
    ],
  ],
  [
    "crypto.randomUUID()",
    inside("crypto.randomUUID();"),
    1,
    ["Panic: ReferenceError: crypto does not exist on this machine. Use `Math.random`. (main.ts:5:3)"],
  ],
  [
    "performance.now()",
    inside("performance.now();"),
    1,
    [
      "Panic: ReferenceError: performance does not exist on this machine. Use `Instant` from std/time. (main.ts:5:3)",
    ],
  ],
  [
    "Buffer.from('x')",
    inside("Buffer.from('x');"),
    1,
    ["Panic: ReferenceError: Buffer does not exist on this machine. Use `Uint8Array`. (main.ts:5:3)"],
  ],
  [
    "eval('1')",
    inside("eval('1');"),
    1,
    [
      "Panic: ReferenceError: eval does not exist on this machine. Use a function: code cannot be made from text here. (main.ts:5:3)",
    ],
  ],
  [
    "new Intl.NumberFormat()",
    inside("new Intl.NumberFormat();"),
    1,
    [
      "Panic: ReferenceError: Intl does not exist on this machine. Use `toFixed`, `padStart` and the like: this machine has no languages or regions. (main.ts:5:3)",
    ],
  ],
  [
    "module.exports",
    inside("module.exports;"),
    1,
    [
      "Panic: ReferenceError: module does not exist on this machine. Use `export` before the declaration. (main.ts:5:3)",
    ],
  ],
  [
    "require",
    inside('require("fs");'),
    2,
    ["main.ts:5:11: `require` does not exist here", "  Write `import { … } from` at the top of the file."],
  ],
  [
    "new Function",
    inside('new Function("return 1");'),
    1,
    ["Panic: TypeError: Code cannot be made from text here. Write a function. (main.ts:5:3)"],
  ],
  [
    "a function's constructor",
    inside('(() => 1).constructor("return 1");'),
    1,
    ["Panic: TypeError: Code cannot be made from text here. Write a function. (main.ts:5:3)"],
  ],
  [
    "import()",
    inside('import("./x");'),
    2,
    ["main.ts:5:3: `import()` does not exist here", "  Write `import { … } from` at the top of the file."],
  ],
  [
    "import.meta",
    inside("import.meta.url;"),
    2,
    ["main.ts:5:3: `import.meta` does not exist here", "  A program has no address."],
  ],
  ["an unknown name", inside("foo();"), 1, ["Panic: ReferenceError: foo is not defined (main.ts:5:3)"]],
];

/** Imports of what cannot be imported. */
export const IMPORTS: readonly Case[] = [
  [
    "a package",
    `import { map } from "lodash";\n${S}map();\n`,
    2,
    ["main.ts:1:21: there is no module `lodash` here", ALLOWED],
  ],
  [
    "a module of Node",
    `import fs from "node:fs";\n${S}fs.readFileSync("x");\n`,
    2,
    ["main.ts:1:16: there is no module `node:fs` here", ALLOWED],
  ],
  [
    "a module of Node without a name",
    `import "fs";\n${S}`,
    2,
    ["main.ts:1:8: there is no module `fs` here", ALLOWED],
  ],
  [
    "an address",
    `import "https://example.org/x.js";\n${S}`,
    2,
    ["main.ts:1:8: there is no module `https://example.org/x.js` here", ALLOWED],
  ],
  ["hidden checks", `import "./checks";\n${S}`, 2, ["main.ts:1:8: there is no file `./checks`", ALLOWED]],
  [
    "the module of checks",
    `import { check } from "check";\n${S}check("a", "b", () => {});\n`,
    2,
    ["main.ts:1:23: only an exercise's own checks can import `check`", ALLOWED],
  ],
  [
    "a file there is not",
    `import { a } from "./a";\n${S}a();\n`,
    2,
    ["main.ts:1:19: there is no file `./a`", ALLOWED],
  ],
  ["a file above", `import "../main";\n${S}`, 2, ["main.ts:1:8: there is no file `../main`", ALLOWED]],
  [
    "a slip of the pen",
    S.replace("std/thread", "std/tread"),
    2,
    ["main.ts:2:23: there is no module `std/tread` here; did you mean `std/thread`?", ALLOWED],
  ],
  [
    "a name that the library lacks",
    `${S.replace("{ spawn }", "{ spawn, thread }")}thread();\n`,
    2,
    [
      "main.ts:2:17: std/thread has no export `thread`; did you mean `Thread`?",
      `  std/thread exports ${exportsOf("std/thread").join(", ")}.`,
    ],
  ],
];
