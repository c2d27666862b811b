import { describe, expect, it } from "vitest";
import { checkLessons, formatProblem } from "#course";
import { createMemoryFiles } from "../course/memory-files.ts";
import { run } from "./course.ts";
import { createTallyFiles } from "./tally.ts";

const FRONT = [
  "title: Counting together",
  "summary: Two threads, one number.",
  "minutes: 10",
  "objectives:",
  "  - Count with a lock",
  "prerequisites: []",
  "sources:",
  "  - article: A3",
  "    section: Channels",
];
const lesson = (front: readonly string[], body = "Text.") => `---\n${front.join("\n")}\n---\n\n${body}\n`;
/** The front matter with one line changed; null removes it. */
const changed = (line: number, text: string | null) =>
  lesson(FRONT.flatMap((one, index) => (index !== line ? one : (text ?? []))));

const FILE = "content/01-locks/02-counting.mdx";
const PART = '{ "title": "Locks", "summary": "One at a time." }';

async function check(changes: Readonly<Record<string, string>>, expected: readonly string[]): Promise<void> {
  const texts = {
    ...createTallyFiles(),
    "content/01-locks/part.json": PART,
    [FILE]: lesson(FRONT),
    ...changes,
  };
  const { problems } = await checkLessons(createMemoryFiles(texts));
  expect(problems.map(formatProblem)).toEqual(expected);
}

const see = (field: string) => `Correct \`${field}\`; the schemas in src/course say what belongs there.`;

describe("front matter", () => {
  const unreadable: [title: string, text: string, line: number, message: string][] = [
    ["is missing", "Text.\n", 1, "a lesson begins with a line `---`"],
    ["has no end", "---\ntitle: A\n", 1, "the front matter has no second line `---`"],
    ["has a line that is no field", changed(1, "summary Two threads"), 3, "expected `name: value`"],
    ["has a field twice", changed(1, "title: Again"), 3, "`title` stands here twice"],
    [
      "has quotes that are not closed",
      changed(0, 'title: "Counting'),
      2,
      "this text in quotes is not closed, or goes on behind its end",
    ],
    [
      "has a colon in a plain text",
      changed(0, "title: Locks: counting"),
      2,
      "put this text in double quotes: it holds a sign that means something here",
    ],
    ["has a bracket that is not closed", changed(5, "prerequisites: [a"), 7, "expected `]` at the end"],
  ];
  it.each(unreadable)("that %s", async (_, text, line, message) => {
    await check({ [FILE]: text }, [
      `${FILE}:${line}:1: The front matter cannot be read: ${message}. Correct this line.`,
    ]);
  });

  const wrong: [title: string, text: string, problem: string][] = [
    ["no title", changed(0, null), `${FILE}:1:1, title: This field is missing. Add it.`],
    [
      "an empty summary",
      changed(1, 'summary: " "'),
      `${FILE}:3:1, summary: must not be empty. ${see("summary")}`,
    ],
    [
      "minutes in words",
      changed(2, "minutes: ten"),
      `${FILE}:4:1, minutes: Invalid input: expected number, received string. ${see("minutes")}`,
    ],
    [
      "an unknown field",
      changed(5, "author: me"),
      `${FILE}:1:1: Unrecognized key: "author". Remove it, or correct its name.`,
    ],
    [
      "a source there is not",
      changed(7, "  - article: A9"),
      `${FILE}:8:1, sources[0].article: must be one of A0, A1, A2, A3, A4. ${see("sources[0].article")}`,
    ],
    [
      "a lesson there is not as prerequisite",
      changed(5, "prerequisites: [locks/couting]"),
      `${FILE}:7:1, prerequisites[0]: There is no lesson \`locks/couting\`. Did you mean \`locks/counting\`?`,
    ],
  ];
  it.each(wrong)("with %s", (_, text, problem) => check({ [FILE]: text }, [problem]));

  const fine: [title: string, lines: string[]][] = [
    [
      "in brackets",
      [...FRONT.slice(0, 3), 'objectives: ["a: b", c]', "sources: [{ article: A3, section: 'It''s' }]"],
    ],
    [
      "with comments, quotes and folded texts",
      ["# first", 'title: "A: b"', "summary: >-", "  one", "  two", ...FRONT.slice(2)],
    ],
    ["with lines that go on", [...FRONT.slice(0, 2), "  and more of it", ...FRONT.slice(2)]],
    [
      "with prerequisites in words",
      [...FRONT.slice(0, 5), "prerequisites:", "  - Spawning and joining", "  - locks/counting"],
    ],
  ];
  it.each(fine)("%s is fine", (_, lines) => check({ [FILE]: lesson(lines) }, []));
});

