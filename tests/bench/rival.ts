import fc from "fast-check";
import { load, seeded } from "../engine.ts";
import { cpuMs } from "./cpu-time.ts";
import type { Figure, Measure } from "./main.ts";

const RUNS = 500;

/** Two tasks that each read a number, wait, and write one more. */
const LOST_UPDATE = `
import { type Async, blockOn, join, yieldNow } from "rt";
let value = 0;
function* add(): Async<void> {
  const seen = value;
  yield* yieldNow();
  value = seen + 1;
}
function* both(): Async<void> { yield* join(add(), add()); }
export function main() { blockOn(both()); }`;

/** The same with fast-check's scheduler, which chooses the order in which promises are resolved. */
async function runRival(): Promise<void> {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    let value = 0;
    const add = async (): Promise<void> => {
      const seen = value;
      await scheduler.schedule(Promise.resolve());
      value = seen + 1;
    };
    const both = Promise.all([add(), add()]);
    await scheduler.waitFor(both);
    return value > 0;
  });
  await fc.assert(property, { numRuns: RUNS, seed: 1 });
}

/** Our runs a second of a lost update of two tasks, as a multiple of those of fast-check's scheduler in the same minute. */
export async function compareWithRival(figure: Measure): Promise<Figure[]> {
  const program = await load(LOST_UPDATE);
  const time = async (run: () => void | Promise<void>): Promise<number> => {
    const start = cpuMs();
    await run();
    return (RUNS * 1000) / (cpuMs() - start);
  };
  const ours = (): void => {
    for (let seed = 0; seed < RUNS; seed++) program.run({ entry: { kind: "main" }, chooser: seeded(seed) });
  };
  return [
    await figure("a lost update of two tasks", "runs/s", () => time(ours)),
    await figure("the same with fast-check's scheduler", "runs/s", () => time(runRival)),
    await figure(
      "ours as a multiple of fast-check's",
      "times",
      async () => (await time(ours)) / (await time(runRival)),
    ),
  ];
}
