import {
  formatProblem,
  listExercises,
  loadExercise,
  toCheckBundle,
  type CheckBundle,
  type Exercise,
} from "#course";
import { ExerciseError, grade, type Engine, type Verdict } from "#grade";
import { Arguments } from "./arguments.ts";
import type { Command, World } from "./command.ts";
import { requireExercise } from "./exercises.ts";

/** One thing that was verified. */
interface Finding {
  readonly exercise: string;
  readonly what: string;
  readonly ok: boolean;
  /** What was found, or what is wrong. */
  readonly found: string;
}

/** `verify [slug...]`: the author's gate, for the exercises named or for all. */
export const verify: Command = async (words, world) => {
  const args = new Arguments("verify", words, {});
  const known = await listExercises(world.course);
  for (const slug of args.positionals) if (!known.includes(slug)) await requireExercise(world.course, slug);
  const slugs = args.positionals.length > 0 ? args.positionals : known;
  const findings: Finding[] = [];
  for (const slug of slugs) findings.push(...(await verifyExercise(world, slug)));
  const ok = findings.every((finding) => finding.ok);
  const verdict = `${slugs.length} exercise${slugs.length === 1 ? "" : "s"}: ${ok ? "all as they should be" : "see what is marked"}`;
  return { code: ok ? 0 : 1, text: `${formatTable(findings)}\n${verdict}`, json: { ok, findings } };
};

async function verifyExercise(world: World, slug: string): Promise<Finding[]> {
  const loaded = await loadExercise(world.course, slug);
  if (!loaded.ok) {
    const file = `exercises/${slug}/`;
    return loaded.problems.map((problem) => {
      return { exercise: slug, what: "files", ok: false, found: formatProblem(problem).replace(file, "") };
    });
  }
  const exercise = loaded.value;
  const files = { exercise: slug, what: "files", ok: true, found: `${exercise.wrong.length} wrong answers` };
  try {
    return [files, ...(await verifyAnswers(await world.engine(), exercise))];
  } catch (error) {
    if (!(error instanceof ExerciseError)) throw error;
    return [files, { exercise: slug, what: "checks.ts", ok: false, found: error.message }];
  }
}

async function verifyAnswers(engine: Engine, exercise: Exercise): Promise<Finding[]> {
  const bundle: CheckBundle = toCheckBundle(exercise, { withPrivate: true });
  const { slug } = exercise;
  const solution = (await grade(engine, bundle, exercise.solution)).verdict;
  const starter = (await grade(engine, bundle, exercise.starter)).verdict;
  const findings = [
    ...verifyPoints(exercise, solution),
    { exercise: slug, what: "solution", ok: solution.status === "pass", found: describe(solution) },
    { exercise: slug, what: "starter", ok: starter.status === "fail", found: describe(starter) },
  ];
  for (const wrong of exercise.wrong) {
    const { verdict } = await grade(engine, bundle, wrong.files);
    const ok = verdict.checks.find((check) => check.id === wrong.fails)?.status === "fail";
    const found = ok ? describe(verdict) : `must fail ${wrong.fails}; ${describe(verdict)}`;
    findings.push({ exercise: slug, what: `wrong/${wrong.name}`, ok, found });
  }
  return findings;
}

/** Points cover exactly the checks, and hints name only checks there are. */
function verifyPoints(exercise: Exercise, solution: Verdict): Finding[] {
  if (solution.status === "ungradable") return [];
  const checks = solution.checks.map((check) => check.id);
  const named = Object.keys(exercise.points);
  const hinted = exercise.hintsFor.flatMap((hint) => hint.check ?? []);
  const mistakes = [
    ...checks.filter((id) => !named.includes(id)).map((id) => `no points for the check ${id}`),
    ...named.filter((id) => !checks.includes(id)).map((id) => `points for ${id}, which is no check`),
    ...hinted.filter((id) => !checks.includes(id)).map((id) => `a hint for ${id}, which is no check`),
  ];
  const found =
    mistakes.length > 0 ? mistakes.join("; ") : `${solution.maxScore} points for ${checks.length} checks`;
  return [{ exercise: exercise.slug, what: "points", ok: mistakes.length === 0, found }];
}

function describe(verdict: Verdict): string {
  if (verdict.diagnostics !== undefined) return `ungradable: ${verdict.diagnostics[0]?.message ?? ""}`;
  const open = verdict.checks.filter((check) => check.status !== "pass");
  if (open.length === 0) return `passes ${verdict.checks.length} checks`;
  return open.map((check) => `${check.status === "fail" ? "fails" : check.status} ${check.id}`).join(", ");
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
