import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "#cli";
import {
  followCheckSteps,
  grade,
  type CheckBundle,
  type EarlierFailure,
  type Engine,
  type FollowResult,
} from "#grade";

const BUNDLE: CheckBundle = {
  slug: "counter",
  files: ["main.ts"],
  exports: ["add"],
  budget: { runs: 100, calls: 20_000 },
  points: { exact: 1 },
  hintsFor: [],
  checks: `import { check, expect } from "check";
import { spawn } from "std/thread";
import { Mutex, SharedCell } from "std/sync";
import { add } from "./main";
check("exact", "The count is exact", () => {
  const [count, lock] = [new SharedCell(0), new Mutex(0)];
  const worker = spawn(() => add(count, lock), { name: "worker" });
  add(count, lock);
  worker.join();
  expect(count.get() === 2, "the count is " + count.get());
});
`,
};

const HEAD = 'import type { Mutex, SharedCell } from "std/sync";\n';
const add = (body: string) => ({
  "main.ts": `${HEAD}export function add(count: SharedCell<number>, lock: Mutex<number>): void {\n${body}\n}\n`,
});
const RACY = add("  count.set(count.get() + 1);");
const MENDED = add("  using guard = lock.lock();\n  count.set(count.get() + 1);");
const HALF = add(
  "  let seen = 0;\n  { using guard = lock.lock(); seen = count.get(); }\n  { using guard = lock.lock(); count.set(seen + 1); }",
);

let engine: Engine;
let earlier: EarlierFailure;
beforeAll(async () => {
  engine = await createEngine(() => undefined);
  const [failure] = (await grade(engine, BUNDLE, RACY)).failures;
  if (failure === undefined) throw new Error("the racy answer passes");
  earlier = { check: "exact", schedule: failure.schedule, failure: failure.outcome };
});

async function follow(
  files: Record<string, string>,
  more: Partial<EarlierFailure> = {},
): Promise<FollowResult> {
  const steps = followCheckSteps(engine, BUNDLE, files, { ...earlier, ...more });
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}

async function report(files: Record<string, string>) {
  const result = await follow(files);
  if (result.kind !== "followed") throw new Error(JSON.stringify(result));
  return result.report;
}

describe("an earlier failure of a check", () => {
  it("on the same code fails as before, and shows the mistake", async () => {
    const { verdict, sentences, message, run, parting, neighbour } = await report(RACY);
    expect({ verdict, sentences, parting, neighbour }).toEqual({
      verdict: "same-failure",
      sentences: ["The old schedule fails as before."],
      parting: null,
      neighbour: null,
    });
    expect(message).toContain("the count");
    expect(run.marks?.length).toBeGreaterThan(0);
  });

  it("on mended code no longer fails, and the step at which the code parts from it is marked", async () => {
    const { verdict, sentences, message, run, parting, neighbour } = await report(MENDED);
    expect([verdict, message, neighbour]).toEqual(["passes", "", null]);
    expect(sentences[1]).toMatch(
      /^It parts from your code here: worker waits for .*\(main\.ts:3\); in the old run/,
    );
    expect(sentences[2]).toMatch(/^None of \d+ nearby schedules fails\.$/);
    expect(run.marks).toEqual([{ step: parting, role: "parts here" }]);
    const step = run.steps.find(({ index }) => index === parting);
    expect(step).toMatchObject({ actor: "worker", place: { file: "main.ts", line: 3 } });
  });

  it("on code that is half mended passes, and a schedule near it that fails is shown", async () => {
    const { verdict, sentences, neighbour } = await report(HALF);
    expect(verdict).toBe("passes");
    expect(sentences[2]).toMatch(/^[1-9]\d* of \d+ nearby schedules still fails?\.$/);
    expect(neighbour?.message).toContain("the count");
    expect(neighbour?.run.steps.length).toBeGreaterThan(0);
    const again = await follow(HALF, { schedule: neighbour?.schedule ?? "" });
    expect(again).toMatchObject({ kind: "followed", report: { verdict: "same-failure", parting: null } });
  });

  it("on code that does not compile is a diagnostic", async () => {
    const result = await follow({ "main.ts": "export function add( {" });
    expect(result).toMatchObject({ kind: "ungradable", diagnostics: [{ kind: "syntax" }] });
  });

  it("of a check that is no longer there, or of another version, says so", async () => {
    expect(await follow(RACY, { check: "gone" })).toEqual({
      kind: "impossible",
      message: "This check is no longer part of the exercise.",
    });
    expect(await follow(RACY, { schedule: "il1.0a1b2c3d.AM6DAg" })).toMatchObject({
      kind: "impossible",
      message: expect.stringContaining("has the format `il1`"),
    });
  });
});
