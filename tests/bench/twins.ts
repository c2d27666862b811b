import { SAMPLING_NAMES, type SamplingName, type SearchFailure, type StrategyName } from "#explorer";
import { TWIN_PROGRAMS, type TwinProgram } from "../search/catalogue.ts";
import { FOUND_WITHIN, loadTwin, searchTwin, type LoadedTwin } from "../search/found.ts";
import { VARIANTS, type Variant } from "../search/variants.ts";
import { spreadOf, type Spread } from "./spread.ts";

/** Seeds of a sampler alone, and those whose failing schedules are made simpler. */
const SAMPLER_SEEDS = 20;
const SHRUNK_SEEDS = 9;

/** A failing schedule: what its threads do in all, and what the schedule asks for. */
interface Size {
  readonly steps: number;
  readonly preemptions: number;
  readonly switches: number;
}

/** What the search makes of one wrong program. */
export interface TwinRow {
  readonly name: string;
  readonly variant: Variant;
  readonly source: string;
  /** Seeds from which it was found, of how many. */
  readonly found: number;
  readonly seeds: number;
  /** Runs to the first failure; one more than there may be where there was none. */
  readonly runs: Spread;
  /** Who found it, and from how many seeds. */
  readonly stages: Readonly<Partial<Record<StrategyName, number>>>;
  /** Medians over the first seeds. */
  readonly before: Size;
  readonly after: Size;
  /** Each sampler alone. */
  readonly samplers: Readonly<Partial<Record<SamplingName, Spread>>>;
}

/** A row for each program and variant, from seeds 1 to `seeds`; each is told as soon as it is there. */
export async function searchTwins(seeds: number, tell: (row: TwinRow) => void): Promise<TwinRow[]> {
  const rows: TwinRow[] = [];
  for (const program of TWIN_PROGRAMS)
    for (const variant of VARIANTS) {
      const row = rowOf(program, variant, await loadTwin(program.name, "wrong", variant), seeds);
      rows.push(row);
      tell(row);
    }
  return rows;
}

function rowOf({ name, source }: TwinProgram, variant: Variant, twin: LoadedTwin, seeds: number): TwinRow {
  const stages: Partial<Record<StrategyName, number>> = {};
  const runs: number[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const { failure } = searchTwin(twin, { seed, shrink: false });
    runs.push(failure?.run ?? FOUND_WITHIN + 1);
    if (failure !== null) stages[failure.strategy] = (stages[failure.strategy] ?? 0) + 1;
  }
  const found = runs.filter((run) => run <= FOUND_WITHIN).length;
  const samplers = Object.fromEntries(SAMPLING_NAMES.map((sampler) => [sampler, sampleTwin(twin, sampler)]));
  return {
    name,
    variant,
    source,
    found,
    seeds,
    runs: spreadOf(runs),
    stages,
    ...shrinkTwin(twin, stages),
    samplers,
  };
}

function sampleTwin(twin: LoadedTwin, sampler: SamplingName): Spread {
  const runs: number[] = [];
  for (let seed = 1; seed <= SAMPLER_SEEDS; seed++) {
    const { failure } = searchTwin(twin, { seed, sampler, shrink: false });
    runs.push(failure?.run ?? FOUND_WITHIN + 1);
  }
  return spreadOf(runs);
}

/** Found by chance, it is another schedule from each seed; else one will do. */
function shrinkTwin(twin: LoadedTwin, stages: TwinRow["stages"]): Pick<TwinRow, "before" | "after"> {
  const seeds = SAMPLING_NAMES.some((name) => stages[name] !== undefined) ? SHRUNK_SEEDS : 1;
  const [before, after]: [Size[], Size[]] = [[], []];
  for (let seed = 1; seed <= seeds; seed++) {
    const asFound = searchTwin(twin, { seed, shrink: false }).failure;
    const simpler = searchTwin(twin, { seed }).failure;
    const shrunk = simpler?.shrunk ?? null;
    if (asFound === null || simpler === null || shrunk === null) continue;
    const { preemptions, preemptionsBefore, switches, switchesBefore } = shrunk;
    before.push({ steps: stepsOf(asFound), preemptions: preemptionsBefore, switches: switchesBefore });
    after.push({ steps: stepsOf(simpler), preemptions, switches });
  }
  return { before: medianOf(before), after: medianOf(after) };
}

function stepsOf({ result }: SearchFailure): number {
  return result.stepsOf.reduce((sum, steps) => sum + steps, 0);
}

function medianOf(sizes: readonly Size[]): Size {
  const of = (key: keyof Size): number => spreadOf(sizes.map((size) => size[key])).median;
  return { steps: of("steps"), preemptions: of("preemptions"), switches: of("switches") };
}
