import { createNodeFiles } from "#build";
import { createEngine } from "#cli";
import { loadExercise, toCheckBundle, type CheckBundle, type Exercise } from "#course";
import { grade, gradeSteps, type Engine } from "#grade";
import { cpuMs } from "./cpu-time.ts";
import type { Figure } from "./main.ts";

type Measure = (name: string, unit: string, measure: () => number | Promise<number>) => Promise<Figure>;

const SLUG = "timeout-without-async";

/** Exercises whose Check takes longest. */
const LONG = ["timeout-without-async", "event-loop"];

async function read(slug: string): Promise<{ exercise: Exercise; bundle: CheckBundle }> {
  const loaded = await loadExercise(createNodeFiles("."), slug);
  if (!loaded.ok) throw new Error(`${slug} cannot be read`);
  return { exercise: loaded.value, bundle: toCheckBundle(loaded.value, { withPrivate: false }) };
}

/** From Check to verdict, warm, as the worker and the command line do it: compile, list, search every check. */
export async function timeCheck(figure: Measure): Promise<Figure[]> {
  const engine = await createEngine(() => {}, 1);
  const { exercise, bundle } = await read(SLUG);

  /** Milliseconds of CPU until the verdict, or until the first check has failed. */
  const time = async (files: Readonly<Record<string, string>>, untilFailure: boolean): Promise<number> => {
    const start = cpuMs();
    const steps = gradeSteps(engine, bundle, files);
    for (;;) {
      const step = await steps.next();
      if (step.done === true) return cpuMs() - start;
      if (untilFailure && step.value.failed > 0) return cpuMs() - start;
    }
  };
  return [
    await figure(`Check of the solution of ${SLUG}`, "ms", () => time(exercise.solution, false)),
    await figure(`Check of its starter, to the first failure`, "ms", () => time(exercise.starter, true)),
  ];
}

/**
 * The same by the clock, because CPU time cannot show what threads gain: how many times as fast two of them are as one,
 * measured in turn, so that whatever else the machine does slows both.
 */
export async function timeWorkers(figure: Measure): Promise<Figure[]> {
  const [one, two] = [await createEngine(() => {}, 1), await createEngine(() => {}, 2)];
  const figures: Figure[] = [];
  for (const slug of LONG) {
    const { exercise, bundle } = await read(slug);
    const time = async (engine: Engine): Promise<number> => {
      const start = performance.now();
      await grade(engine, bundle, exercise.solution);
      return performance.now() - start;
    };
    figures.push(
      await figure(`Check of ${slug} by the clock, with two threads`, "ms", () => time(two)),
      await figure(
        `Check of ${slug} by the clock, two threads against one`,
        "times",
        async () => (await time(one)) / (await time(two)),
      ),
    );
  }
  return figures;
}
