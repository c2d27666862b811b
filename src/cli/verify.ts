/**
 * Owns: what an author must know before a course is published. Mistakes are blamed on the file they are in, once.
 */
import { formatPlace } from "#abi";
import { checkLessons, formatProblem, listExercises } from "#course";
import { Arguments } from "./arguments.ts";
import type { Command, World } from "./command.ts";
import { requireExercise } from "./exercises.ts";
import type { Finding } from "./finding.ts";
import { verifyExercise, type VerifyOptions } from "./verify-exercise.ts";

/** `verify [slug...] [--table]`: the author's gate, for the exercises named, or for all and the lessons. */
export const verify: Command = async (words, world) => {
  const args = new Arguments("verify", words, { table: "flag", workers: "text" });
  const workers = args.workers();
  const options: VerifyOptions = { isTable: args.flag("table"), ...(workers !== undefined && { workers }) };
  const known = await listExercises(world.course);
  for (const slug of args.positionals) if (!known.includes(slug)) await requireExercise(world.course, slug);
  const isWhole = args.positionals.length === 0;
  const slugs = isWhole ? known : [...new Set(args.positionals)];
  const findings: Finding[] = isWhole ? await verifyLessons(world) : [];
  findings.push(...(await verifySpelling(world, slugs, isWhole)));
  for (const slug of slugs) findings.push(...(await verifyExercise(world, slug, options)));
  const ok = findings.every((finding) => finding.ok);
  const verdict = `${slugs.length} exercise${slugs.length === 1 ? "" : "s"}: ${ok ? "all as they should be" : "see what is marked"}`;
  return { code: ok ? 0 : 1, text: `${formatTable(findings)}\n${verdict}`, json: { ok, findings } };
};

/** The first place of each word that nobody knows, in every text that learners read: of the exercises named and, with the whole course, of its lessons. */
async function verifySpelling(world: World, slugs: readonly string[], isWhole: boolean): Promise<Finding[]> {
  const folders = slugs.map((slug) => `exercises/${slug}`);
  const paths = (
    await Promise.all([...folders, ...(isWhole ? ["content"] : [])].map((path) => spelledFiles(world, path)))
  ).flat();
  const texts = await Promise.all(
    paths.map(async (file) => ({ file, text: (await world.course.readText(file)) ?? "" })),
  );
  const words = ((await world.course.readText(WORDS)) ?? "")
    .split("\n")
    .filter((word) => /^[^#\s]/.test(word));
  const unknown = await world.spell(texts, words);
  const first = unknown.filter(({ word }, i) => unknown.findIndex((other) => other.word === word) === i);
  return first.map(({ word, place }) => {
    const found = `${formatPlace(place)}: no dictionary knows \`${word}\`; correct it, or add it to ${WORDS}`;
    return { exercise: "spelling", what: "words", ok: false, found };
  });
}

async function spelledFiles(world: World, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await world.course.list(folder)) {
    if (name === "wrong/") continue;
    if (name.endsWith("/")) found.push(...(await spelledFiles(world, `${folder}/${name.slice(0, -1)}`)));
    else if (/\.(mdx?|json|ts)$/.test(name)) found.push(`${folder}/${name}`);
  }
  return found;
}

/** Words of the course's own, a line each. */
const WORDS = "content/words.txt";

async function verifyLessons(world: World): Promise<Finding[]> {
  const { count, problems } = await checkLessons(world.course);
  const exercise = "content";
  if (problems.length === 0) {
    const found = `${count} lesson${count === 1 ? "" : "s"}`;
    return count === 0 ? [] : [{ exercise, what: "lessons", ok: true, found }];
  }
  return problems.map((problem) => {
    return {
      exercise,
      what: "lessons",
      ok: false,
      found: formatProblem(problem).replace(`${exercise}/`, ""),
    };
  });
}

function formatTable(findings: readonly Finding[]): string {
  const width = (pick: (finding: Finding) => string) =>
    Math.max(0, ...findings.map((finding) => pick(finding).length));
  const [slugs, whats] = [width((finding) => finding.exercise), width((finding) => finding.what)];
  return findings
    .map(
      ({ exercise, what, ok, found }) =>
        `${ok ? "ok   " : "WRONG"} ${exercise.padEnd(slugs)}  ${what.padEnd(whats)}  ${found}`,
    )
    .join("\n");
}
