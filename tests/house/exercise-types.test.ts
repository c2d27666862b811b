import { describe, expect, it } from "vitest";
import { findTypeErrors, findVariants } from "./exercise-types.ts";

describe("starters, solutions and wrong answers", () => {
  it("exist", () => {
    expect(findVariants().length).toBeGreaterThan(2);
  });

  it.each(findVariants())("have no type errors that the editor would show: $exercise, $name", (variant) => {
    expect(findTypeErrors(variant)).toEqual([]);
  });
});