describe("a lesson's text", () => {
  const wrong: [title: string, body: string, problem: string][] = [
    [
      "an exercise there is not",
      'So: <Exercise slug="taly" />',
      `${FILE}:13:5: There is no exercise \`taly\`. Did you mean \`tally\`?`,
    ],
    [
      "an exercise's page there is not",
      "[it](/exercise/philosophers/)",
      `${FILE}:13:4: There is no exercise \`philosophers\`. There are: tally.`,
    ],
    [
      "a lesson there is not",
      "See [this](/learn/locks/countin/).",
      `${FILE}:13:10: The link /learn/locks/countin/ leads nowhere. Did you mean \`locks/counting\`?`,
    ],
    [
      "a lesson there is not, in a tag",
      '<a href="/learn/nowhere">x</a>',
      `${FILE}:13:4: The link /learn/nowhere leads nowhere. There are: locks/counting.`,
    ],
    [
      "a source there is not",
      'He says so <Source article="A9" section="x" />',
      `${FILE}:13:12: There is no source \`A9\`. Name one of A0, A1, A2, A3, A4.`,
    ],
  ];
  it.each(wrong)("that points to %s", (_, body, problem) =>
    check({ [FILE]: lesson(FRONT, body) }, [problem]),
  );

  it("may point to what there is, and say anything in code", () =>
    check(
      {
        [FILE]: lesson(
          FRONT,
          'See [this](/learn/locks/counting/#end) and [that](/exercise/tally/).\n\n<Exercise slug="tally" />\n\n`<Exercise slug="x" />`\n\n```mdx\n<Exercise slug="x" />\n```',
        ),
      },
      [],
    ));
});

describe("the course", () => {
  it("has no two lessons of one address", () =>
    check({ "content/01-locks/03-counting.mdx": lesson(FRONT) }, [
      `content/01-locks/03-counting.mdx: Its address /learn/locks/counting/ is that of ${FILE} too. Rename one of the two: the number is no part of the address.`,
    ]));

  it("says of every part what it is", () =>
    check({ "content/02-more/01-next.mdx": lesson(FRONT) }, [
      'content/02-more/part.json: This file is missing. Add it: { "title": …, "summary": … }.',
    ]));

  it("has parts that can be read, with the place of a mistake", () =>
    check({ "content/01-locks/part.json": '{\n  "title": "Locks",\n  "sumary": ""\n}' }, [
      "content/01-locks/part.json:1:1, summary: This field is missing. Add it.",
      'content/01-locks/part.json:3:13: Unrecognized key: "sumary". Remove it, or correct its name.',
    ]));
});

it("verify without a name looks at lessons too; with a name it does not", async () => {
  const course = {
    ...createTallyFiles(),
    "content/01-locks/part.json": PART,
    [FILE]: lesson(FRONT, '<Exercise slug="gone" />'),
  };
  const whole = await run(["verify"], {}, course);
  expect(whole.code).toBe(1);
  expect(whole.text.split("\n")[0]).toBe(
    "WRONG content  lessons     01-locks/02-counting.mdx:13:1: There is no exercise `gone`. There are: tally.",
  );
  expect((await run(["verify", "tally"], {}, course)).code).toBe(0);
  const fine = await run(["verify"], {}, { ...course, [FILE]: lesson(FRONT) });
  expect(fine.text).toContain("ok    content  lessons     1 lesson\n");
});
