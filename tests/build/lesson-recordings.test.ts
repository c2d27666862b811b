import { beforeAll, describe, expect, it } from "vitest";
import { createNodeEngine, recordLesson, recordLessons, type Recordings } from "#build";
import { formatProblem, readLessonTags } from "#course";
import type { Engine } from "#grade";
import { createMemoryFiles } from "../course/memory-files.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await createNodeEngine();
});

const prints = (...lines: string[]) =>
  `export function main(): void {\n${lines.map((line) => `  console.log("${line}");\n`).join("")}}\n`;
const fence = (code: string) => `\n\n\`\`\`ts\n${code}\`\`\`\n\n`;
const DEADLOCK = `import { channel } from "std/sync";
export function main(): void { const [tx, rx] = channel<number>(); rx.recv(); tx.send(1); }
`;
const because = `because: "So."`;

/** Executes a lesson's programs; what is wrong with what it says of them. */
async function check(text: string, expected: readonly string[], recordings: Recordings = new Map()) {
  const { tags, mistakes } = readLessonTags(text);
  expect(mistakes).toEqual([]);
  const problems = await recordLesson(engine, "a.mdx", tags, recordings);
  expect(problems.map(formatProblem)).toEqual(expected);
}

const fine: [title: string, text: string][] = [
  [
    "an example that prints what it claims",
    `<Example output={["0 ms   main  a"]}>${fence(prints("a"))}</Example>`,
  ],
  ["an example that claims nothing", `<Example title="A">${fence(prints("a"))}</Example>`],
  [
    "a prediction with one right answer",
    `<Predict question="?" options={[{ prints: ["0 ms main b"], ${because} }, { prints: ["0 ms main a"], ${because} }]}>${fence(prints("a"))}</Predict>`,
  ],
  [
    "a prediction of a deadlock",
    `<Predict question="?" options={[{ prints: [], ${because} }, { prints: [], ends: "deadlock", ${because} }]}>${fence(DEADLOCK)}</Predict>`,
  ],
  [
    "a quiz about two programs",
    `<Quiz question="Which?" options={[{ program: \`${prints("a")}\`, prints: ["0 ms main a"], ${because} }, { program: \`${prints("b")}\`, prints: ["0 ms main a"], ${because} }]} />`,
  ],
  [
    "two runs on one clock",
    `<OneClock title="T" left="l" right="r" leftOutput="0 ms main a" rightOutput={["0 ms main b"]}>${fence(prints("a"))}${fence(prints("b"))}</OneClock>`,
  ],
];
it.each(fine)("%s is fine", (_, text) => check(text, []));

const wrong: [title: string, text: string, problem: string][] = [
  [
    "an example that prints something else",
    `\n<Example title="A" output={["0 ms  main  b"]}>${fence(prints("a"))}</Example>`,
    "a.mdx:2:1: <Example> “A” says that it prints\n  0 ms main b\nand it prints\n  0 ms  main  a\n Correct one of the two.",
  ],
  [
    "an example that does not compile",
    `<Example>${fence("export function main() {\n  const = 1;\n}\n")}</Example>`,
    'a.mdx:1:1: The program of <Example> does not compile:\n  line 2: Expected identifier but found "=". Correct it.',
  ],
  [
    "a prediction without a right answer",
    `<Predict question="What?" options={[{ prints: ["0 ms main b"], ${because} }, { prints: [], ${because} }]}>${fence(prints("a"))}</Predict>`,
    "a.mdx:1:1: No answer of <Predict> “What?” is what happens:\n  0 ms  main  a\n Let exactly one say so.",
  ],
  [
    "a prediction that forgets how the program ends",
    `<Predict question="What?" options={[{ prints: [], ${because} }, { prints: ["0 ms main a"], ${because} }]}>${fence(DEADLOCK)}</Predict>`,
    'a.mdx:1:1: No answer of <Predict> “What?” is what happens:\n  (nothing)\n  and ends: "deadlock"\n Let exactly one say so.',
  ],
  [
    "a prediction with two right answers",
    `<Predict question="What?" options={[{ prints: ["0 ms main a"], ${because} }, { prints: ["0 ms  main  a"], ${because} }]}>${fence(prints("a"))}</Predict>`,
    "a.mdx:1:1: More than one answer (1, 2) of <Predict> “What?” is what happens:\n  0 ms  main  a\n Let exactly one say so.",
  ],
  [
    "a prediction of what comes after the end",
    `<Predict question="What?" after={9} options={[{ prints: [], ${because} }, { prints: ["0 ms main a"], ${because} }]}>${fence(prints("a"))}</Predict>`,
    "a.mdx:1:1: The program of <Predict> “What?” asks what comes after step 9, and the run has 1: lower `after`. Correct it.",
  ],
  [
    "a quiz whose programs all do something else",
    `<Quiz question="Which?" options={[{ program: \`${prints("a")}\`, prints: ["0 ms main x"], ${because} }, { text: "None", ${because} }]} />`,
    "a.mdx:1:1: No answer of <Quiz> “Which?” is what happens:\n  0 ms  main  a\n Let exactly one say so.",
  ],
  [
    "one of two runs on one clock that prints something else",
    `<OneClock title="T" left="l" right="r" rightOutput={["0 ms main a"]}>${fence(prints("a"))}${fence(prints("b"))}</OneClock>`,
    "a.mdx:1:1: <OneClock> “T, r” says that it prints\n  0 ms main a\nand it prints\n  0 ms  main  b\n Correct one of the two.",
  ],
  [
    "an example that ends otherwise than is said",
    `<Example title="A" output={[]} ends="panic">${fence(DEADLOCK)}</Example>`,
    'a.mdx:1:1: <Example> “A” says that it prints\n  (nothing)\n  and ends: "panic"\nand it prints\n  (nothing)\n  and ends: "deadlock"\n Correct one of the two.',
  ],
];
it.each(wrong)("%s is found", (_, text, problem) => check(text, [problem]));

describe("the lessons of a course", () => {
  const lesson = (body: string) => `---\ntitle: A\n---\n\n${body}\n`;

  it("are refused with everything that is wrong in them", async () => {
    const files = createMemoryFiles({
      "content/01-a/01-b.mdx": lesson(`<Example output={["x"]}>${fence(prints("a"))}</Example>`),
      "content/01-a/02-c.mdx": lesson("<Exampel />"),
    });
    await expect(recordLessons(engine, files, new Map())).rejects.toThrow(
      /01-b\.mdx:5:1: <Example> says that it prints[\s\S]*02-c\.mdx:5:1: There is no component `<Exampel>`/,
    );
  });

  it("give a recording for each program, and execute none again that is known", async () => {
    const files = createMemoryFiles({
      "content/01-a/01-b.mdx": lesson(`<Example>${fence(prints("a"))}</Example>`),
    });
    const recordings: Recordings = new Map();
    await recordLessons(engine, files, recordings);
    const [first] = recordings.values();
    expect(recordings.size).toBe(1);
    await recordLessons(engine, files, recordings);
    expect([...recordings.values()]).toEqual([first]);
    expect([...recordings.values()][0]).toBe(first);
  });
});
