import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { formatMs } from "#base";
import { run } from "../engine.ts";
import { findExamples, findRust, readLessons } from "./lesson-code.ts";

const exec = promisify(execFile);
const lessons = readLessons();

const examples = lessons.flatMap(({ path, text }) => findExamples(path, text));
const rust = lessons.flatMap(({ path, text }) => findRust(path, text));

it("no listing of a lesson escapes these tests", () => {
  for (const { path, text } of lessons) {
    expect(findExamples(path, text)).toHaveLength(text.match(/<Example\b/g)?.length ?? 0);
    expect(findRust(path, text)).toHaveLength(text.match(/<Rust\b/g)?.length ?? 0);
  }
  expect(examples.length).toBeGreaterThan(0);
  expect(rust.length).toBeGreaterThan(0);
});

it.each(examples)("$lesson: “$title” prints what the page says", async ({ code, output }) => {
  const { outcome, printed } = await run(code);
  expect(outcome.message).toBe("");
  const lines = printed.map((line) => [formatMs(line.timeNs), line.threadName, line.text].join(" "));
  expect(lines).toEqual(output.map((line) => line.replaceAll(/ {2,}/g, " ")));
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
