/**
 * Owns: what an author must know before a course is published. Mistakes are blamed on the file they are in, once.
 */
import { formatPlace } from "#abi";
import {
  checkLessons,
  formatProblem,
  listExercises,
  loadExercise,
  toCheckBundle,
  type CheckBundle,
  type Exercise,
} from "#course";
import {
  describeOutcome,
  disposeSuites,
  ExerciseError,
  grade,
  loadSuites,
  runDemo,
  type Engine,
  type GradeDiagnostic,
  type Verdict,
} from "#grade";
import { Arguments } from "./arguments.ts";
import type { Command, World } from "./command.ts";
import { requireExercise } from "./exercises.ts";

/** One thing that was verified. */
interface Finding {
  /** The exercise's slug; `content` for what concerns lessons. */
  readonly exercise: string;
  readonly what: string;
  readonly ok: boolean;
  /** What was found, or what is wrong. */
  readonly found: string;
}

/** `verify [slug...]`: the author's gate, for the exercises named, or for all and the lessons. */
export const verify: Command = async (words, world) => {
  const args = new Arguments("verify", words, {});
  const known = await listExercises(world.course);
  for (const slug of args.positionals) if (!known.includes(slug)) await requireExercise(world.course, slug);
  const isWhole = args.positionals.length === 0;
  const slugs = isWhole ? known : [...new Set(args.positionals)];
  const findings: Finding[] = isWhole ? await verifyLessons(world) : [];
  for (const slug of slugs) findings.push(...(await verifyExercise(world, slug)));
  const ok = findings.every((finding) => finding.ok);
  const verdict = `${slugs.length} exercise${slugs.length === 1 ? "" : "s"}: ${ok ? "all as they should be" : "see what is marked"}`;
  return { code: ok ? 0 : 1, text: `${formatTable(findings)}\n${verdict}`, json: { ok, findings } };
};

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

async function verifyExercise(world: World, slug: string): Promise<Finding[]> {
  const loaded = await loadExercise(world.course, slug);
  if (!loaded.ok) {
    const file = `exercises/${slug}/`;
    return loaded.problems.map((problem) => {
      return { exercise: slug, what: "files", ok: false, found: formatProblem(problem).replace(file, "") };
    });
  }
  const exercise = loaded.value;
  const engine = await world.engine();
  const files = { exercise: slug, what: "files", ok: true, found: `${exercise.wrong.length} wrong answers` };
  const broken = await verifyChecks(engine, exercise);
  return [files, ...(broken.length > 0 ? broken : await verifyAnswers(engine, exercise))];
}

/** Findings about files of checks that no answer could be graded with; with their places, which learners never see. */
async function verifyChecks(engine: Engine, exercise: Exercise): Promise<Finding[]> {
  const { privateChecks, ...bundle } = toCheckBundle(exercise, { withPrivate: true });
  const texts: [what: string, bundle: CheckBundle][] = [["checks.ts", bundle]];
  if (privateChecks !== undefined) texts.push(["private/checks.ts", { ...bundle, checks: privateChecks }]);
  const findings: Finding[] = [];
  for (const [what, one] of texts) {
    const found = await findBrokenChecks(showHidden(engine), one, what, exercise.solution);
    if (found !== undefined) findings.push({ exercise: exercise.slug, what, ok: false, found });
  }
  return findings;
}

async function findBrokenChecks(
  engine: Engine,
  bundle: CheckBundle,
  what: string,
  solution: Exercise["solution"],
): Promise<string | undefined> {
  try {
    const loading = await loadSuites(engine, bundle, solution);
    if (loading.ok) disposeSuites(loading.suites);
    const own = loading.ok ? undefined : loading.diagnostics.find(({ place }) => place?.file === "checks.ts");
    return own && describeDiagnostic(own).replaceAll("checks.ts:", `${what}:`);
  } catch (error) {
    if (!(error instanceof ExerciseError)) throw error;
    return error.message;
  }
}

/** The engine, naming lines of hidden files as well. */
function showHidden(engine: Engine): Engine {
  return {
    async compile(input) {
      const compiled = await engine.compile(input);
      return compiled.ok ? { ...compiled, program: { ...compiled.program, hidden: [] } } : compiled;
    },
    load: (program) => engine.load(program),
  };
}

async function verifyAnswers(engine: Engine, exercise: Exercise): Promise<Finding[]> {
  const bundle: CheckBundle = toCheckBundle(exercise, { withPrivate: true });
  const { slug } = exercise;
  let solution: Verdict;
  try {
    solution = (await grade(engine, bundle, exercise.solution)).verdict;
  } catch (error) {
    if (!(error instanceof ExerciseError)) throw error;
    return [{ exercise: slug, what: "checks.ts", ok: false, found: error.message }];
  }
  const starter = (await grade(engine, bundle, exercise.starter)).verdict;
  const findings = [
    ...verifyPoints(exercise, solution),
    { exercise: slug, what: "solution", ok: solution.status === "pass", found: describeInFull(solution) },
    { exercise: slug, what: "starter", ok: starter.status === "fail", found: describe(starter) },
    ...(solution.status === "pass" ? [await verifyDemo(engine, exercise)] : []),
  ];
  for (const wrong of exercise.wrong) {
    const { verdict } = await grade(engine, bundle, wrong.files);
    const ok = verdict.checks.find((check) => check.id === wrong.fails)?.status === "fail";
    const found = ok ? describe(verdict) : `must fail ${wrong.fails}; ${describe(verdict)}`;
    findings.push({ exercise: slug, what: `wrong/${wrong.name}`, ok, found });
  }
  return findings;
}

/** The demo must run to its end with the solution. */
async function verifyDemo(engine: Engine, { slug, solution, demo }: Exercise): Promise<Finding> {
  const ran = await runDemo(engine, { ...solution, "demo.ts": demo });
  const what = "demo.ts";
  if (!ran.ok) return { exercise: slug, what, ok: false, found: describeDiagnostics(ran.diagnostics) };
  const { outcome } = ran.result;
  const ok = outcome.kind === "passed";
  return { exercise: slug, what, ok, found: ok ? "runs to its end" : describeOutcome(outcome) };
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
  if (verdict.diagnostics !== undefined) return `ungradable: ${describeDiagnostics(verdict.diagnostics)}`;
  const open = verdict.checks.filter((check) => check.status !== "pass");
  if (open.length === 0) return `passes ${verdict.checks.length} checks`;
  return open.map((check) => `${check.status === "fail" ? "fails" : check.status} ${check.id}`).join(", ");
}

/** With the message of the first check that is not passed. */
function describeInFull(verdict: Verdict): string {
  const message = verdict.checks.find((check) => check.status !== "pass")?.message;
  return message === undefined ? describe(verdict) : `${describe(verdict)}: ${message}`;
}

function describeDiagnostics(diagnostics: readonly GradeDiagnostic[]): string {
  const [first] = diagnostics;
  return first === undefined ? "" : describeDiagnostic(first);
}

function describeDiagnostic({ place, message }: GradeDiagnostic): string {
  const isSaid = place === undefined || message.includes(`${place.file}:`);
  return isSaid ? message : `${formatPlace(place)}: ${message}`;
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
