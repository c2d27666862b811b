import { expect, describe, it } from "vitest";
import { run } from "./course.ts";
import { CHECKS, createTallyFiles, SOLUTION, TALLY_INFO } from "./tally.ts";

interface Finding {
  readonly exercise: string;
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
}

/** What \`verify\` finds wrong with the exercise after changes, as \`what: found\`. */
async function verify(changes: Readonly<Record<string, string | null>>): Promise<string[]> {
  const report = await run(["verify"], {}, createTallyFiles(changes));
  const { ok, findings } = report.json as { ok: boolean; findings: readonly Finding[] };
  const wrong = findings.filter((finding) => !finding.ok);
  expect({ code: report.code, ok }).toEqual({ code: wrong.length > 0 ? 1 : 0, ok: wrong.length === 0 });
  return wrong.map(({ what, found }) => `${what}: ${found}`);
}

type Mistake = readonly [title: string, changes: Record<string, string | null>, expected: string[]];

const info = (fields: object): Record<string, string> => ({
  "exercise.json": JSON.stringify({ ...TALLY_INFO, ...fields }, null, 2),
});
const without = (field: keyof typeof TALLY_INFO): Record<string, string> => {
  const { [field]: _, ...rest } = TALLY_INFO;
  return { "exercise.json": JSON.stringify(rest, null, 2) };
};
const see = (field: string) => `Correct \`${field}\`; the schemas in src/course say what belongs there.`;
const WHOLE = "must be a whole number of at least 1.";
const [RACY_ANSWER] = TALLY_INFO.wrong;

const FILES: readonly Mistake[] = [
  ["no exercise.json", { "exercise.json": null }, ["files: exercise.json: This file is missing. Add it."]],
  ["no starter", { "starter/main.ts": null }, ["files: starter/main.ts: This file is missing. Add it."]],
  ["no solution", { "solution/main.ts": null }, ["files: solution/main.ts: This file is missing. Add it."]],
  ["no demo", { "demo.ts": null }, ["files: demo.ts: This file is missing. Add it."]],
  ["no checks", { "checks.ts": null }, ["files: checks.ts: This file is missing. Add it."]],
  [
    "a wrong answer that is listed and not there",
    { "wrong/racy/main.ts": null },
    ["files: wrong/racy/*.ts: This file is missing. Add it."],
  ],
  [
    "a wrong answer that is there and not listed",
    { "wrong/lazy/main.ts": SOLUTION },
    [
      "files: exercise.json, wrong: The folder wrong/lazy is not listed. Add it with its title and the check it fails.",
    ],
  ],
];

const JSON_TEXTS: readonly Mistake[] = [
  [
    "nothing in it",
    { "exercise.json": "" },
    ["files: exercise.json:1:1: This is not JSON: the text ends too early. Correct the JSON."],
  ],
  [
    "a colon missing",
    { "exercise.json": '{\n  "version": 1,\n  "title" "A"\n}' },
    ["files: exercise.json:3:11: This is not JSON: expected `:` after the name. Correct the JSON."],
  ],
  [
    "a comma missing",
    { "exercise.json": '{\n  "version": 1\n  "title": "A"\n}' },
    ["files: exercise.json:3:3: This is not JSON: expected `,` or `}`. Correct the JSON."],
  ],
  [
    "a comma too many",
    { "exercise.json": '{\n  "version": 1,\n}' },
    [
      "files: exercise.json:3:1: This is not JSON: expected a name in double quotes after the comma. Correct the JSON.",
    ],
  ],
  [
    "a text that is not closed",
    { "exercise.json": '{\n  "title": "A tally\n}' },
    [
      "files: exercise.json:2:12: This is not JSON: this text in quotes is not closed, or holds a character that must be escaped. Correct the JSON.",
    ],
  ],
  [
    "a comment",
    { "exercise.json": '{\n  "version": 1, // first\n  "title": "A"\n}' },
    [
      "files: exercise.json:2:17: This is not JSON: expected a name in double quotes after the comma. Correct the JSON.",
    ],
  ],
  [
    "a name twice",
    { "exercise.json": '{\n  "version": 1,\n  "version": 2\n}' },
    ['files: exercise.json:3:3: This is not JSON: the name "version" stands here twice. Correct the JSON.'],
  ],
  [
    "its end cut off",
    { "exercise.json": '{\n  "version": 1,' },
    ["files: exercise.json:2:16: This is not JSON: the text ends too early. Correct the JSON."],
  ],
  [
    "a list",
    { "exercise.json": "[]" },
    [
      "files: exercise.json:1:1: Invalid input: expected object, received array. Correct the file; the schemas in src/course say what belongs there.",
    ],
  ],
];

