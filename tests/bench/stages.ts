import { createNodeEngine, createNodeFiles } from "#build";
import { listExercises, loadExercise, toCheckBundle, type CheckBundle } from "#course";
import { findBug, searchSteps, type Runnable, type SearchResult } from "#explorer";
import { disposeSuites, loadSuites, runOptionsOfCheck, type Engine, type Suite } from "#grade";
import { printRows } from "./rows.ts";
import { spreadOf } from "./spread.ts";

/** What the time of a Check goes into, in order. Loading includes the run that lists the checks. */
export const STAGES = [
  "compile",
  "load",
  "learn",
  "bounded",
  "exhaustive",
  "sampled",
  "late",
  "replay",
  "shrink",
  "name",
  "decide",
] as const;
export type Stage = (typeof STAGES)[number];

const REPETITIONS = 3;

/** One submission: milliseconds of each stage, of the repetition with the median sum. */
export interface StageRow {
  readonly exercise: string;
  readonly submission: "solution" | "starter";
  readonly ms: Readonly<Record<Stage, number>>;
  readonly totalMs: number;
}

/** Milliseconds of CPU that this thread has used. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/**
 * Adds up what passes between two calls: the time since the last one goes to the stage that is told. CPU time, but for
 * `compile`, which is by the clock: the bundler works in a process of its own.
 */
class StageClock {
  readonly ms = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<Stage, number>;
  #lastCpu = threadMs();
  #last = performance.now();

  tell(stage: Stage): void {
    const [cpu, now] = [threadMs(), performance.now()];
    this.ms[stage] += stage === "compile" ? now - this.#last : cpu - this.#lastCpu;
    [this.#lastCpu, this.#last] = [cpu, now];
  }

  /** So much of one stage's time was another's. */
  move(from: Stage, to: Stage, ms: number): void {
    this.ms[from] -= ms;
    this.ms[to] += ms;
  }
}

/** A run of a search as it was asked for, and how long it took. */
interface TimedRun {
  readonly ms: number;
  readonly isRecorded: boolean;
  readonly isLate: boolean;
}

/** Tells of each run of `runnable` how long it took. */
function timed(runnable: Runnable, runs: TimedRun[]): Runnable {
  return {
    run(options) {
      const start = threadMs();
      const result = runnable.run(options);
      const { record, rules } = options;
      const ms = threadMs() - start;
      runs.push({ ms, isRecorded: record === true, isLate: rules?.clock === "late" });
      return result;
    },
  };
}

/** The stage of a search's run; runs behind the last one look at what was found. */
function stageOf({ isLate }: TimedRun, strategy: string): Stage {
  if (isLate) return "late";
  if (strategy === "fifo") return "learn";
  return strategy === "bounded" || strategy === "exhaustive" ? strategy : "sampled";
}

/** One check: its runs by stage, the rest of the search's time as `decide`. */
function searchCheck(
  { program, loaded }: Suite,
  info: Suite["checks"][number],
  bundle: CheckBundle,
  clock: StageClock,
): void {
  const runs: TimedRun[] = [];
  const { budget } = bundle;
  const steps = searchSteps(timed(loaded, runs), {
    ...runOptionsOfCheck(info),
    programHash: program.hash,
    runsMax: info.runsMax ?? budget.runs,
    callsMax: budget.calls,
  });
  clock.tell("decide");
  let result: SearchResult | undefined;
  const ms: [Stage, number][] = [];
  while (result === undefined) {
    const from = runs.length;
    const step = steps.next();
    if (step.done === true) result = step.value;
    runs.slice(from).forEach((run, nth) => {
      const isOfSearch = nth === 0 && step.done !== true;
      const review: Stage = run.isRecorded ? "replay" : "shrink";
      ms.push([isOfSearch ? stageOf(run, step.value.strategy) : review, run.ms]);
    });
  }
  clock.tell("decide");
  for (const [stage, spent] of ms) clock.move("decide", stage, spent);
  if (result.failure !== null) findBug(result.failure.result, program);
  clock.tell("name");
}

/** A whole Check, step by step as `grade` takes them, with one thread. */
async function timeCheck(
  engine: Engine,
  bundle: CheckBundle,
  files: Readonly<Record<string, string>>,
): Promise<StageClock> {
  const clock = new StageClock();
  const told: Engine = {
    async compile(input) {
      clock.tell("load");
      const compiled = await engine.compile(input);
      clock.tell("compile");
      return compiled;
    },
    load: (program) => engine.load(program),
  };
  const loading = await loadSuites(told, bundle, files);
  clock.tell("load");
  if (!loading.ok) throw new Error(`${bundle.slug} cannot be graded`);
  for (const suite of loading.suites)
    for (const info of suite.checks) searchCheck(suite, info, bundle, clock);
  disposeSuites(loading.suites);
  return clock;
}

const sumOf = (ms: StageRow["ms"]): number => STAGES.reduce((sum, stage) => sum + ms[stage], 0);

/** The solution and the starter of every exercise, each with the time of its middle repetition. */
export async function measureStages(): Promise<StageRow[]> {
  const files = createNodeFiles(".");
  const engine = await createNodeEngine();
  const rows: StageRow[] = [];
  for (const exercise of await listExercises(files)) {
    const loaded = await loadExercise(files, exercise);
    if (!loaded.ok) throw new Error(`${exercise} cannot be read`);
    const bundle = toCheckBundle(loaded.value, { withPrivate: false });
    for (const submission of ["solution", "starter"] as const) {
      const clocks: StageClock[] = [];
      for (let i = 0; i <= REPETITIONS; i++)
        clocks.push(await timeCheck(engine, bundle, loaded.value[submission]));
      const warm = clocks.slice(1).toSorted((one, other) => sumOf(one.ms) - sumOf(other.ms));
      const { ms } = warm[Math.floor(warm.length / 2)] ?? new StageClock();
      rows.push({ exercise, submission, ms, totalMs: sumOf(ms) });
    }
  }
  return rows;
}

const WIDTHS = [24, 9, 8, ...STAGES.map(() => 10)];

/** `npm run bench -- --stages`: the share of each stage in the time of a Check, submission by submission and in all. */
export async function printStages(isJson: boolean): Promise<void> {
  const rows = await measureStages();
  if (isJson) {
    console.log(JSON.stringify(rows, null, 2));
    return;
  }
  const shares = (of: readonly StageRow[]): string[] => {
    const total = of.reduce((sum, { totalMs }) => sum + totalMs, 0);
    return STAGES.map((stage) => {
      const ms = of.reduce((sum, row) => sum + row.ms[stage], 0);
      return `${((100 * ms) / total).toFixed(1)} %`;
    });
  };
  printRows([["exercise", "", "ms", ...STAGES]], WIDTHS);
  for (const row of rows)
    printRows([[row.exercise, row.submission, row.totalMs.toFixed(0), ...shares([row])]], WIDTHS);
  for (const submission of ["solution", "starter"] as const) {
    const own = rows.filter((row) => row.submission === submission);
    const { median } = spreadOf(own.map(({ totalMs }) => totalMs));
    printRows([["all (median ms)", submission, median.toFixed(0), ...shares(own)]], WIDTHS);
  }
}
