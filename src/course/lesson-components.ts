/** Owns: what can be wrong with the components of one lesson, as far as that can be said without running a program. */
import { COMPONENT_SCHEMAS, pairSchema } from "./component-schemas.ts";
import type { TextPlace } from "./json.ts";
import { findQuestions } from "./lesson-programs.ts";
import { flattenTags, readLessonTags, type LessonTag } from "./lesson-tags.ts";
import { findNearNames } from "./near-names.ts";
import { parseData, type Problem } from "./problem.ts";

/** Which listings a component must hold, by language. */
const LISTINGS: Readonly<Record<string, { readonly language: string; readonly count: number }>> = {
  Example: { language: "ts", count: 1 },
  Predict: { language: "ts", count: 1 },
  OneClock: { language: "ts", count: 2 },
  Rust: { language: "rust", count: 1 },
  TypeScript: { language: "ts", count: 1 },
};
const HOW = "content/README.md shows how it is written.";

/** What lessons may show that has a file of its own. */
export interface FigureTargets {
  readonly figures: readonly string[];
}

/** Everything that is wrong with a lesson's components. */
export function checkComponents(file: string, text: string, targets: FigureTargets): Problem[] {
  const { tags, mistakes } = readLessonTags(text);
  if (mistakes.length > 0) return mistakes.map((mistake) => ({ file, field: "", ...mistake }));
  return flattenTags(tags).flatMap((tag) => [
    ...checkAttributes(file, tag),
    ...checkListings(file, tag),
    ...(tag.name === "Pair" ? checkPair(file, tag) : []),
    ...(tag.name === "Quiz" ? checkQuiz(file, tag) : []),
    ...(tag.name === "Figure" ? checkFigure(file, tag, targets) : []),
  ]);
}

function problem(file: string, place: TextPlace, message: string, remedy: string): Problem {
  return { file, field: "", place, message, remedy };
}

function checkAttributes(file: string, tag: LessonTag): Problem[] {
  const schema = COMPONENT_SCHEMAS[tag.name];
  if (schema === undefined) {
    const known = Object.keys(COMPONENT_SCHEMAS);
    const [near] = findNearNames(tag.name, known, 1);
    const remedy = near === undefined ? `There are: ${known.join(", ")}.` : `Did you mean \`<${near}>\`?`;
    return [problem(file, tag.place, `There is no component \`<${tag.name}>\`.`, remedy)];
  }
  const placeOf = (path: readonly PropertyKey[]): TextPlace =>
    tag.attributePlaces.get(String(path[0])) ?? tag.place;
  const parsed = parseData(file, tag.attributes, schema, placeOf);
  if (parsed.ok) return [];
  return parsed.problems.map((one) => {
    const remedy = one.remedy.startsWith("Correct ") ? HOW : one.remedy;
    return { ...one, field: one.field === "" ? `<${tag.name}>` : `<${tag.name}> ${one.field}`, remedy };
  });
}

function checkListings(file: string, tag: LessonTag): Problem[] {
  const wanted = LISTINGS[tag.name];
  if (wanted === undefined) return [];
  const { language, count } = wanted;
  const found = tag.listings.filter((listing) => listing.language === language).length;
  if (found === count) return [];
  const blocks = count === 1 ? `one \`\`\`${language} block` : `${count} \`\`\`${language} blocks`;
  return [problem(file, tag.place, `<${tag.name}> must hold ${blocks}, and holds ${found}.`, HOW)];
}

/** The first and last line of `4-8`, from 1. */
export function parseLines(range: string): readonly [first: number, last: number] {
  const [first = 0, last = first] = range.split("-").map(Number);
  return [first, last];
}

function checkPair(file: string, tag: LessonTag): Problem[] {
  const [rust, typescript] = tag.children;
  if (tag.children.length !== 2 || rust?.name !== "Rust" || typescript?.name !== "TypeScript")
    return [problem(file, tag.place, "<Pair> must hold a <Rust> and then a <TypeScript>.", HOW)];
  const { data } = pairSchema.safeParse(tag.attributes);
  const place = tag.attributePlaces.get("links") ?? tag.place;
  return [rust, typescript].flatMap((side, i) => {
    const ranges = (data?.links ?? []).map((link) => link[i] ?? "");
    const length = side.listings[0]?.code.trimEnd().split("\n").length ?? 0;
    return checkRanges(ranges, length).map(({ range, why, cure }) =>
      problem(file, place, `<Pair> links the lines ${range} of the ${side.name}, and ${why}.`, cure),
    );
  });
}

function checkRanges(
  ranges: readonly string[],
  length: number,
): readonly { readonly range: string; readonly why: string; readonly cure: string }[] {
  return ranges.flatMap((range, at) => {
    const [first, last] = parseLines(range);
    if (first < 1 || first > last)
      return [
        {
          range,
          why: "that is no range",
          cure: "Write the first line, `-`, the last line; lines count from 1.",
        },
      ];
    if (last > length)
      return [{ range, why: `that has ${length} lines`, cure: "Count again: an edit has moved them." }];
    const twin = ranges.slice(0, at).find((other) => {
      const [from, to] = parseLines(other);
      return first <= to && from <= last;
    });
    if (twin === undefined) return [];
    return [{ range, why: `${twin} are linked too`, cure: "Link every line once." }];
  });
}

/** A quiz about programs has one right answer; one without says which are. */
function checkQuiz(file: string, tag: LessonTag): Problem[] {
  const [question] = findQuestions([{ ...tag, children: [] }]);
  if (question === undefined) return [];
  const place = tag.place;
  if (question.answers.some((answer) => answer.kind === "run" && answer.code === "")) {
    const message = "<Quiz> says what a program prints, and there is no program.";
    return [problem(file, place, message, "Put a ```ts block into it, or give the option its `program`.")];
  }
  const isRun = question.answers.some((answer) => answer.kind === "run");
  if (isRun || question.answers.some((answer) => answer.kind === "said" && answer.right)) return [];
  return [problem(file, place, "<Quiz> has no right answer.", "Write `right: true` into the one that is.")];
}

function checkFigure(file: string, tag: LessonTag, { figures }: FigureTargets): Problem[] {
  const { name } = tag.attributes;
  if (typeof name !== "string" || figures.includes(name)) return [];
  const [near] = findNearNames(name, figures, 1);
  const there = figures.length === 0 ? "There are none." : `There are: ${figures.join(", ")}.`;
  const remedy = near === undefined ? there : `Did you mean \`${near}\`?`;
  const place = tag.attributePlaces.get("name") ?? tag.place;
  return [problem(file, place, `There is no figure \`${name}\` in src/site/figures.`, remedy)];
}