const FIELDS: readonly Mistake[] = [
  ["no title", without("title"), ["files: exercise.json:1:1, title: This field is missing. Add it."]],
  [
    "an empty title",
    info({ title: "  " }),
    [`files: exercise.json:3:12, title: must not be empty. ${see("title")}`],
  ],
  ["version 0", info({ version: 0 }), [`files: exercise.json:2:14, version: ${WHOLE} ${see("version")}`]],
  [
    "minutes in words",
    info({ minutes: "ten" }),
    [`files: exercise.json:5:14, minutes: ${WHOLE} ${see("minutes")}`],
  ],
  [
    "half a minute",
    info({ minutes: 0.5 }),
    [`files: exercise.json:5:14, minutes: ${WHOLE} ${see("minutes")}`],
  ],
  [
    "a difficulty there is not",
    info({ difficulty: "brutal" }),
    [
      `files: exercise.json:6:17, difficulty: Invalid option: expected one of "easy"|"medium"|"hard". ${see("difficulty")}`,
    ],
  ],
  [
    "a text for a list",
    info({ files: "main.ts" }),
    [`files: exercise.json:7:12, files: Invalid input: expected array, received string. ${see("files")}`],
  ],
  [
    "a file outside of the folder",
    info({ files: ["main.ts", "../secret.ts"] }),
    [
      `files: exercise.json:9:5, files[1]: must be the name of a .ts file, without a folder. ${see("files[1]")}`,
    ],
  ],
  [
    "a wrong answer outside of the folder",
    info({ wrong: [{ ...RACY_ANSWER, name: "../../etc" }] }),
    [
      `files: exercise.json:34:15, wrong[0].name: must be lower-case words joined by \`-\`. ${see("wrong[0].name")}`,
    ],
  ],
  [
    "a wrong answer twice",
    info({ wrong: [RACY_ANSWER, RACY_ANSWER] }),
    ["files: exercise.json:32:12, wrong: must not name anything twice. Correct it."],
  ],
  [
    "a wrong answer for a check without points",
    info({ wrong: [{ ...RACY_ANSWER, fails: "slow" }] }),
    ["files: exercise.json, wrong[0].fails: There is no check `slow` in `points`. Name one of the checks."],
  ],
  [
    "a field nobody knows",
    info({ duration: 3 }),
    ['files: exercise.json:39:15: Unrecognized key: "duration". Remove it, or correct its name.'],
  ],
  [
    "no hints",
    info({ hints: [] }),
    [`files: exercise.json:20:12, hints: must not be empty. ${see("hints")}`],
  ],
  [
    "a hint for nothing",
    info({ hintsFor: [{ hint: "?" }] }),
    [
      "files: exercise.json:26:5, hintsFor[0]: must name a `check`, an `outcome` or a `bug`, or several of them. Correct it.",
    ],
  ],
  [
    "no runs",
    info({ budget: { runs: 0 } }),
    [`files: exercise.json:14:13, budget.runs: ${WHOLE} ${see("budget.runs")}`],
  ],
];

