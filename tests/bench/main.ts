// `npm run bench`: the figures of DESIGN 10 as a table, in CPU time (but for those that say otherwise), because machines are shared.
//   --json      the same as JSON         --save      appends the medians to tests/bench/history.jsonl
//   --profile   where a run's time goes, by part, instead of the figures
//   --stages    where a Check's time goes, by stage of the search, instead of the figures
//   --twins     how soon the search finds each program of tests/search, and fast-check's scheduler those that it can
//               express, instead of the figures: some minutes
import { timeCheck, timeWorkers } from "./check.ts";
import { measureExercises } from "./exercises.ts";
import { measureGrowth } from "./growth.ts";
import { saveFigures } from "./history.ts";
import { printProfile } from "./profile.ts";
import { PROGRAMS } from "./programs.ts";
import { compareWithRival } from "./rival.ts";
import { microseconds } from "./runs.ts";
import { printStages } from "./stages.ts";
import { printTwins } from "./twin-tables.ts";

/** One figure: the median of several repetitions, and how far they spread. */
interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Repeats a measurement and gives its median. */
export type Measure = typeof figure;

const REPETITIONS = 7;

/** Calls `measure` several times; the first is a warm-up and is not counted. */
async function figure(name: string, unit: string, measure: () => number | Promise<number>): Promise<Figure> {
  await measure();
  const values: number[] = [];
  for (let i = 0; i < REPETITIONS; i++) values.push(await measure());
  values.sort((x, y) => x - y);
  const at = (share: number): number => values[Math.floor((values.length - 1) * share)] ?? 0;
  return { name, unit, median: at(0.5), min: at(0), max: at(1) };
}

/** Runs until the host has optimised the guest engine: its compiler's threads would be counted as the program's work. */
const WARM_UP_RUNS = 10_000;

async function measureAll(): Promise<Figure[]> {
  (await microseconds(PROGRAMS.sharedCounter, WARM_UP_RUNS))();
  const runsPerSecond = async (name: string, source: string, runs: number): Promise<Figure> => {
    const run = await microseconds(source, runs);
    return figure(name, "runs/s", () => 1e6 / run());
  };
  const alone = await microseconds(PROGRAMS.callsAlone, 10);
  const loop = await microseconds(PROGRAMS.loopOnly, 10);
  const switching = await microseconds(PROGRAMS.callsSwitching, 10);
  const forks = await microseconds(PROGRAMS.forks, 20);
  const empty = await microseconds(PROGRAMS.empty, 500);
  return [
    await runsPerSecond("two threads and a shared counter", PROGRAMS.sharedCounter, 1500),
    await runsPerSecond("three threads and a condition variable", PROGRAMS.condition, 500),
    await runsPerSecond("ten tasks with select and timeout", PROGRAMS.tasks, 100),
    await runsPerSecond("an echo server with five clients", PROGRAMS.echo, 100),
    await figure("an empty run", "µs", empty),
    await figure("a kernel call without a switch", "µs", () => (alone() - loop()) / 5000),
    await figure("a kernel call with a switch", "µs", () => switching() / 5000),
    await figure("spawn and join of a thread (a fork)", "µs", () => (forks() - empty()) / 30),
    ...(await timeCheck(figure)),
    ...(await timeWorkers(figure)),
    ...(await measureExercises(figure)),
    ...(await measureGrowth(figure)),
    ...(await compareWithRival(figure)),
  ];
}

function printTable(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ name }) => name.length));
  const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2)).padStart(10);
  for (const { name, unit, median, min, max } of figures)
    console.log(
      `${name.padEnd(width)} ${round(median)} ${unit.padEnd(6)} (${round(min).trim()} to ${round(max).trim()})`,
    );
}

const wants = (flag: string): boolean => process.argv.includes(flag);
if (wants("--profile")) await printProfile();
else if (wants("--stages")) await printStages(wants("--json"));
else if (wants("--twins")) await printTwins(wants("--json"));
else {
  const figures = await measureAll();
  if (wants("--json")) console.log(JSON.stringify(figures, null, 2));
  else printTable(figures);
  if (wants("--save")) saveFigures(figures);
}

export type { Figure };
