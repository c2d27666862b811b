import { expect, it } from "vitest";
import { shortenSteps } from "#grade";
import type { Step } from "#machine";

function step(index: number, text = "sleeps"): Step {
  return { index, thread: 0, task: 0, actor: "main", lane: 0, timeNs: 0, text, preempted: false };
}

it("a run of a readable length keeps all its steps", () => {
  const steps = Array.from({ length: 200 }, (_, index) => step(index));
  expect(shortenSteps(steps)).toEqual(steps);
});

it("a long run keeps its beginning and its end, with the numbers they had", () => {
  const kept = shortenSteps(Array.from({ length: 5_000 }, (_, index) => step(index)));
  expect(kept).toHaveLength(200);
  expect([kept[49]?.index, kept[50]?.index, kept[199]?.index]).toEqual([49, 4_850, 4_999]);
});

it("a step that does thousands of things keeps the first and the last", () => {
  const [kept] = shortenSteps([step(0, `starts worker-1; ${"yields; ".repeat(9_000)}ends`)]);
  expect(kept?.text).toMatch(/^starts worker-1; yields; .* … .* yields; ends$/);
  expect(kept?.text.length).toBe(283);
});
