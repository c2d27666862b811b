import { beforeAll, describe, expect, it } from "vitest";
import { createNodeFiles, formatPrinted } from "#build";
import { checkLessons, formatProblem, normalizeLines } from "#course";
import { compileText, run } from "../engine.ts";
import { buildCrate, runPlainRust, usesTokio } from "../rust.ts";
import {
  countTags,
  findLessonPrograms,
  findLessonQuestions,
  findRust,
  findTypeScript,
  readLessons,
} from "./lesson-code.ts";

const lessons = readLessons();

const programs = lessons.flatMap(findLessonPrograms);
const claims = programs.flatMap(({ claim, ...program }) =>
  claim === undefined ? [] : [{ ...program, claim }],
);
const questions = lessons.flatMap(findLessonQuestions);
const typescript = lessons.flatMap(findTypeScript);
const rust = lessons.flatMap(findRust).map((listing, i) => ({ ...listing, binary: `listing-${i}` }));
const plainRust = rust.filter(({ code }) => !usesTokio(code));
const tokioRust = rust.filter(({ code }) => usesTokio(code));

/** Programs that each use of a component shows. */
const SHOWN = { Example: 1, Predict: 1, OneClock: 2 };
/** Tokio itself is compiled where no earlier run has done so. */
const BUILD_MS = 420_000;
/** Components that must say what their programs print. */
const CLAIM = new Set(["Example", "OneClock"]);

it("no listing of a lesson escapes these tests", () => {
  for (const lesson of lessons) {
    const found = findLessonPrograms(lesson);
    for (const [component, count] of Object.entries(SHOWN)) {
      const ofIt = found.filter((program) => program.component === component);
      expect(ofIt, `${lesson.path}: <${component}>`).toHaveLength(count * countTags(lesson.text, component));
    }
    expect(findRust(lesson)).toHaveLength(countTags(lesson.text, "Rust"));
    expect(findTypeScript(lesson)).toHaveLength(countTags(lesson.text, "TypeScript"));
  }
  const unclaimed = programs.filter(({ component, claim }) => CLAIM.has(component) && claim === undefined);
  expect(unclaimed.map(({ lesson, title }) => `${lesson}: “${title}” does not say its output`)).toEqual([]);
  expect(programs.length).toBeGreaterThan(0);
  expect(rust.length).toBeGreaterThan(0);
});

it("nothing is wrong with the lessons", async () => {
  const { problems } = await checkLessons(createNodeFiles("."));
  expect(problems.map(formatProblem)).toEqual([]);
});

/** What a program prints, and how it ends. */
async function execute(code: string) {
  const { outcome, printed } = await run(code);
  return { ends: outcome.kind, lines: normalizeLines(formatPrinted(printed)) };
}

it.each(claims)("$lesson: “$title” does what the page says", async ({ code, claim }) => {
  expect(await execute(code)).toEqual({ lines: claim.prints, ends: claim.ends });
});

it.each(questions)("$lesson: one answer to “$title” is what happens", async ({ after, answers }) => {
  const right = [];
  for (const answer of answers) {
    if (answer.kind === "said") continue;
    const { ends, lines } = await execute(answer.code);
    const { claim } = answer;
    const end = lines.slice(Math.max(0, lines.length - claim.prints.length));
    const expected = after === undefined ? lines : end;
    if (claim.ends === ends && expected.join("\n") === claim.prints.join("\n")) right.push(answer);
  }
  const said = answers.filter((answer) => answer.kind === "said" && answer.right);
  expect([...right, ...said]).toHaveLength(1);
});

it.each(typescript)("$lesson: the TypeScript of $title compiles", async ({ code }) => {
  await compileText(code);
});

/** The lines that a program printed. */
function linesOf(printed: string): string[] {
  return printed.trimEnd().split("\n");
}

it.each(plainRust)(
  "$lesson: the Rust of $title compiles without warnings and prints what the page says",
  async ({ code, output }) => {
    expect(linesOf(await runPlainRust(code))).toEqual(output);
  },
);

describe("Rust that uses tokio", () => {
  let runBinary: (name: string) => Promise<string>;

  // All of it is one build: the crates are compiled once.
  beforeAll(async () => {
    const sources = tokioRust.map(({ binary, code }) => [`bin/${binary}.rs`, code] as const);
    runBinary = await buildCrate("listings", new Map(sources));
  }, BUILD_MS);

  it.each(tokioRust)(
    "$lesson: the Rust of $title compiles without warnings and prints what the page says",
    async ({ binary, output }) => {
      expect(linesOf(await runBinary(binary))).toEqual(output);
    },
  );
});
