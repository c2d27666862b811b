/**
 * Owns: what can be wrong with the lessons of a course as a whole: front matter, addresses, links, exercises and
 * sources named. Does not own: rendering them, and what their components hold.
 */
import { listExercises } from "./exercise.ts";
import { readFrontMatter } from "./front-matter.ts";
import type { TextPlace } from "./json.ts";
import { checkComponents } from "./lesson-components.ts";
import { loadPart, parseFrontMatter } from "./lesson.ts";
import { articleSchema } from "./lesson-schema.ts";
import { findNearNames } from "./near-names.ts";
import type { Problem } from "./problem.ts";
import type { TextFiles } from "./text-files.ts";

const ROOT = "content";
const FIGURES = "src/site/figures";
const REFERENCE = ".generated/reference.json";

/** A lesson's file. */
export interface LessonFile {
  readonly file: string;
  /** `waiting/timeout` for content/02-waiting/03-timeout.mdx: numbers order, names address. */
  readonly id: string;
  readonly text: string;
}

/** What lessons may point to. */
interface Targets {
  readonly lessons: readonly string[];
  /** Drawings with a file of their own. */
  readonly figures: readonly string[];
  readonly exercises: readonly string[];
  /** Places of the API reference, below `/reference/`; undefined where it has not been made. */
  readonly reference: readonly string[] | undefined;
}

export interface LessonsReport {
  /** Lessons read. */
  readonly count: number;
  readonly problems: readonly Problem[];
}

/** The folders of the course's parts. */
async function listParts(files: TextFiles): Promise<readonly string[]> {
  const names = await files.list(ROOT);
  return names.filter((name) => name.endsWith("/")).map((name) => name.slice(0, -1));
}

/** Every lesson, in reading order. */
export async function readLessons(files: TextFiles): Promise<readonly LessonFile[]> {
  const lessons: LessonFile[] = [];
  for (const folder of await listParts(files)) {
    for (const name of (await files.list(`${ROOT}/${folder}`)).filter((one) => one.endsWith(".mdx"))) {
      const file = `${ROOT}/${folder}/${name}`;
      const id = [folder, name.replace(/\.mdx$/, "")].map((one) => one.replace(/^\d+-/, "")).join("/");
      lessons.push({ file, id, text: (await files.readText(file)) ?? "" });
    }
  }
  return lessons;
}

/** Checks every lesson and part of the course; all problems at once. */
export async function checkLessons(files: TextFiles): Promise<LessonsReport> {
  const problems: Problem[] = [];
  for (const folder of await listParts(files)) {
    const part = await loadPart(files, folder);
    if (!part.ok) problems.push(...part.problems);
  }
  const lessons = await readLessons(files);
  const figures = await listFigures(files);
  const targets = {
    lessons: lessons.map((lesson) => lesson.id),
    exercises: await listExercises(files),
    figures,
    reference: await listReference(files),
  };
  problems.push(...findTwins(lessons));
  for (const lesson of lessons) problems.push(...checkLesson(lesson, targets));
  return { count: lessons.length, problems };
}

/** The drawings that a lesson can show by name. */
export async function listFigures(files: TextFiles): Promise<readonly string[]> {
  const names = await files.list(FIGURES);
  return names.filter((name) => name.endsWith(".astro")).map((name) => name.replace(/\.astro$/, ""));
}

/** Every place of the API reference that a link can lead to. */
async function listReference(files: TextFiles): Promise<readonly string[] | undefined> {
  const text = await files.readText(REFERENCE);
  return text === null
    ? undefined
    : (JSON.parse(text) as { readonly addresses: readonly string[] }).addresses;
}

function findTwins(lessons: readonly LessonFile[]): Problem[] {
  return lessons.flatMap(({ file, id }, index) => {
    const twin = lessons.slice(0, index).find((other) => other.id === id);
    if (twin === undefined) return [];
    const message = `Its address /learn/${id}/ is that of ${twin.file} too.`;
    return [
      { file, field: "", message, remedy: "Rename one of the two: the number is no part of the address." },
    ];
  });
}

