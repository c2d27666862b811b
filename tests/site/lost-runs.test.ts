import { describe, expect, it } from "vitest";
import type { LostRun, Studied } from "#worker";
import { LostRuns } from "../../src/site/exercise/lost-runs.ts";

const LOST = { sentence: "Lost." } as LostRun;
const FIRST: Studied = { check: "first", schedule: "il2.1" };
const SECOND: Studied = { check: "second", schedule: "il2.2" };

/** Asks that are answered when the test says so. */
function createAsks() {
  const asked: string[] = [];
  const waiting: ((answer: LostRun | null | undefined) => void)[] = [];
  const runs = new LostRuns(({ check }) => {
    asked.push(check);
    return new Promise((resolve) => waiting.push(resolve));
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  const answer = async (value: LostRun | null | undefined): Promise<void> => {
    waiting.shift()?.(value);
    await settle();
  };
  return { runs, asked, answer, settle };
}

describe("when failing runs were lost", () => {
  it("is asked for once, however often a check is opened", async () => {
    const { runs, asked, answer, settle } = createAsks();
    runs.want(FIRST);
    runs.want(FIRST);
    await settle();
    expect(runs.of(FIRST).value).toBeUndefined();
    await answer(LOST);
    runs.want(FIRST);
    await settle();
    expect(asked).toEqual(["first"]);
    expect(runs.of(FIRST).value).toBe(LOST);
    expect(runs.of(SECOND).value).toBeUndefined();
  });

  it("is asked for one check at a time: the worker does one job at a time", async () => {
    const { runs, asked, answer, settle } = createAsks();
    runs.want(FIRST);
    runs.want(SECOND);
    await settle();
    expect(asked).toEqual(["first"]);
    await answer(null);
    expect(asked).toEqual(["first", "second"]);
    expect(runs.of(FIRST).value).toBeNull();
  });

  it("is asked for again where it had to give way", async () => {
    const { runs, asked, answer, settle } = createAsks();
    runs.want(FIRST);
    await settle();
    await answer(undefined);
    expect(runs.of(FIRST).value).toBeUndefined();
    runs.want(FIRST);
    await settle();
    await answer(LOST);
    expect(asked).toEqual(["first", "first"]);
    expect(runs.of(FIRST).value).toBe(LOST);
  });
});
