import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { createNodeFiles, formatPrinted } from "#build";
import { checkLessons, formatProblem, normalizeLines } from "#course";
import { compileText, run } from "../engine.ts";
import {
  countTags,
  findLessonPrograms,
  findLessonQuestions,
  findRust,
  findTypeScript,
  readLessons,
} from "./lesson-code.ts";

const exec = promisify(execFile);
const lessons = readLessons();

const programs = lessons.flatMap(findLessonPrograms);
const claims = programs.flatMap(({ claim, ...program }) =>
  claim === undefined ? [] : [{ ...program, claim }],
);
const questions = lessons.flatMap(findLessonQuestions);
const typescript = lessons.flatMap(findTypeScript);
const rust = lessons.flatMap(findRust);

/** Programs that each use of a component shows. */
const SHOWN = { Example: 1, Predict: 1, OneClock: 2 };
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

it.each(rust)(
  "$lesson: the Rust of $title compiles without warnings and prints what the page says",
  async ({ code, output }) => {
    const folder = await mkdtemp(join(tmpdir(), "interleave-rust-"));
    try {
      await writeFile(join(folder, "main.rs"), code);
      await exec("rustc", ["--edition", "2021", "-D", "warnings", "-o", "main", "main.rs"], { cwd: folder });
      const { stdout } = await exec(join(folder, "main"));
      expect(stdout.trimEnd().split("\n")).toEqual(output);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
