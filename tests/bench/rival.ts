import fc from "fast-check";
import { seeded } from "../engine.ts";
import { FOUND_WITHIN, loadTwin, searchTwin } from "../search/found.ts";
import { PADDED_STEPS } from "../search/variants.ts";
import { cpuMs } from "./cpu-time.ts";
import type { Figure, Measure } from "./main.ts";
import { Race, RIVAL_PROGRAMS, type RivalProgram } from "./rival-programs.ts";
import { spreadOf, type Spread } from "./spread.ts";

/** Variants that both can have. */
export const RIVAL_VARIANTS = ["plain", "padded"] as const;
export type RivalVariant = (typeof RIVAL_VARIANTS)[number];

/** Runs of a block whose time is taken; blocks of both take turns. */
const BLOCK_RUNS = 200;
const BLOCKS = 7;

/** Ours and fast-check's scheduler on one program. */
export interface RivalRow {
  readonly name: string;
  readonly variant: RivalVariant;
  /** Runs to the first failure, over all seeds. */
  readonly ours: Spread;
  readonly theirs: Spread;
  /** Median of the ratios of neighbouring blocks: our runs a second by theirs. */
  readonly speed: number;
  readonly ourRunsPerSecond: number;
  readonly theirRunsPerSecond: number;
}

/** A property that fails where the program does; with `endures` it never fails. */
function propertyOf({ begin }: RivalProgram, variant: RivalVariant, endures = false) {
  return fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const hasPassed = begin(new Race(scheduler, variant === "padded" ? PADDED_STEPS : 0));
    await scheduler.waitIdle();
    return hasPassed() || endures;
  });
}

/** Runs that fast-check makes until the program fails, that one included; one more than there may be where it does not. */
async function runsOfRival(program: RivalProgram, variant: RivalVariant, seed: number): Promise<number> {
  const { failed, numRuns } = await fc.check(propertyOf(program, variant), {
    seed,
    numRuns: FOUND_WITHIN,
    endOnFailure: true,
  });
  return failed ? numRuns : FOUND_WITHIN + 1;
}

interface Speed {
  readonly ours: number;
  readonly theirs: number;
}

/** Runs a second of CPU of one block of each, one after the other. */
async function timeBlocks(program: RivalProgram, variant: RivalVariant): Promise<() => Promise<Speed>> {
  const { loaded } = await loadTwin(program.name, "wrong", variant);
  const endures = propertyOf(program, variant, true);
  const perSecond = async (block: () => void | Promise<void>): Promise<number> => {
    const start = cpuMs();
    await block();
    return (BLOCK_RUNS * 1000) / (cpuMs() - start);
  };
  return async () => ({
    ours: await perSecond(() => {
      for (let seed = 0; seed < BLOCK_RUNS; seed++)
        loaded.run({ entry: { kind: "main" }, chooser: seeded(seed) });
    }),
    theirs: await perSecond(() => fc.assert(endures, { numRuns: BLOCK_RUNS, seed: 1 })),
  });
}

/** Both on every program that both can express, from seeds 1 to `seeds`. */
export async function raceRival(seeds: number): Promise<RivalRow[]> {
  const rows: RivalRow[] = [];
  for (const program of RIVAL_PROGRAMS)
    for (const variant of RIVAL_VARIANTS) {
      const { name } = program;
      const twin = await loadTwin(name, "wrong", variant);
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let seed = 1; seed <= seeds; seed++) {
        const { failure } = searchTwin(twin, { seed, shrink: false });
        ours.push(failure?.run ?? FOUND_WITHIN + 1);
        theirs.push(await runsOfRival(program, variant, seed));
      }
      const blocks = await timeBlocks(program, variant);
      await blocks();
      const speeds: Speed[] = [];
      for (let block = 0; block < BLOCKS; block++) speeds.push(await blocks());
      rows.push({
        name,
        variant,
        ours: spreadOf(ours),
        theirs: spreadOf(theirs),
        speed: spreadOf(speeds.map((speed) => speed.ours / speed.theirs)).median,
        ourRunsPerSecond: spreadOf(speeds.map((speed) => speed.ours)).median,
        theirRunsPerSecond: spreadOf(speeds.map((speed) => speed.theirs)).median,
      });
    }
  return rows;
}

/** Our runs a second as a multiple of those of fast-check's scheduler, program by program, measured in turn. */
export async function compareWithRival(figure: Measure): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const program of RIVAL_PROGRAMS) {
    const blocks = await timeBlocks(program, "plain");
    const ratio = async (): Promise<number> => {
      const { ours, theirs } = await blocks();
      return ours / theirs;
    };
    figures.push(await figure(`${program.name}: ours as a multiple of fast-check's`, "times", ratio));
  }
  return figures;
}
