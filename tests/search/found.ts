import { search, type SamplingName, type SearchOptions, type SearchResult } from "#explorer";
import type { LoadedProgram } from "#machine";
import { machine } from "../engine.ts";
import { compileTwin, type Twin, type Variant } from "./variants.ts";

/** In so many runs the search finds what is wrong with a program, from any seed. */
export const FOUND_WITHIN = 500;

/** A twin in one variant, loaded. */
export interface LoadedTwin {
  readonly loaded: LoadedProgram;
  readonly hash: string;
}

export async function loadTwin(name: string, twin: Twin, variant: Variant): Promise<LoadedTwin> {
  const program = await compileTwin(name, twin, variant);
  return { loaded: machine.load(program), hash: program.hash };
}

export interface TwinSearch {
  readonly seed: number;
  readonly runsMax?: number;
  /** One sampler alone, instead of the whole pipeline. */
  readonly sampler?: SamplingName;
  /** False where the failing schedule is left as it was found. */
  readonly shrink?: boolean;
}

/** The default search, bounded by its runs alone. */
export function searchTwin(
  { loaded, hash }: LoadedTwin,
  { seed, runsMax, sampler, shrink }: TwinSearch,
): SearchResult {
  const options: SearchOptions = {
    entry: { kind: "main" },
    programHash: hash,
    seed,
    runsMax: runsMax ?? FOUND_WITHIN,
    callsMax: Number.MAX_SAFE_INTEGER,
    ...(sampler !== undefined && { strategy: sampler }),
    ...(shrink !== undefined && { shrink }),
  };
  return search(loaded, options);
}
