import { createNodeFiles } from "#build";
import { createEngine } from "#cli";
import { listExercises, loadExercise, toCheckBundle } from "#course";
import { grade } from "#grade";
import { cpuMs } from "./cpu-time.ts";
import type { Figure, Measure } from "./main.ts";

/** Whole runs a second of CPU while the solution of each exercise is checked, everything counted. */
export async function measureExercises(figure: Measure): Promise<Figure[]> {
  const files = createNodeFiles(".");
  const engine = await createEngine(() => {}, 1);
  const figures: Figure[] = [];
  for (const slug of await listExercises(files)) {
    const loaded = await loadExercise(files, slug);
    if (!loaded.ok) throw new Error(`${slug} cannot be read`);
    const bundle = toCheckBundle(loaded.value, { withPrivate: false });
    const runsPerSecond = async (): Promise<number> => {
      const start = cpuMs();
      const { verdict } = await grade(engine, bundle, loaded.value.solution);
      return (verdict.checks.reduce((sum, { runs }) => sum + runs, 0) * 1000) / (cpuMs() - start);
    };
    figures.push(await figure(`the solution of ${slug}`, "runs/s", runsPerSecond));
  }
  return figures;
}
