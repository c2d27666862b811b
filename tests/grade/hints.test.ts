import { expect, it } from "vitest";
import { findHint } from "#grade";

const HINTS = [
  { outcome: "deadlock", hint: "any deadlock" },
  { check: "exact", hint: "exact" },
  { check: "exact", outcome: "deadlock", hint: "exact and deadlock" },
  { check: "exact", outcome: "deadlock", hint: "a second one" },
] as const;

const cases = [
  ["exact", "deadlock", "exact and deadlock"],
  ["exact", "panic", "exact"],
  ["other", "deadlock", "any deadlock"],
  ["other", "panic", "own"],
] as const;
it.each(cases)("the hint for check %s and outcome %s is: %s", (check, outcome, hint) => {
  expect(findHint(HINTS, { check, outcome }, "own")).toBe(hint);
});

it("there is no hint where nobody wrote one", () => {
  expect(findHint([], { check: "a", outcome: "panic" }, undefined)).toBeUndefined();
});
