import type { Exercise } from "./exercise.ts";

/** The part of an exercise that grading needs: plain data without solution or wrong answers, fit for a browser. */
export interface CheckBundle extends Pick<
  Exercise,
  "slug" | "files" | "exports" | "budget" | "points" | "hintsFor" | "checks"
> {
  /** Checks that are graded only; never part of what a browser gets. */
  readonly privateChecks?: string;
}

/** An exercise's bundle, with its private checks only where they are asked for. */
export function toCheckBundle(exercise: Exercise, options: { readonly withPrivate: boolean }): CheckBundle {
  const { slug, files, exports, budget, points, hintsFor, checks, privateChecks } = exercise;
  const bundle = { slug, files, exports, budget, points, hintsFor, checks };
  return options.withPrivate && privateChecks !== undefined ? { ...bundle, privateChecks } : bundle;
}
