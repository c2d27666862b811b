import { load, fifo } from "../engine.ts";
import { manyTasks, manyThreads } from "./programs.ts";
import type { Figure, Measure } from "./main.ts";
import { microseconds } from "./runs.ts";

const THREADS = [2, 4, 8, 16, 32, 64];
const TASKS = [10, 100, 1_000, 10_000];

/** Ten thousand tasks need more than a learner's program gets. */
const ROOMY = { memoryMaxBytes: 128 * 1024 * 1024, callsMax: 1_000_000, fuelMax: 100_000 };

/** What one more thread, or one more task, costs where there are few of them and where there are many. */
export async function measureGrowth(figure: Measure): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of THREADS) {
    const run = await microseconds(manyThreads(count), count > 16 ? 5 : 30);
    figures.push(await figure(`a thread, of ${count}`, "µs", () => run() / count));
  }
  for (const count of TASKS) {
    const run = await microseconds(manyTasks(count), count > 100 ? 1 : 30, ROOMY);
    figures.push(await figure(`a task, of ${count}`, "µs", () => run() / count));
  }
  figures.push(await figure("memory of a thread", "KB", await memoryOfThread()));
  return figures;
}

/** Kilobytes by which the process grows for each thread that it has not had before. */
async function memoryOfThread(): Promise<() => number> {
  const program = await load(manyThreads(64));
  const run = (): void => void program.run({ entry: { kind: "main" }, chooser: fifo });
  const before = process.memoryUsage().rss;
  run();
  const each = (process.memoryUsage().rss - before) / 63 / 1024;
  return () => each;
}
