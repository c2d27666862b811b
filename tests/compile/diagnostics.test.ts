import { describe, expect, it } from "vitest";
import type { Place } from "#abi";
import type { Diagnostic } from "#compile";
import { diagnosed } from "./harness.ts";

const ALLOWED = "You can import your own files (./…), std/thread, std/sync.";
const GENERATORS =
  "Generators are the async functions of this course: write `function*`, and `yield*` for `await`.";
const IMPORT_ABOVE = "Write `import { … } from` at the top of the file.";

function main(line: number, column: number): { place: Place } {
  return { place: { file: "main.ts", line, column } };
}

interface Case {
  readonly title: string;
  readonly source: string;
  readonly expected: readonly Diagnostic[];
}

const IMPORTS: readonly Case[] = [
  {
    title: "a package",
    source: 'import { map } from "lodash";\nmap();',
    expected: [
      { kind: "import", message: "there is no module `lodash` here", hint: ALLOWED, ...main(1, 21) },
    ],
  },
  {
    title: "a slip of the pen in a module's name",
    source: '\nimport { spawn } from "std/tread"; spawn();',
    expected: [
      {
        kind: "import",
        message: "there is no module `std/tread` here; did you mean `std/thread`?",
        hint: ALLOWED,
        ...main(2, 23),
      },
    ],
  },
  {
    title: "a slip of the pen in a file's name",
    source: 'import { a } from "./helpr.ts"; a();',
    expected: [
      {
        kind: "import",
        message: "there is no file `./helpr.ts`; did you mean `./helper`?",
        hint: ALLOWED,
        ...main(1, 19),
      },
    ],
  },
  {
    title: "a path out of the program",
    source: 'import { a } from "../../etc/passwd"; a();',
    expected: [
      { kind: "import", message: "there is no file `../../etc/passwd`", hint: ALLOWED, ...main(1, 19) },
    ],
  },
  {
    title: "an address, an absolute path and a re-export",
    source: 'import "https://example.org/x.js";\nimport "/main.ts";\nexport * from "fs";',
    expected: [
      {
        kind: "import",
        message: "there is no module `https://example.org/x.js` here",
        hint: ALLOWED,
        ...main(1, 8),
      },
      { kind: "import", message: "there is no module `/main.ts` here", hint: ALLOWED, ...main(2, 8) },
      { kind: "import", message: "there is no module `fs` here", hint: ALLOWED, ...main(3, 15) },
    ],
  },
  {
    title: "the module of hidden checks",
    source: 'import { check } from "check"; check();',
    expected: [
      {
        kind: "import",
        message: "only an exercise's own checks can import `check`",
        hint: ALLOWED,
        ...main(1, 23),
      },
    ],
  },
  {
    title: "a hidden file",
    source: 'import { secret } from "./checks"; secret();',
    expected: [{ kind: "import", message: "there is no file `./checks`", hint: ALLOWED, ...main(1, 24) }],
  },
  {
    title: "a column behind characters of several bytes",
    source: 'const s = "ü😀"; import { x } from "é";\nx(s);',
    expected: [{ kind: "import", message: "there is no module `é` here", hint: ALLOWED, ...main(1, 36) }],
  },
  {
    title: "`require`",
    source: 'export const fs = require("fs");',
    expected: [
      { kind: "unsupported", message: "`require` does not exist here", hint: IMPORT_ABOVE, ...main(1, 27) },
    ],
  },
];

const EXPORTS: readonly Case[] = [
  {
    title: "a slip of the pen in a library name",
    source: 'import { sleep, spwan } from "std/thread";\nspwan(sleep);',
    expected: [
      {
        kind: "export",
        message: "std/thread has no export `spwan`; did you mean `spawn`?",
        hint: "std/thread exports spawn, scope, sleep, yieldNow.",
        ...main(1, 17),
      },
    ],
  },
  {
    title: "a name that the library never had, under another name",
    source: 'import { promisify as p } from "std/thread";\nexport const q = p();',
    expected: [
      {
        kind: "export",
        message: "std/thread has no export `promisify`",
        hint: "std/thread exports spawn, scope, sleep, yieldNow.",
        ...main(1, 10),
      },
    ],
  },
  {
    title: "a default import and a member of a namespace",
    source: 'import thread from "std/thread";\nimport * as t from "std/thread";\nthread(t.spawn, t.sleeep);',
    expected: [
      {
        kind: "export",
        message: "std/thread has no export `default`",
        hint: "std/thread exports spawn, scope, sleep, yieldNow.",
        ...main(1, 8),
      },
      {
        kind: "export",
        message: "std/thread has no export `sleeep`; did you mean `sleep`?",
        hint: "std/thread exports spawn, scope, sleep, yieldNow.",
        ...main(3, 19),
      },
    ],
  },
  {
    title: "a name that another file of the learner's lacks",
    source: 'import { Helper } from "./helper";\nnew Helper();',
    expected: [
      {
        kind: "export",
        message: "helper.ts has no export `Helper`; did you mean `helper`?",
        hint: "Write `export` before its declaration in helper.ts.",
        ...main(1, 10),
      },
    ],
  },
];

