/**
 * Owns: whether an exercise is fair: its files, its checks, and that the solution passes, the starter does not, and
 * each wrong answer fails where it says.
 */
import { formatPlace } from "#abi";
import { isSampling } from "#explorer";
import { formatProblem, loadExercise, toCheckBundle, type CheckBundle, type Exercise } from "#course";
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
import type { World } from "./command.ts";
import type { Finding } from "./finding.ts";

export interface VerifyOptions {
  /** Wrong answers meet every check, not only the one they must fail. */
  readonly isTable: boolean;
  /** Threads that search. */
  readonly workers?: number;
}

/** Of failing runs only the check's name is shown. */
const UNSEEN = { shrink: false } as const;

/** With how many seeds a wrong answer must be found. */
const SEEDS = 20;

/** What an author must know of one exercise before it is published. */
export async function verifyExercise(world: World, slug: string, options: VerifyOptions): Promise<Finding[]> {
  const loaded = await loadExercise(world.course, slug);
  if (!loaded.ok) {
    const file = `exercises/${slug}/`;
    return loaded.problems.map((problem) => {
      return { exercise: slug, what: "files", ok: false, found: formatProblem(problem).replace(file, "") };
    });
  }
  const exercise = loaded.value;
  const engine = await world.engine(options.workers);
  const files = { exercise: slug, what: "files", ok: true, found: `${exercise.wrong.length} wrong answers` };
  const broken = await verifyChecks(engine, exercise);
  return [files, ...(broken.length > 0 ? broken : await verifyAnswers(engine, exercise, options))];
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

async function verifyAnswers(engine: Engine, exercise: Exercise, options: VerifyOptions): Promise<Finding[]> {
  const bundle: CheckBundle = toCheckBundle(exercise, { withPrivate: true });
  const { slug } = exercise;
  let solution: Verdict;
  try {
    solution = (await grade(engine, bundle, exercise.solution)).verdict;
  } catch (error) {
    if (!(error instanceof ExerciseError)) throw error;
    return [{ exercise: slug, what: "checks.ts", ok: false, found: error.message }];
  }
  const starter = (await grade(engine, bundle, exercise.starter, UNSEEN)).verdict;
  const findings = [
    ...verifyPoints(exercise, solution),
    { exercise: slug, what: "solution", ok: solution.status === "pass", found: describeInFull(solution) },
    { exercise: slug, what: "starter", ok: starter.status === "fail", found: describe(starter) },
    ...(solution.status === "pass" ? [await verifyDemo(engine, exercise)] : []),
  ];
  for (const wrong of exercise.wrong) findings.push(await verifyWrong(engine, exercise, wrong, options));
  return findings;
}

/**
 * A wrong answer must fail the check it declares with every seed. What a systematic search finds does not depend on
 * the seed, so only what chance found is looked for again.
 */
async function verifyWrong(
  engine: Engine,
  exercise: Exercise,
  { name, files, fails }: Exercise["wrong"][number],
  { isTable }: VerifyOptions,
): Promise<Finding> {
  const bundle = toCheckBundle(exercise, { withPrivate: true });
  const at = { exercise: exercise.slug, what: `wrong/${name}` };
  const { verdict, failures } = await grade(engine, bundle, files, {
    ...UNSEEN,
    ...(!isTable && { checks: [fails] }),
  });
  const failure = failures.find(({ check }) => check === fails);
  if (failure === undefined) {
    const { verdict: whole } = await grade(engine, bundle, files, UNSEEN);
    return { ...at, ok: false, found: `must fail ${fails}; ${describe(whole)}` };
  }
  if (!isSampling(failure.strategy)) return { ...at, ok: true, found: describe(verdict) };
  const missed: number[] = [];
  for (let seed = 2; seed <= SEEDS; seed++) {
    const again = await grade(engine, bundle, files, { ...UNSEEN, checks: [fails], seed });
    if (again.verdict.checks[0]?.status !== "fail") missed.push(seed);
  }
  const ok = missed.length === 0;
  const found = ok
    ? `${describe(verdict)} (found by chance, with each of ${SEEDS} seeds)`
    : `must fail ${fails} with every seed; not found with seed ${missed.join(", ")}`;
  return { ...at, ok, found };
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
