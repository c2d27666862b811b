import { createNodeFiles } from "#build";
import { createEngine } from "#cli";
import { loadExercise, toCheckBundle } from "#course";
import { gradeSteps } from "#grade";
import { cpuMs } from "./cpu-time.ts";
import type { Figure } from "./main.ts";

type Measure = (name: string, unit: string, measure: () => number | Promise<number>) => Promise<Figure>;

const SLUG = "timeout-without-async";

/** From Check to verdict, warm, as the worker and the command line do it: compile, list, search every check. */
export async function timeCheck(figure: Measure): Promise<Figure[]> {
  const engine = await createEngine(() => {});
  const loaded = await loadExercise(createNodeFiles("."), SLUG);
  if (!loaded.ok) throw new Error(`${SLUG} cannot be read`);
  const exercise = loaded.value;
  const bundle = toCheckBundle(exercise, { withPrivate: false });

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