const UNSUPPORTED: readonly Case[] = [
  {
    title: "async functions of every form, once each",
    source:
      "export async function a() { await b(); for await (const x of []) x; }\nconst b = async () => 1;\nexport class C { async m() {} }\nexport const o = { async *g() {} };",
    expected: [main(1, 8), main(2, 11), main(3, 18), main(4, 20)].map((place) => ({
      kind: "unsupported" as const,
      message: "`async` functions do not exist here",
      hint: GENERATORS,
      ...place,
    })),
  },
  {
    title: "top-level await",
    source: "const f = () => 1;\nconst x = await f();\nfor await (const y of [x]) y;",
    expected: [
      { kind: "unsupported", message: "`await` does not exist here", hint: GENERATORS, ...main(2, 11) },
      { kind: "unsupported", message: "`for await` does not exist here", hint: GENERATORS, ...main(3, 1) },
    ],
  },
  {
    title: "await in a plain function",
    source: "function f() {\n  await g();\n}\nfunction g() {}\nexport { f };",
    expected: [
      {
        kind: "unsupported",
        message: '"await" can only be used inside an "async" function',
        hint: "Write `function*` for `async function` and `yield*` for `await`.",
        ...main(2, 3),
      },
    ],
  },
  {
    title: "dynamic imports and import.meta",
    source: 'export const a = () => import("./helper");\nexport const b = import.meta.url;',
    expected: [
      { kind: "unsupported", message: "`import()` does not exist here", hint: IMPORT_ABOVE, ...main(1, 24) },
      {
        kind: "unsupported",
        message: "`import.meta` does not exist here",
        hint: "A program has no address.",
        ...main(2, 18),
      },
    ],
  },
  {
    title: "names that instrumented code uses",
    source: "export const $at = 1;\nexport const f = () => $rt.modules;\nexport const $fine = 2;",
    expected: [
      {
        kind: "unsupported",
        message: "`$at` is a name that the simulated computer uses itself",
        hint: "Choose another name.",
        ...main(1, 14),
      },
      {
        kind: "unsupported",
        message: "`$rt` is a name that the simulated computer uses itself",
        hint: "Choose another name.",
        ...main(2, 24),
      },
    ],
  },
  {
    title: "decorators",
    source: "const d: any = () => {};\n@d class A {}\nexport { A };",
    expected: [
      {
        kind: "unsupported",
        message: "decorators do not exist here",
        hint: "Use plain functions and classes instead.",
        ...main(2, 1),
      },
    ],
  },
];

const SYNTAX: readonly Case[] = [
  {
    title: "what the parser expected",
    source: "export function main() {\n  const ü = (1;\n}",
    expected: [
      {
        kind: "syntax",
        message: 'Expected ")" but found ";"',
        hint: "A bracket before this place is still open: close it.",
        ...main(2, 15),
      },
    ],
  },
  {
    title: "assignments to constants",
    source: "const a = 1;\na = 2;",
    expected: [
      {
        kind: "syntax",
        message: 'Cannot assign to "a" because it is a constant',
        hint: 'The symbol "a" was declared a constant here: main.ts:1:7. Declare it with `let` to change it.',
        ...main(2, 1),
      },
    ],
  },
  {
    title: "JSX",
    source: "export const a = <b>c</b>;",
    expected: [expect.objectContaining({ kind: "syntax" }) as Diagnostic],
  },
];

function check({ title, source, expected }: Case): void {
  it(title, async () => {
    const files = { "main.ts": source, "helper.ts": "export const helper = 1;" };
    expect(await diagnosed(files, { hidden: { "checks.ts": "export const secret = 1;" } })).toEqual(expected);
  });
}

describe("imports that lead nowhere", () => IMPORTS.forEach(check));
describe("names that are not exported", () => EXPORTS.forEach(check));
describe("what TypeScript has and this course has not", () => UNSUPPORTED.forEach(check));
describe("syntax errors", () => SYNTAX.forEach(check));

