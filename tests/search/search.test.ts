import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunResult } from "#machine";
import { fifo } from "../engine.ts";
import { findErrorsIn } from "../house/exercise-types.ts";
import { root } from "../house/source-files.ts";
import { TWIN_PROGRAMS } from "./catalogue.ts";
import { FOUND_WITHIN, loadTwin, searchTwin } from "./found.ts";
import { PROGRAMS_FOLDER, VARIANTS, type Variant } from "./variants.ts";

/** `npm run soak` takes 50 seeds, and 10,000 runs of what is repaired. */
const SEEDS = Number(process.env["SEARCH_SEEDS"] ?? 2);
const REPAIRED_RUNS = Number(process.env["REPAIRED_RUNS"] ?? 30);

/** What every program imports. */
const SHARED = ["bodies", "room", "steps"];

const EACH = TWIN_PROGRAMS.flatMap((program) => VARIANTS.map((variant) => ({ ...program, variant })));

it("there are at least 15 twins, and each file is one of them", () => {
  const files = readdirSync(PROGRAMS_FOLDER).map((file) => file.replace(/\.ts$/, ""));
  const named = TWIN_PROGRAMS.map(({ name }) => name);
  expect(files.toSorted()).toEqual([...named, ...SHARED].toSorted());
  expect(named.length).toBeGreaterThanOrEqual(15);
});

it("no twin has a type error that the editor would show", () => {
  expect(findErrorsIn(TWIN_PROGRAMS.map(({ name }) => join(root, PROGRAMS_FOLDER, `${name}.ts`)))).toEqual(
    [],
  );
});

describe.each(EACH)("$name, $variant", ({ name, variant, fails, preemptions }) => {
  it(`what is wrong is found within ${FOUND_WITHIN} runs from each of ${SEEDS} seeds`, async () => {
    const twin = await loadTwin(name, "wrong", variant);
    const missed: number[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const isShrunk = seed === 1 && variant === "plain";
      const { outcome, failure } = searchTwin(twin, { seed, shrink: isShrunk });
      if (outcome.kind === "passed") missed.push(seed);
      else expect(outcome).toMatchObject({ kind: fails });
      if (isShrunk) expect(failure).toMatchObject({ preemptions, shrunk: { minimal: true } });
    }
    expect(missed, "seeds from which nothing was found").toEqual([]);
  });

  it("repaired, it never fails", async () => {
    const { outcome } = searchTwin(await loadTwin(name, "right", variant), {
      seed: 1,
      runsMax: REPAIRED_RUNS,
    });
    expect(outcome).toMatchObject({ kind: "passed", message: "" });
  });
});

async function runDefault(name: string, variant: Variant): Promise<RunResult> {
  const { loaded } = await loadTwin(name, "right", variant);
  return loaded.run({ entry: { kind: "main" }, chooser: fifo });
}

it.each(TWIN_PROGRAMS)(
  "$name: padded makes 20 steps more a body, crowded has two threads more",
  async ({ name }) => {
    const [plain, padded, crowded] = await Promise.all(VARIANTS.map((variant) => runDefault(name, variant)));
    expect(padded!.calls).toBeGreaterThanOrEqual(plain!.calls + 2 * 20);
    expect(padded!.stepsOf).toHaveLength(plain!.stepsOf.length);
    expect(crowded!.stepsOf).toHaveLength(plain!.stepsOf.length + 2);
  },
);
