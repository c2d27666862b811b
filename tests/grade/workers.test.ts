import { beforeAll, describe, expect, it } from "vitest";
import { createNodeFiles } from "#build";
import { createEngine } from "#cli";
import { loadExercise, toCheckBundle, type CheckBundle, type Exercise } from "#course";
import { grade, type Engine } from "#grade";

const COUNTS = [1, 2, 3];

/** Engines whose searches are run by so many threads. */
let engines: readonly Engine[];
beforeAll(async () => {
  engines = await Promise.all(COUNTS.map((count) => createEngine(() => {}, count)));
});

async function read(slug: string): Promise<{ exercise: Exercise; bundle: CheckBundle }> {
  const loaded = await loadExercise(createNodeFiles("."), slug);
  if (!loaded.ok) throw new Error(`${slug} cannot be read`);
  return { exercise: loaded.value, bundle: toCheckBundle(loaded.value, { withPrivate: true }) };
}

/** Grades with each engine; everything that stands in a result must be the same. */
async function expectSame(bundle: CheckBundle, files: Readonly<Record<string, string>>): Promise<string> {
  const results = [];
  for (const engine of engines) results.push(await grade(engine, bundle, files));
  const [first] = results;
  for (const result of results) expect(result).toEqual(first);
  return first?.verdict.status ?? "";
}

describe("a verdict is the same with one, two and three threads:", () => {
  it.each(["event-loop", "timeout-combinator"])(
    "the answers of %s",
    async (slug) => {
      const { exercise, bundle } = await read(slug);
      expect(await expectSame(bundle, exercise.solution)).toBe("pass");
      expect(await expectSame(bundle, exercise.starter)).toBe("fail");
      for (const { files } of exercise.wrong.slice(0, 2))
        expect(await expectSame(bundle, files)).toBe("fail");
    },
    120_000,
  );

  it("where kernel calls end the search in the middle of a piece", async () => {
    const { exercise, bundle } = await read("timeout-combinator");
    for (const calls of [3_001, 7_777]) {
      const budget = { runs: 300, calls };
      expect(await expectSame({ ...bundle, budget }, exercise.solution)).toBe("pass");
    }
  });
});

it("threads are only started for a search that proves long", async () => {
  const asked: number[] = [];
  const [engine] = engines;
  if (engine === undefined) throw new Error("no engine");
  const crew = { idle: () => (asked.push(1), []), rest: () => undefined };
  const { exercise, bundle } = await read("timeout-combinator");
  await grade({ ...engine, crew }, { ...bundle, budget: { runs: 2, calls: 100 } }, exercise.solution);
  expect(asked).toEqual([]);
  await grade({ ...engine, crew }, bundle, exercise.solution);
  expect(asked.length).toBeGreaterThan(0);
});
