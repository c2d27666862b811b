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

const fence = (language = "ts") => `\n\n\`\`\`${language}\na();\nb();\n\`\`\`\n\n`;
const pair = (links: string) =>
  `<Pair links={${links}}><Rust>${fence("rust")}</Rust><TypeScript>${fence()}</TypeScript></Pair>`;
const two = '{ prints: ["a"], because: "b" }, { prints: [], because: "b" }';
const HOW = "content/README.md shows how it is written.";

describe("a component", () => {
  const wrong: [title: string, body: string, problem: string][] = [
    ["that there is not", "<Pridict />", "1: There is no component `<Pridict>`. Did you mean `<Predict>`?"],
    [
      "with an attribute that it does not have",
      '<Aside titel="x">y</Aside>',
      '8, <Aside>: Unrecognized key: "titel". Remove it, or correct its name.',
    ],
    [
      "with an attribute of another kind",
      `<Example output={3}>${fence()}</Example>`,
      `10, <Example> output: must be a text or a list of texts. ${HOW}`,
    ],
    [
      "without a caption",
      '<Figure alt="x"><svg /></Figure>',
      "1, <Figure> caption: This field is missing. Add it.",
    ],
    [
      "with a value that only running it would tell",
      '<Predict question="?" options={list} />',
      "32: `options` of <Predict> cannot be read: it is computed. Write it out: texts, numbers, lists and objects.",
    ],
    [
      "without its program",
      "<Example>x</Example>",
      `1: <Example> must hold one \`\`\`ts block, and holds 0. ${HOW}`,
    ],
    [
      "with one program of two",
      `<OneClock title="t" left="l" right="r">${fence()}</OneClock>`,
      `1: <OneClock> must hold 2 \`\`\`ts blocks, and holds 1. ${HOW}`,
    ],
    [
      "with an answer that does not say why",
      `<Predict question="?" options={[{ prints: [] }, ${two}]}>${fence()}</Predict>`,
      "23, <Predict> options[0].because: This field is missing. Add it.",
    ],
    [
      "with an ending that there is not",
      `<Predict question="?" options={[{ prints: [], ends: "hangs", because: "b" }, ${two}]}>${fence()}</Predict>`,
      "23, <Predict> options[0].ends: ",
    ],
    [
      "that says that an answer is right which its program decides",
      `<Quiz question="?" options={[{ prints: ["a"], right: true, because: "b" }, ${two}]}>${fence()}</Quiz>`,
      `20, <Quiz> options[0]: says \`right\` beside \`prints\`: whether it is right, its program tells. ${HOW}`,
    ],
    [
      "with nothing right about it",
      '<Quiz question="?" options={[{ text: "a", because: "b" }, { text: "c", because: "d" }]} />',
      "1: <Quiz> has no right answer. Write `right: true` into the one that is.",
    ],
    [
      "that asks about a program there is not",
      `<Quiz question="?" options={[${two}]} />`,
      "1: <Quiz> says what a program prints, and there is no program. Put a ```ts block into it, or give the option its `program`.",
    ],
    [
      "that links lines there are not",
      pair('[["1", "1"], ["2-3", "2"]]'),
      "7: <Pair> links the lines 2-3 of the Rust, and that has 2 lines. Count again: an edit has moved them.",
    ],
    [
      "that links lines twice",
      pair('[["1", "1-2"], ["2", "2"]]'),
      "7: <Pair> links the lines 2 of the TypeScript, and 1-2 are linked too. Link every line once.",
    ],
    [
      "that links lines backwards",
      pair('[["2-1", "1"]]'),
      "7: <Pair> links the lines 2-1 of the Rust, and that is no range. Write the first line, `-`, the last line; lines count from 1.",
    ],
    [
      "that links something else than lines",
      pair('[["a", "1"]]'),
      `7, <Pair> links[0][0]: must be a line, "4", or lines, "4-8". ${HOW}`,
    ],
    [
      "that pairs TypeScript with Rust",
      `<Pair><TypeScript>${fence()}</TypeScript><Rust>${fence("rust")}</Rust></Pair>`,
      `1: <Pair> must hold a <Rust> and then a <TypeScript>. ${HOW}`,
    ],
    [
      "that shows a figure there is not",
      '<Figure name="stak" caption="c" alt="a" />',
      "9: There is no figure `stak` in src/site/figures. Did you mean `stack`?",
    ],
    [
      "that is closed twice",
      "<Aside>x</Aside></Aside>",
      "17: </Aside> closes nothing. Open <Aside> before it, or remove it.",
    ],
  ];
  it.each(wrong)("%s", async (_, body, problem) => {
    const expected = `${FILE}:13:${problem}`;
    const figures = { "src/site/figures/stack.astro": "" };
    const texts = {
      ...createTallyFiles(),
      ...figures,
      "content/01-locks/part.json": PART,
      [FILE]: lesson(FRONT, body),
    };
    const { problems } = await checkLessons(createMemoryFiles(texts));
    const [first = "", ...others] = problems.map(formatProblem);
    expect(first.slice(0, expected.length)).toBe(expected);
    expect(others).toEqual([]);
  });

  it("may be all that content/README.md shows", () =>
    check(
      {
        "src/site/figures/stack.astro": "",
        [FILE]: lesson(
          FRONT,
          [
            `<Predict question="?" after={1} options={[${two}]}>${fence()}</Predict>`,
            `<Quiz question="?" options={[{ program: "a()", ${two.slice(2)}]}>${fence()}</Quiz>`,
            `<OneClock title="t" left="l" right="r" leftOutput="x" rightOutput={[]}>${fence()}${fence()}</OneClock>`,
            pair('[["1-2", "1"]]'),
            '<Figure name="stack" caption="c" alt="a" />',
            `<Rust title="t" crate="tokio">${fence("rust")}</Rust>`,
          ].join("\n\n"),
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
