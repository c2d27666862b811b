import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createNodeEngine, createNodeFiles } from "#build";
import { loadExercise, toCheckBundle } from "#course";
import { grade } from "#grade";

/** One folder an exercise: a right answer in a design other than the published one. */
const ROOT = "tests/solutions";

/** A sample of each check's schedules: the published solution goes through all of its budget. */
const SAMPLE_RUNS = 40;

const answers = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("/main.ts"))
  .sort()
  .map((path) => ({ path, slug: path.split("/")[0] ?? "" }));

const engine = createNodeEngine();

it.each(answers)(
  "$slug: the checks accept the other design of $path",
  async ({ path, slug }) => {
    const loaded = await loadExercise(createNodeFiles("."), slug);
    if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
    const submission = { "main.ts": readFileSync(join(ROOT, path), "utf8") };
    const bundle = toCheckBundle(loaded.value, { withPrivate: true });
    const budget = { ...bundle.budget, runs: Math.min(bundle.budget.runs, SAMPLE_RUNS) };
    const { verdict } = await grade(await engine, { ...bundle, budget }, submission);
    const failing = verdict.checks.filter(({ status }) => status !== "pass");
    expect(failing.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect(verdict.status).toBe("pass");
  },
  120_000,
);
