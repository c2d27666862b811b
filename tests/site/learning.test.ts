import { expect, it } from "vitest";
import { learnerTypes } from "../../src/site/editor/learner-types.ts";
import { addAttempt, type Attempt, ATTEMPTS_MAX } from "../../src/site/exercise/attempts.ts";
import { isLessonDone } from "../../src/site/progress.ts";

const attempt = (text: string) => ({ verdict: "1 fails", passed: false, files: { "main.ts": text } });

it("attempts are numbered from one, and the last twenty are kept", () => {
  let attempts: readonly Attempt[] = [];
  for (let i = 1; i <= 25; i += 1) attempts = addAttempt(attempts, attempt(`${i}`));
  expect(attempts).toHaveLength(ATTEMPTS_MAX);
  expect([attempts[0]?.number, attempts.at(-1)?.number]).toEqual([6, 25]);
});

it("checking the same code again renews the last attempt", () => {
  const once = addAttempt([], attempt("a"));
  const twice = addAttempt(once, { ...attempt("a"), verdict: "all pass", passed: true });
  expect(twice).toEqual([{ number: 1, verdict: "all pass", passed: true, files: { "main.ts": "a" } }]);
});

it("an attempt holds nothing of when it was made", () => {
  expect(Object.keys(addAttempt([], attempt("a"))[0] ?? {}).sort()).toEqual([
    "files",
    "number",
    "passed",
    "verdict",
  ]);
});

it("a lesson is done when all its exercises are, and one without any when it was marked", () => {
  const progress = { exercises: ["a", "b"], lessons: ["part/read"] };
  expect(isLessonDone(progress, "part/x", ["a", "b"])).toBe(true);
  expect(isLessonDone(progress, "part/x", ["a", "c"])).toBe(false);
  expect(isLessonDone(progress, "part/x", [])).toBe(false);
  expect(isLessonDone(progress, "part/read", [])).toBe(true);
});

it("the editor is not told of the module of hidden checks", () => {
  const types = {
    "file:///node_modules/std/sync.d.ts": "a",
    "file:///node_modules/check.d.ts": "b",
    "file:///types/guest/check/check.d.ts": "c",
  };
  expect(Object.keys(learnerTypes(types, ""))).toEqual(["file:///node_modules/std/sync.d.ts"]);
});
