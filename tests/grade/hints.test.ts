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

const NAMED = [
  { bug: "lost-update", hint: "any lost update" },
  { outcome: "panic", hint: "any panic" },
  { check: "exact", outcome: "panic", hint: "exact and panic" },
  { check: "exact", bug: "leak", hint: "exact and leak" },
] as const;

it.each([
  ["other", "panic", "lost-update", "any lost update"],
  ["other", "panic", "leak", "any panic"],
  ["exact", "panic", "leak", "exact and leak"],
  ["exact", "panic", "lost-update", "exact and panic"],
] as const)("the hint for check %s, outcome %s and mistake %s is: %s", (check, outcome, bug, hint) => {
  expect(findHint(NAMED, { check, outcome, bug }, "own")).toBe(hint);
});

it("a hint for a mistake is not given where none was recognised", () => {
  expect(findHint(NAMED.slice(0, 1), { check: "other", outcome: "panic" }, "own")).toBe("own");
});
