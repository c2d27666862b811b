import { z } from "zod";

const text = z.string().trim().min(1, "must not be empty");

/** One of the five articles that the course is made from. */
export const articleSchema = z.string().regex(/^A[0-4]$/, "must be one of A0, A1, A2, A3, A4");

/** An article by its letter and number, and the section the lesson is made from. */
const sourceSchema = z.strictObject({
  article: articleSchema,
  section: text.optional(),
});

/** Front matter of a lesson. */
export const lessonSchema = z.strictObject({
  title: text,
  summary: text,
  minutes: z.number().int().positive(),
  objectives: z.array(text).min(1),
  prerequisites: z.array(text).default([]),
  sources: z.array(sourceSchema).default([]),
});

/** What a `part.json` holds. */
export const partSchema = z.strictObject({ title: text, summary: text });

export type LessonInfo = z.infer<typeof lessonSchema>;
export type PartInfo = z.infer<typeof partSchema>;
