/** Owns: which attributes each component of a lesson has. What they do is told in content/README.md. */
import { z } from "zod";
import { OUTCOME_KINDS } from "#abi";

const text = z.string().trim().min(1, "must not be empty");
/** Printed lines: time, thread, text. */
const lines = z.array(z.string());
const output = z.union([z.string(), lines], { error: "must be a text or a list of texts" });
const lineRange = z.string().regex(/^\d+(-\d+)?$/, 'must be a line, "4", or lines, "4-8"');

const ending = z.enum(OUTCOME_KINDS);
/** What a program is said to do: what it prints and, where it does not run to its end, how it ends. */
const claim = { prints: lines.optional(), ends: ending.optional() };

const predictOption = z.strictObject({ ...claim, prints: lines, text: text.optional(), because: text });

const quizOption = z
  .strictObject({
    ...claim,
    text: text.optional(),
    right: z.boolean().optional(),
    because: text,
    program: text.optional(),
  })
  .refine((option) => option.right === undefined || option.prints === undefined, {
    error: "says `right` beside `prints`: whether it is right, its program tells",
  })
  .refine((option) => option.prints !== undefined || option.program === undefined, {
    error: "has a `program` and does not say what it `prints`",
  })
  .refine((option) => option.prints !== undefined || option.ends === undefined, {
    error: "says how a program `ends` and not what it `prints`",
  })
  .refine((option) => option.text !== undefined || option.prints !== undefined, {
    error: "has no `text`",
  });

export const predictSchema = z.strictObject({
  question: text,
  options: z.array(predictOption).min(2, "must give two answers or more"),
  after: z.number().int().positive().optional(),
});

export const quizSchema = z.strictObject({
  question: text,
  options: z.array(quizOption).min(2, "must give two answers or more"),
});

export const exampleSchema = z
  .strictObject({ title: text.optional(), output: output.optional(), ends: ending.optional() })
  .refine(({ output, ends }) => output !== undefined || ends === undefined, {
    error: "says how it `ends` and not its `output`",
  });

export const oneClockSchema = z.strictObject({
  title: text,
  left: text,
  right: text,
  leftOutput: output.optional(),
  leftEnds: ending.optional(),
  rightOutput: output.optional(),
  rightEnds: ending.optional(),
});

export const pairSchema = z.strictObject({
  links: z
    .array(z.tuple([lineRange, lineRange], { error: "must be two ranges: of the Rust, of the TypeScript" }))
    .max(9, "must be nine links or fewer")
    .default([]),
});

const listing = z.strictObject({ title: text.optional() });

/** Every component that a lesson may use, by name. */
export const COMPONENT_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  Aside: z.strictObject({ title: text.optional() }),
  Example: exampleSchema,
  Exercise: z.strictObject({ slug: text, level: z.enum(["h1", "h2", "h3"]).optional() }),
  Figure: z.strictObject({ caption: text, alt: text, name: text.optional() }),
  OneClock: oneClockSchema,
  Pair: pairSchema,
  Predict: predictSchema,
  Quiz: quizSchema,
  Rust: listing.extend({ crate: z.enum(["tokio"]).optional() }),
  Source: z.strictObject({ article: text, section: text.optional() }),
  TypeScript: listing,
};
