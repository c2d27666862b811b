import { z } from "zod";
import { BUG_NAMES, OUTCOME_KINDS } from "#abi";

const text = z.string().trim().min(1, "must not be empty");
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case words joined by `-`");
const sourceFile = z
  .string()
  .regex(/^[a-z0-9][\w.-]*\.ts$/i, "must be the name of a .ts file, without a folder");
const count = z
  .number({
    error: (issue) => (issue.input === undefined ? undefined : "must be a whole number of at least 1"),
  })
  .int("must be a whole number of at least 1")
  .positive("must be a whole number of at least 1");

/** Every entry once, by what `key` says it is called. */
function distinct<T>(list: z.ZodArray<z.ZodType<T>>, key: (item: T) => string) {
  return list.refine((items) => new Set(items.map(key)).size === items.length, {
    error: "must not name anything twice",
  });
}

const hintSchema = z
  .strictObject({
    check: slug.optional(),
    outcome: z.enum(OUTCOME_KINDS).optional(),
    /** The mistake that the failing run shows. */
    bug: z.enum(BUG_NAMES).optional(),
    hint: text,
  })
  .refine((hint) => hint.check !== undefined || hint.outcome !== undefined || hint.bug !== undefined, {
    error: "must name a `check`, an `outcome` or a `bug`, or several of them",
  });

/** What an `exercise.json` holds. */
export const exerciseSchema = z.strictObject({
  version: count,
  title: text,
  summary: text,
  minutes: count,
  difficulty: z.enum(["easy", "medium", "hard"]),
  /** What the learner edits. */
  files: distinct(z.array(sourceFile).min(1, "must not be empty"), (file) => file),
  /** What `main.ts` must export. */
  exports: distinct(
    z.array(z.string().regex(/^[A-Za-z_$][\w$]*$/, "must be a name")).min(1, "must not be empty"),
    (name) => name,
  ),
  /** Runs and kernel calls a check may use; whichever ends first. */
  budget: z.strictObject({ runs: count.default(300), calls: count.default(60_000) }).prefault({}),
  /** By check id; covers every check. */
  points: z.record(slug, z.number().nonnegative()),
  /** Three levels, from a nudge to nearly the answer. */
  hints: z.array(text).min(1, "must not be empty"),
  hintsFor: z.array(hintSchema).default([]),
  wrong: distinct(
    z.array(z.strictObject({ name: slug, title: text, fails: slug })),
    (one) => one.name,
  ).default([]),
});

export type ExerciseInfo = z.infer<typeof exerciseSchema>;
export type HintFor = ExerciseInfo["hintsFor"][number];
