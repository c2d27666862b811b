// `npm run bench`: the figures of DESIGN 10 as a table, in CPU time, because machines are shared.
//   --json      the same as JSON         --save      appends the medians to tests/bench/history.jsonl
//   --profile   where a run's time goes, by part, instead of the figures
import { fifo, load, seeded } from "../engine.ts";
import { timeCheck } from "./check.ts";
import { cpuMs } from "./cpu-time.ts";
import { saveFigures } from "./history.ts";
import { printProfile } from "./profile.ts";
import { PROGRAMS } from "./programs.ts";

/** One figure: the median of several repetitions, and how far they spread. */
interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

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

/** Microseconds one run of `source` takes, over `runs` runs under seeded schedules. */
async function microseconds(source: string, runs: number): Promise<() => number> {
  const program = await load(source);
  return () => {
    const start = cpuMs();
    for (let seed = 0; seed < runs; seed++) {
      const { outcome } = program.run({ entry: { kind: "main" }, chooser: runs > 20 ? seeded(seed) : fifo });
      if (outcome.kind !== "passed") throw new Error(`${outcome.kind}: ${outcome.message}`);
    }
    return ((cpuMs() - start) * 1000) / runs;
  };
}

async function measureAll(): Promise<Figure[]> {
  const counter = await microseconds(PROGRAMS.sharedCounter, 1500);
  const alone = await microseconds(PROGRAMS.callsAlone, 10);
  const loop = await microseconds(PROGRAMS.loopOnly, 10);
  const switching = await microseconds(PROGRAMS.callsSwitching, 10);
  const forks = await microseconds(PROGRAMS.forks, 20);
  const empty = await microseconds(PROGRAMS.empty, 500);
  return [
    await figure("two threads and a shared counter", "runs/s", () => 1e6 / counter()),
    await figure("an empty run", "µs", empty),
    await figure("a kernel call without a switch", "µs", () => (alone() - loop()) / 5000),
    await figure("a kernel call with a switch", "µs", () => switching() / 5000),
    await figure("spawn and join of a thread (a fork)", "µs", () => (forks() - empty()) / 30),
    ...(await timeCheck(figure)),
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
else {
  const figures = await measureAll();
  if (wants("--json")) console.log(JSON.stringify(figures, null, 2));
  else printTable(figures);
  if (wants("--save")) saveFigures(figures);
}

export type { Figure };
