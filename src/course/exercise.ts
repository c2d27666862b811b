/**
 * Owns: reading exercise folders as plain data. Does not own: compiling or running any of it.
 */
import { exerciseSchema, type ExerciseInfo } from "./exercise-schema.ts";
import { findNearNames } from "./near-names.ts";
import { parseJson, type Loaded, type Problem } from "./problem.ts";
import type { TextFiles, Texts } from "./text-files.ts";

const ROOT = "exercises";

/** A named misconception, complete: the solution with the wrong answer's files laid over it. */
export interface WrongAnswer {
  readonly name: string;
  readonly title: string;
  /** The check it must fail. */
  readonly fails: string;
  readonly files: Texts;
}

/** One exercise with all its texts. Plain data. */
export interface Exercise extends Omit<ExerciseInfo, "wrong"> {
  readonly slug: string;
  readonly starter: Texts;
  readonly solution: Texts;
  readonly demo: string;
  readonly checks: string;
  /** Checks that are graded only, where the exercise has any. */
  readonly privateChecks?: string;
  readonly wrong: readonly WrongAnswer[];
}

/** Slugs of all exercises, sorted. */
export async function listExercises(files: TextFiles): Promise<string[]> {
  const names = await files.list(ROOT);
  return names.filter((name) => name.endsWith("/")).map((name) => name.slice(0, -1));
}

/** Reads an exercise folder; all problems at once. */
export async function loadExercise(files: TextFiles, slug: string): Promise<Loaded<Exercise>> {
  const known = await listExercises(files);
  if (!known.includes(slug)) return { ok: false, problems: [unknownSlug(slug, known)] };
  const folder = `${ROOT}/${slug}`;
  const problems: Problem[] = [];
  const info = await loadInfo(files, folder, problems);
  const read = (path: string) => readRequired(files, `${folder}/${path}`, problems);
  const [starter, solution] = [
    await readFolder(files, `${folder}/starter`),
    await readFolder(files, `${folder}/solution`),
  ];
  const [demo, checks] = [await read("demo.ts"), await read("checks.ts")];
  const privateChecks = await files.readText(`${folder}/private/checks.ts`);
  if (info === undefined) return { ok: false, problems };
  for (const file of info.files) {
    if (!(file in starter)) problems.push(missing(`${folder}/starter/${file}`));
    if (!(file in solution)) problems.push(missing(`${folder}/solution/${file}`));
  }
  const wrong = await loadWrongAnswers(files, folder, info, solution, problems);
  if (problems.length > 0) return { ok: false, problems };
  const texts = { starter, solution, demo, checks, ...(privateChecks !== null && { privateChecks }) };
  return { ok: true, value: { ...info, slug, ...texts, wrong } };
}

async function loadInfo(
  files: TextFiles,
  folder: string,
  problems: Problem[],
): Promise<ExerciseInfo | undefined> {
  const path = `${folder}/exercise.json`;
  const text = await files.readText(path);
  if (text === null) {
    problems.push(missing(path));
    return undefined;
  }
  const parsed = parseJson(path, text, exerciseSchema);
  if (parsed.ok) return parsed.value;
  problems.push(...parsed.problems);
  return undefined;
}

async function loadWrongAnswers(
  files: TextFiles,
  folder: string,
  info: ExerciseInfo,
  solution: Texts,
  problems: Problem[],
): Promise<WrongAnswer[]> {
  const file = `${folder}/exercise.json`;
  const found = (await files.list(`${folder}/wrong`)).filter((name) => name.endsWith("/"));
  for (const name of found.map((entry) => entry.slice(0, -1))) {
    if (info.wrong.some((wrong) => wrong.name === name)) continue;
    const message = `The folder wrong/${name} is not listed.`;
    problems.push({ file, field: "wrong", message, remedy: "Add it with its title and the check it fails." });
  }
  const answers: WrongAnswer[] = [];
  for (const [index, wrong] of info.wrong.entries()) {
    const own = await readFolder(files, `${folder}/wrong/${wrong.name}`);
    if (Object.keys(own).length === 0) problems.push(missing(`${folder}/wrong/${wrong.name}/*.ts`));
    if (!(wrong.fails in info.points)) {
      const message = `There is no check \`${wrong.fails}\` in \`points\`.`;
      problems.push({ file, field: `wrong[${index}].fails`, message, remedy: "Name one of the checks." });
    }
    answers.push({ ...wrong, files: { ...solution, ...own } });
  }
  return answers;
}

/** The `.ts` files of a folder by name. */
async function readFolder(files: TextFiles, dir: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const name of await files.list(dir)) {
    const text = name.endsWith(".ts") ? await files.readText(`${dir}/${name}`) : null;
    if (text !== null) texts[name] = text;
  }
  return texts;
}

async function readRequired(files: TextFiles, path: string, problems: Problem[]): Promise<string> {
  const text = await files.readText(path);
  if (text === null) problems.push(missing(path));
  return text ?? "";
}

function missing(file: string): Problem {
  return { file, field: "", message: "This file is missing.", remedy: "Add it." };
}

function unknownSlug(slug: string, known: readonly string[]): Problem {
  const near = findNearNames(slug, known);
  const remedy =
    near.length > 0
      ? `Did you mean ${near.map((name) => `\`${name}\``).join(" or ")}?`
      : `There are: ${known.join(", ") || "none"}.`;
  return { file: `${ROOT}/${slug}`, field: "", message: `There is no exercise \`${slug}\`.`, remedy };
}
