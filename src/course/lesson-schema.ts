import { z } from "zod";

const text = z.string().trim().min(1);

/** An article by its letter and number, and the section the lesson is made from. */
const sourceSchema = z.strictObject({
  article: z.string().regex(/^A\d+$/, "must be an article like `A3`"),
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
