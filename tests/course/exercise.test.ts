import { describe, expect, it } from "vitest";
import { formatProblem, listExercises, loadExercise } from "#course";
import { createExerciseFiles, createMemoryFiles, INFO } from "./memory-files.ts";

/** Loads the small exercise with some files changed and expects exactly these problems, as text. */
async function check(
  changes: Readonly<Record<string, string | null>>,
  expected: readonly string[],
): Promise<void> {
  const loaded = await loadExercise(createMemoryFiles(createExerciseFiles(changes)), "counter");
  expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual(expected);
}

/** The same with fields of exercise.json changed; each problem as far as the beginning given. */
async function checkInfo(
  fields: Readonly<Record<string, unknown>>,
  expected: readonly string[],
): Promise<void> {
  const files = createExerciseFiles({ "exercise.json": JSON.stringify({ ...INFO, ...fields }) });
  const loaded = await loadExercise(createMemoryFiles(files), "counter");
  const found = loaded.ok ? [] : loaded.problems.map(({ place: _, ...problem }) => formatProblem(problem));
  expect(found.map((text, index) => text.slice(0, expected[index]?.length))).toEqual(expected);
}

const JSON_PATH = "exercises/counter/exercise.json";

describe("an exercise folder", () => {
  it("is read as plain data, with the default budget", async () => {
    const loaded = await loadExercise(createMemoryFiles(createExerciseFiles()), "counter");
    expect(loaded).toEqual({
      ok: true,
      value: {
        ...INFO,
        slug: "counter",
        budget: { runs: 300, calls: 60_000 },
        hintsFor: [],
        starter: { "main.ts": "starter" },
        solution: { "main.ts": "solution", "lock.ts": "lock" },
        demo: "demo",
        checks: "checks",
        wrong: [{ ...INFO.wrong[0], files: { "main.ts": "racy", "lock.ts": "lock" } }],
      },
    });
  });

  it("may have private checks", async () => {
    const files = createMemoryFiles(createExerciseFiles({ "private/checks.ts": "secret" }));
    expect(await loadExercise(files, "counter")).toMatchObject({
      ok: true,
      value: { privateChecks: "secret" },
    });
  });

  it("keeps a budget of its own", async () => {
    const info = JSON.stringify({ ...INFO, budget: { runs: 20 } });
    const files = createMemoryFiles(createExerciseFiles({ "exercise.json": info }));
    expect(await loadExercise(files, "counter")).toMatchObject({
      value: { budget: { runs: 20, calls: 60_000 } },
    });
  });

  it("names every file that is missing, all at once", async () => {
    await check(
      {
        "starter/main.ts": null,
        "solution/main.ts": null,
        "demo.ts": null,
        "checks.ts": null,
        "wrong/racy/main.ts": null,
      },
      [
        "exercises/counter/demo.ts: This file is missing. Add it.",
        "exercises/counter/checks.ts: This file is missing. Add it.",
        "exercises/counter/starter/main.ts: This file is missing. Add it.",
        "exercises/counter/solution/main.ts: This file is missing. Add it.",
        "exercises/counter/wrong/racy/*.ts: This file is missing. Add it.",
      ],
    );
  });

  it("without an exercise.json says so", async () => {
    await check({ "exercise.json": null }, [`${JSON_PATH}: This file is missing. Add it.`]);
  });

  it("with broken JSON says so", async () => {
    const files = createMemoryFiles(createExerciseFiles({ "exercise.json": "{ no" }));
    const loaded = await loadExercise(files, "counter");
    expect(loaded).toMatchObject({ ok: false, problems: [{ file: JSON_PATH, remedy: "Correct the JSON." }] });
  });

  it("has every folder below wrong/ listed", async () => {
    await check({ "wrong/slow/main.ts": "slow" }, [
      `${JSON_PATH}, wrong: The folder wrong/slow is not listed. Add it with its title and the check it fails.`,
    ]);
  });

  it("has wrong answers that fail a check there is", async () => {
    await checkInfo({ wrong: [{ ...INFO.wrong[0], fails: "exakt" }] }, [
      `${JSON_PATH}, wrong[0].fails: There is no check \`exakt\` in \`points\`.`,
    ]);
  });
});

describe("exercise.json", () => {
  const cases: [title: string, fields: Record<string, unknown>, expected: string[]][] = [
    ["a missing title", { title: undefined }, [`${JSON_PATH}, title: `]],
    ["an empty summary", { summary: " " }, [`${JSON_PATH}, summary: `]],
    ["a difficulty there is not", { difficulty: "brutal" }, [`${JSON_PATH}, difficulty: `]],
    ["minutes in words", { minutes: "ten" }, [`${JSON_PATH}, minutes: `]],
    [
      "a file in a folder",
      { files: ["a/main.ts"] },
      [`${JSON_PATH}, files[0]: must be the name of a .ts file`],
    ],
    ["no export", { exports: [] }, [`${JSON_PATH}, exports: `]],
    ["negative points", { points: { exact: -1 } }, [`${JSON_PATH}, points.exact: `]],
    ["a field nobody knows", { duration: 3 }, [`${JSON_PATH}: Unrecognized key: "duration". Remove it`]],
    [
      "a hint for nothing",
      { hintsFor: [{ hint: "?" }] },
      [`${JSON_PATH}, hintsFor[0]: must name a \`check\``],
    ],
    [
      "an outcome there is not",
      { hintsFor: [{ outcome: "bug", hint: "?" }] },
      [`${JSON_PATH}, hintsFor[0].outcome: `],
    ],
    [
      "a hint for a mistake that has no name",
      { hintsFor: [{ bug: "typo", hint: "?" }] },
      [`${JSON_PATH}, hintsFor[0].bug: `],
    ],
  ];
  it.each(cases)("with %s is refused, with file and field", async (_, fields, expected) => {
    await checkInfo(fields, expected);
  });
});

describe("a slug", () => {
  const files = createMemoryFiles({ ...createExerciseFiles(), "exercises/README.md": "" });

  it("that is nearly right gets the right one named", async () => {
    const loaded = await loadExercise(files, "countr");
    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual([
      "exercises/countr: There is no exercise `countr`. Did you mean `counter`?",
    ]);
  });

  it("that is like no other gets all named", async () => {
    const loaded = await loadExercise(files, "philosophers");
    expect(loaded.ok ? "" : loaded.problems[0]?.remedy).toBe("There are: counter.");
  });

  it("is the name of a folder below exercises/", async () => {
    expect(await listExercises(files)).toEqual(["counter"]);
  });
});
