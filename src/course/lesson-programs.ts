/**
 * Owns: which programs a lesson shows, what it says that they print, and what it asks about them. Does not own:
 * running them, and the schemas: a component whose attributes are wrong has no programs here.
 */
import type { OutcomeKind } from "#abi";
import { exampleSchema, oneClockSchema, predictSchema, quizSchema } from "./component-schemas.ts";
import type { TextPlace } from "./json.ts";
import { flattenTags, type LessonTag } from "./lesson-tags.ts";

/** What a program is said to do. */
export interface Claim {
  /** Time, thread and text of every line. */
  readonly prints: readonly string[];
  readonly ends: OutcomeKind;
}

/** Which component of a lesson, by its name and its title or question. */
export interface ComponentName {
  readonly component: string;
  readonly title: string;
  readonly place: TextPlace;
}

/** A program that a lesson shows; it is executed when the site is built. */
export interface LessonProgram extends ComponentName {
  readonly code: string;
  /** Asked is what comes after this many steps. */
  readonly after?: number | undefined;
  /** What the lesson says of it. */
  readonly claim?: Claim | undefined;
}

/** An answer is right where the author says so, or where a program does what it claims. */
export type Answer =
  | { readonly kind: "said"; readonly right: boolean }
  | { readonly kind: "run"; readonly code: string; readonly claim: Claim };

/** A question about what programs do. */
export interface LessonQuestion extends ComponentName {
  readonly after?: number | undefined;
  readonly answers: readonly Answer[];
}

/** The programs of a lesson, in order. */
export function findPrograms(tags: readonly LessonTag[]): readonly LessonProgram[] {
  const shown = flattenTags(tags).flatMap((tag) =>
    tag.name === "Example" ? exampleProgram(tag) : tag.name === "OneClock" ? clockPrograms(tag) : [],
  );
  const asked = findQuestions(tags).flatMap(({ answers, ...question }) => {
    const codes = answers.flatMap((answer) => (answer.kind === "run" ? [answer.code] : []));
    return [...new Set(codes)].map((code) => ({ ...question, code }));
  });
  return [...shown, ...asked].sort((a, b) => a.place.line - b.place.line);
}

/** The questions of a lesson, in order. */
export function findQuestions(tags: readonly LessonTag[]): readonly LessonQuestion[] {
  return flattenTags(tags).flatMap((tag) => {
    const [shown = ""] = programsOf(tag);
    if (tag.name === "Predict") {
      const { data } = predictSchema.safeParse(tag.attributes);
      if (data === undefined) return [];
      const answers = data.options.map((option) => resolveAnswer(option, shown));
      return [{ ...named(tag, data.question), after: data.after, answers }];
    }
    if (tag.name !== "Quiz") return [];
    const { data } = quizSchema.safeParse(tag.attributes);
    if (data === undefined) return [];
    return [{ ...named(tag, data.question), answers: data.options.map((one) => resolveAnswer(one, shown)) }];
  });
}

interface Option {
  readonly prints?: readonly string[] | undefined;
  readonly ends?: OutcomeKind | undefined;
  readonly program?: string | undefined;
  readonly right?: boolean | undefined;
}

/** An option of a question whose component shows the program `shown`. */
export function resolveAnswer({ prints, ends, program, right }: Option, shown: string): Answer {
  if (prints === undefined) return { kind: "said", right: right === true };
  const claim = { prints: normalizeLines(prints), ends: ends ?? "passed" };
  return { kind: "run", code: program ?? shown, claim };
}

/** The listings of a component that are executed. */
export function programsOf(tag: LessonTag): readonly string[] {
  return tag.listings.filter(({ language }) => language === "ts").map(({ code }) => code);
}

/** Printed lines, as a text or as a list, without the white space that only aligns them. */
export function normalizeLines(lines: string | readonly string[]): readonly string[] {
  const list = typeof lines === "string" ? lines.trim().split("\n") : lines;
  return list.map((line) => line.trim().replaceAll(/\s{2,}/g, " ")).filter((line) => line !== "");
}

function exampleProgram(tag: LessonTag): LessonProgram[] {
  const { data } = exampleSchema.safeParse(tag.attributes);
  const [code] = programsOf(tag);
  if (data === undefined || code === undefined) return [];
  return [{ ...named(tag, data.title), code, claim: claimOf(data.output, data.ends) }];
}

function clockPrograms(tag: LessonTag): LessonProgram[] {
  const { data } = oneClockSchema.safeParse(tag.attributes);
  if (data === undefined) return [];
  const sides = [
    { name: data.left, claim: claimOf(data.leftOutput, data.leftEnds) },
    { name: data.right, claim: claimOf(data.rightOutput, data.rightEnds) },
  ];
  const codes = programsOf(tag);
  return sides.flatMap(({ name, claim }, i) => {
    const code = codes[i];
    if (code === undefined) return [];
    return [{ ...named(tag, `${data.title}, ${name}`), code, claim }];
  });
}

function named({ name, place }: LessonTag, title = ""): ComponentName {
  return { component: name, title, place };
}

function claimOf(
  output: string | readonly string[] | undefined,
  ends: OutcomeKind = "passed",
): Claim | undefined {
  return output === undefined ? undefined : { prints: normalizeLines(output), ends };
}