function checkLesson({ file, text }: LessonFile, targets: Targets): Problem[] {
  const front = readFrontMatter(text);
  if (!front.ok) {
    const message = `The front matter cannot be read: ${front.message}.`;
    return [{ file, field: "", place: front.place, message, remedy: "Correct this line." }];
  }
  const placeOf = (field: string): TextPlace => ({ line: front.lines.get(field) ?? 1, column: 1 });
  const info = parseFrontMatter(file, front.data);
  const problems = info.ok
    ? info.value.prerequisites.flatMap((name, index) =>
        checkPrerequisite(file, name, index, placeOf("prerequisites"), targets),
      )
    : info.problems.map((problem) => ({ ...problem, place: placeOf(/^\w*/.exec(problem.field)?.[0] ?? "") }));
  return [
    ...problems,
    ...checkBody(file, text, front.length, targets),
    ...checkComponents(file, text, targets),
  ];
}

/** A prerequisite in the form of an address, `part/lesson`, must be one; any other is a text for people. */
function checkPrerequisite(
  file: string,
  name: string,
  index: number,
  place: TextPlace,
  { lessons }: Targets,
): Problem[] {
  if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(name) || lessons.includes(name)) return [];
  const message = `There is no lesson \`${name}\`.`;
  return [{ file, field: `prerequisites[${index}]`, place, message, remedy: suggest(name, lessons) }];
}

/** What the body points to: exercises, lessons, sources. */
const POINTERS: readonly {
  readonly pattern: RegExp;
  check(name: string, targets: Targets): Pick<Problem, "message" | "remedy"> | undefined;
}[] = [
  { pattern: /<Exercise\b[^>]*?\bslug=["']([^"']*)["']/g, check: checkExercise },
  { pattern: /(?:\]\(|href=["'])\/exercise\/([^/)"'#?\s]*)/g, check: checkExercise },
  {
    pattern: /(?:\]\(|href=["'])\/learn\/([^)"'#?\s]*)/g,
    check(path, { lessons }) {
      const id = path.replace(/\/$/, "");
      if (lessons.includes(id)) return undefined;
      return { message: `The link /learn/${path} leads nowhere.`, remedy: suggest(id, lessons) };
    },
  },
  {
    pattern: /(?:\]\(|href=["'])\/reference\/([^)"'\s]*)/g,
    check(address, { reference = [address] }) {
      if (reference.includes(address)) return undefined;
      const [near] = findNearNames(address, reference.filter(Boolean), 1);
      const remedy =
        near === undefined
          ? "The site's /reference/ lists what there is."
          : `Did you mean \`/reference/${near}\`?`;
      return { message: `The link /reference/${address} leads nowhere.`, remedy };
    },
  },
  {
    pattern: /<Source\b[^>]*?\barticle=["']([^"']*)["']/g,
    check(name) {
      if (articleSchema.safeParse(name).success) return undefined;
      return { message: `There is no source \`${name}\`.`, remedy: "Name one of A0, A1, A2, A3, A4." };
    },
  },
];

function checkExercise(
  slug: string,
  { exercises }: Targets,
): Pick<Problem, "message" | "remedy"> | undefined {
  if (exercises.includes(slug)) return undefined;
  return { message: `There is no exercise \`${slug}\`.`, remedy: suggest(slug, exercises) };
}

function checkBody(file: string, text: string, skipped: number, targets: Targets): Problem[] {
  const problems: Problem[] = [];
  let fence = "";
  text.split(/\r?\n/).forEach((line, index) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (mark !== "" && (fence === "" || mark.startsWith(fence))) fence = fence === "" ? mark : "";
    if (index < skipped || mark !== "" || fence !== "") return;
    const shown = line.replace(/`[^`]*`/g, (code) => " ".repeat(code.length));
    for (const { pattern, check } of POINTERS) {
      for (const found of shown.matchAll(pattern)) {
        const problem = check(found[1] ?? "", targets);
        const place = { line: index + 1, column: found.index + 1 };
        if (problem !== undefined) problems.push({ file, field: "", place, ...problem });
      }
    }
  });
  return problems;
}

function suggest(name: string, known: readonly string[]): string {
  const near = findNearNames(name, known, 1)[0];
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  return known.length === 0 ? "There are none." : `There are: ${known.join(", ")}.`;
}