describe("required exports", () => {
  const required = { exports: { file: "main.ts", names: ["main", "withTimeout", "Stop"] } };
  const missing = (name: string): Diagnostic => ({
    kind: "export",
    message: `main.ts must export \`${name}\``,
    hint: `Write \`export\` before the declaration of \`${name}\` in main.ts.`,
  });

  it("are demanded of the entry", async () => {
    const files = {
      "main.ts": "export function main() {}\nfunction withTimeout() {}\nexport type Stop = string;",
    };
    expect(await diagnosed(files, required)).toEqual([missing("Stop"), missing("withTimeout")]);
  });

  it("are demanded once of a file that hidden checks import, never at a hidden place", async () => {
    const hidden = { "checks.ts": 'import { main, withTimeout } from "./main"; main(withTimeout);' };
    const files = { "main.ts": "export function main(a: any) {}" };
    const exports = { file: "main.ts", names: ["main", "withTimeout"] };
    expect(await diagnosed(files, { hidden, entry: "checks.ts", exports })).toEqual([missing("withTimeout")]);
  });

  it("may come from another file", async () => {
    const files = {
      "main.ts": 'export * from "./other"; export { b as Stop } from "./other"; export const main = 1;',
      "other.ts": "export const withTimeout = 1; export const b = 2;",
    };
    expect(await diagnosed(files, required)).toEqual([]);
  });

  it("are reported together with all other mistakes, by file and place", async () => {
    const files = {
      "main.ts":
        'import { b } from "./z";\nimport { x } from "y";\nexport const main = async () => [b, x, $at];',
      "z.ts": 'import { spwan } from "std/thread";\nexport const c = () => spwan(import.meta);',
    };
    const found = await diagnosed(files, required);
    expect(
      found.map(({ kind, place }) => [kind, place && `${place.file}:${place.line}:${place.column}`]),
    ).toEqual([
      ["export", undefined],
      ["export", undefined],
      ["export", "main.ts:1:10"],
      ["import", "main.ts:2:19"],
      ["unsupported", "main.ts:3:21"],
      ["unsupported", "main.ts:3:40"],
      ["export", "z.ts:1:10"],
      ["unsupported", "z.ts:2:30"],
    ]);
  });

  it("a syntax error in one file does not hide an import in another", async () => {
    const files = { "main.ts": 'import "./z";\nimport "fs";', "z.ts": "let 1;" };
    expect((await diagnosed(files)).map(({ kind }) => kind)).toEqual(["import", "syntax"]);
  });

  it("at most 20 diagnostics are reported", async () => {
    const source = Array.from({ length: 30 }, (_, i) => `import "nothing-${i}";`).join("\n");
    expect(await diagnosed({ "main.ts": source })).toHaveLength(20);
  });
});

describe("input", () => {
  it.each([
    [{ "/main.ts": "" }, '"/main.ts" is no file name'],
    [{ "../main.ts": "" }, '"../main.ts" is no file name'],
    [{ "a\\b.ts": "" }, '"a\\\\b.ts" is no file name'],
    [{ "c:/main.ts": "" }, '"c:/main.ts" is no file name'],
    [{ "main.ts": "\0" }, "main.ts is not a text file"],
    [{ "main.ts": "'\ud800'" }, "main.ts is not a text file"],
    [{ "main.ts": " ".repeat(256 * 1024 + 1) }, "main.ts has 262145 characters"],
    [{ "demo.ts": "" }, "there is no file main.ts"],
    [{ "main.ts": "", "checks.ts": "" }, "checks.ts is the name of one of the exercise's own files"],
  ])("%o is refused", async (files, message) => {
    const found = await diagnosed({ "main.ts": "", ...files }, { hidden: { "checks.ts": "" } });
    const expected = message.startsWith("there is no")
      ? await diagnosed(files as Record<string, string>)
      : found;
    expect(expected.map((diagnostic) => [diagnostic.kind, diagnostic.message])).toEqual([["input", message]]);
  });

  it("more than 64 files are refused", async () => {
    const files = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`f${i}.ts`, ""]));
    expect((await diagnosed({ ...files, "main.ts": "" }))[0]!.message).toBe("there are 66 files");
  });

  it("code nested beyond what can be parsed is refused, not a crash", async () => {
    const deep = [
      `export const x = ${"[".repeat(20_000)}${"]".repeat(20_000)};`,
      `export const x = ${"(a, b) => ".repeat(1_000)} 1;`,
      `if (1) {} ${"else if (2) {}".repeat(5_000)}`,
      `export const x = ${"1 + ".repeat(30_000)} 1;`,
    ];
    for (const source of deep) {
      expect((await diagnosed({ "main.ts": source })).map(({ message }) => message)).toEqual([
        "the program is nested too deeply",
      ]);
    }
  });
});
