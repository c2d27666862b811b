import { beforeAll, expect, it } from "vitest";
import { createEngine } from "#cli";
import type { CheckBundle } from "#course";
import { grade, type Engine, type GradeResult } from "#grade";

const CHECKS = `
import { check, expect } from "check";
import { spawn } from "std/thread";
import { count } from "./main";

check("both", "both threads are counted", () => {
  const workers = [spawn(() => count.add()), spawn(() => count.add())];
  for (const worker of workers) worker.join();
  expect(count.total() === 2, "two added, and one was counted");
});
`;
const BUNDLE: CheckBundle = {
  slug: "counted",
  files: ["main.ts"],
  exports: ["count"],
  budget: { runs: 50, calls: 10_000 },
  points: { both: 1 },
  hintsFor: [
    { outcome: "check-failed", hint: "Something is wrong." },
    { bug: "lost-update", hint: "Read and write in one section." },
  ],
  checks: CHECKS,
};
const start = `import { AtomicI32 } from "std/sync";
const value = new AtomicI32(0);
`;
const LOSES = `${start}export const count = {
  add() {
    const now = value.load();
    value.store(now + 1);
  },
  total: () => value.load(),
};`;
const FORGETS = `${start}export const count = { add() { value.load(); }, total: () => value.load() };`;

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine(() => {}, 1);
});

const gradeText = (text: string): Promise<GradeResult> => grade(engine, BUNDLE, { "main.ts": text });

it("names what a failing check shows, chooses the hint by it, and marks the steps", async () => {
  const { verdict, failures } = await gradeText(LOSES);
  const [check] = verdict.checks;
  expect(check?.message).toBe("two added, and one was counted");
  expect(check?.bug?.name).toBe("lost-update");
  expect(check?.bug?.sentence).toMatch(
    /^`value` lost an update: worker-\d read 0 \(line 5\), worker-\d wrote 1 \(line 6\) in between, and worker-\d then wrote 1 over it \(line 6\)\.$/,
  );
  expect(check?.hint).toBe("Read and write in one section.");
  const [failure] = failures;
  const marked = failure?.marks?.map(({ step, role }) => {
    return `${role}: ${failure.steps.find(({ index }) => index === step)?.text}`;
  });
  expect(marked).toEqual([
    "read: reads `value`: 0",
    expect.stringMatching(/^wrote in between: .*writes `value` = 1/),
    expect.stringMatching(/^wrote over it: .*writes `value` = 1/),
  ]);
});

it("says nothing of a failure that no known mistake explains", async () => {
  const { verdict, failures } = await gradeText(FORGETS);
  const [check] = verdict.checks;
  expect(check).toMatchObject({ status: "fail", hint: "Something is wrong." });
  expect(check).not.toHaveProperty("bug");
  expect(failures[0]).toMatchObject({ bug: null });
  expect(failures[0]).not.toHaveProperty("marks");
});
