import { SAMPLING_NAMES } from "#explorer";
import { printRows } from "./rows.ts";
import { raceRival, type RivalRow } from "./rival.ts";
import { searchTwins, type TwinRow } from "./twins.ts";

const SEEDS = 50;

/** `npm run bench -- --twins`: how soon the search finds each program of tests/search, and fast-check those it can express. */
export async function printTwins(isJson: boolean): Promise<void> {
  const tell = isJson ? () => {} : (row: TwinRow) => printRows([cellsOf(row)], TWIN_WIDTHS);
  if (!isJson) printRows([TWIN_HEAD], TWIN_WIDTHS);
  const twins = await searchTwins(SEEDS, tell);
  const rivals = await raceRival(SEEDS);
  if (isJson) {
    console.log(JSON.stringify({ twins, rivals }, null, 2));
    return;
  }
  console.log(`\n${sumUp(twins)}\n\nfast-check's scheduler on those that it can express, ${SEEDS} seeds`);
  printRows([RIVAL_HEAD, ...rivals.map(cellsOfRival)], RIVAL_WIDTHS);
}

const TWIN_WIDTHS = [20, 9, 7, 10, 24, 14, 12, 12, ...SAMPLING_NAMES.map(() => 10)];
const TWIN_HEAD = [
  "program",
  "variant",
  "found",
  "runs",
  "by",
  "steps",
  "preemptions",
  "switches",
  ...SAMPLING_NAMES,
];

function cellsOf({ name, variant, found, seeds, runs, stages, before, after, samplers }: TwinRow): string[] {
  const by = Object.entries(stages).toSorted(([, one], [, other]) => other - one);
  return [
    name,
    variant,
    `${found}/${seeds}`,
    `${runs.median} (${runs.worst})`,
    by.length === 1 ? `${by[0]?.[0]}` : by.map(([stage, count]) => `${stage} ${count}`).join(" "),
    `${before.steps} > ${after.steps}`,
    `${before.preemptions} > ${after.preemptions}`,
    `${before.switches} > ${after.switches}`,
    ...SAMPLING_NAMES.map((sampler) => `${samplers[sampler]?.median} (${samplers[sampler]?.worst})`),
  ];
}

function sumUp(rows: readonly TwinRow[]): string {
  const whole = rows.filter(({ found, seeds }) => found === seeds).length;
  return `${whole} of ${rows.length} found from every seed. Runs to the first failure: median (worst); a sampler's own behind the two runs that every search begins with.`;
}

const RIVAL_WIDTHS = [20, 9, 14, 14, 12, 12, 12, 8];
const RIVAL_HEAD = [
  "program",
  "variant",
  "our runs",
  "their runs",
  "theirs/ours",
  "our runs/s",
  "theirs",
  "ours/theirs",
];

function cellsOfRival({ name, variant, ours, theirs, speed, ...row }: RivalRow): string[] {
  return [
    name,
    variant,
    `${ours.median} (${ours.worst})`,
    `${theirs.median} (${theirs.worst})`,
    (theirs.median / ours.median).toFixed(2),
    row.ourRunsPerSecond.toFixed(0),
    row.theirRunsPerSecond.toFixed(0),
    speed.toFixed(2),
  ];
}
