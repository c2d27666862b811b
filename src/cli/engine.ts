import { availableParallelism } from "node:os";
import { createNodeEngine } from "#build";
import type { Engine } from "#grade";
import { ThreadCrew } from "./crew.ts";

/**
 * The engine of the command line: says what it prepares, which can take seconds. `workers` counts the threads that
 * search, the calling one included; unless told there is one for each core.
 */
export async function createEngine(
  onProgress: (message: string) => void,
  workers = availableParallelism(),
): Promise<Engine> {
  const { assets, ...engine } = await createNodeEngine({ onProgress });
  return workers > 1 ? { ...engine, crew: new ThreadCrew(assets, workers - 1) } : engine;
}
