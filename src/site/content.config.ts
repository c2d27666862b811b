import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
import { z } from "astro/zod";
import { lessonSchema, partSchema } from "#course";
import type { Recording, ReferenceModule } from "#build";
import { exampleLoader } from "./example-loader.ts";
import { exerciseLoader } from "./exercise-loader.ts";
import { referenceLoader } from "./reference-loader.ts";

/** `02-waiting/03-timeout.mdx` is the lesson `waiting/timeout`: numbers order, names address. */
function idOf(entry: string): string {
  return entry
    .replace(/\.\w+$/, "")
    .split("/")
    .map((name) => name.replace(/^\d+-/, ""))
    .join("/");
}

const lessons = defineCollection({
  loader: glob({ pattern: "*/*.mdx", base: "./content", generateId: ({ entry }) => idOf(entry) }),
  schema: lessonSchema,
});

const parts = defineCollection({
  loader: glob({
    pattern: "*/part.json",
    base: "./content",
    generateId: ({ entry }) => idOf(entry).replace(/\/part$/, ""),
  }),
  schema: partSchema,
});

const exercises = defineCollection({
  loader: exerciseLoader(),
  schema: z.object({
    slug: z.string(),
    version: z.number(),
    title: z.string(),
    summary: z.string(),
    minutes: z.number(),
    difficulty: z.enum(["easy", "medium", "hard"]),
    /** What the learner may edit, with the text to start from; the first file is the one to open. */
    starter: z.record(z.string(), z.string()),
    hints: z.array(z.string()),
    /** What Check fetches. */
    checks: z.record(z.string(), z.unknown()),
    /** What is fetched when the learner asks for the solution. */
    solution: z.record(z.string(), z.string()),
  }),
});

/** Programs of `<Example>` and of the reference, executed: by their code's hash. */
const examples = defineCollection({
  loader: exampleLoader(),
  schema: z.custom<{ readonly recording: Recording }>((value) => typeof value === "object" && value !== null),
});

const reference = defineCollection({
  loader: referenceLoader(),
  schema: z.custom<{ readonly module: ReferenceModule; readonly position: number }>(
    (value) => typeof value === "object" && value !== null,
  ),
});

export const collections = { lessons, parts, exercises, examples, reference };