const CHECK_FILES: readonly Mistake[] = [
  [
    "points for no check",
    info({ points: { exact: 1, quick: 1, slow: 1 } }),
    ["points: points for slow, which is no check"],
  ],
  ["a check without points", info({ points: { exact: 1 } }), ["points: no points for the check quick"]],
  [
    "a hint for no check",
    info({ hintsFor: [{ check: "slow", hint: "?" }] }),
    ["points: a hint for slow, which is no check"],
  ],
  [
    "two checks of one name",
    { "checks.ts": CHECKS.replace('"quick"', '"exact"') },
    ["checks.ts: The program does not start. Panic: Error: two checks are called exact (checks.ts:9:1)"],
  ],
  [
    "checks that do not compile",
    { "checks.ts": `${CHECKS}const = ;\n` },
    ['checks.ts: checks.ts:14:7: Expected identifier but found "="'],
  ],
  [
    "checks that throw",
    { "checks.ts": `${CHECKS}throw new Error("no");\n` },
    ["checks.ts: The program does not start. Panic: Error: no (checks.ts:14:7)"],
  ],
  [
    "checks that loop for ever",
    { "checks.ts": `${CHECKS}while (true) {}\n` },
    [
      "checks.ts: The program does not start. Endless loop: main ran an endless loop, or one far too long: it was stopped. (checks.ts:14:1)",
    ],
  ],
  [
    "checks that register nothing",
    { "checks.ts": 'import { count } from "./main";\ncount(1);\n' },
    ["checks.ts: The exercise tally registers no checks."],
  ],
  [
    "checks that import what is not there",
    { "checks.ts": CHECKS.replace("./main", "./mian") },
    ["checks.ts: checks.ts:2:23: there is no file `./mian`; did you mean `./main`?"],
  ],
  [
    "private checks that do not compile",
    { "private/checks.ts": "const = ;\n" },
    ['private/checks.ts: private/checks.ts:1:7: Expected identifier but found "="'],
  ],
  [
    "private checks of a name that is taken",
    { "private/checks.ts": CHECKS },
    ["checks.ts: The exercise tally has two checks called `exact`."],
  ],
  [
    "a demo that does not compile",
    { "demo.ts": "const = ;\n" },
    ['demo.ts: demo.ts:1:7: Expected identifier but found "="'],
  ],
  [
    "a demo that throws",
    { "demo.ts": 'throw new Error("no");\n' },
    ["demo.ts: Panic: Error: no (demo.ts:1:7)"],
  ],
];

const ANSWERS: readonly Mistake[] = [
  ["a starter that passes everything", { "starter/main.ts": SOLUTION }, ["starter: passes 2 checks"]],
  [
    "a starter that does not compile",
    { "starter/main.ts": "const = ;\n" },
    ['starter: ungradable: main.ts:1:7: Expected identifier but found "="'],
  ],
  [
    "a solution that fails",
    { "solution/main.ts": "export const count = () => 3;\n" },
    ["solution: fails exact: Two workers counted, the tally is 3."],
  ],
  [
    "a solution that throws when it is loaded",
    { "solution/main.ts": `${SOLUTION}throw new Error("no");\n` },
    ["solution: ungradable: The program does not start. Panic: Error: no (main.ts:16:7)"],
  ],
  [
    "a solution without the exports",
    { "solution/main.ts": "export const tally = 1;\n" },
    ["solution: ungradable: main.ts must export `count`"],
  ],
  [
    "a wrong answer that passes",
    { "wrong/racy/main.ts": SOLUTION },
    ["wrong/racy: must fail exact; passes 2 checks"],
  ],
  [
    "a wrong answer that fails another check",
    info({ wrong: [{ ...RACY_ANSWER, fails: "quick" }] }),
    ["wrong/racy: must fail quick; fails exact"],
  ],
  [
    "a wrong answer that does not compile",
    { "wrong/racy/main.ts": "const = ;\n" },
    ['wrong/racy: must fail exact; ungradable: main.ts:1:7: Expected identifier but found "="'],
  ],
  [
    "an export that no answer has",
    info({ exports: ["count", "Tally"] }),
    [
      "solution: ungradable: main.ts must export `Tally`",
      "starter: ungradable: main.ts must export `Tally`",
      "wrong/racy: must fail exact; ungradable: main.ts must export `Tally`",
    ],
  ],
];

describe.each([
  ["whose files are", FILES],
  ["whose exercise.json has", JSON_TEXTS],
  ["whose exercise.json says", FIELDS],
  ["whose checks have", CHECK_FILES],
  ["whose answers are", ANSWERS],
])("verify refuses an exercise %s", (_, mistakes) => {
  it.each(mistakes)("%s", async (_, changes, expected) => {
    expect(await verify(changes)).toEqual(expected);
  });
});

it("verify passes the exercise as it is", async () => {
  expect(await verify({})).toEqual([]);
});

it("check of an exercise with mistakes has exit code 2 and names the first", async () => {
  const course = createTallyFiles({ "demo.ts": null, "checks.ts": null });
  expect(await run(["check", "tally"], {}, course)).toMatchObject({
    code: 2,
    text: "exercises/tally/demo.ts: This file is missing. Add it. (1 more: see `verify tally`.)",
  });
});
