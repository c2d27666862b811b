import { createNodeEngine } from "#build";
import type { Engine } from "#grade";

/** The engine of the command line: says what it prepares, which can take seconds. */
export function createEngine(onProgress: (message: string) => void): Promise<Engine> {
  return createNodeEngine({ onProgress });
}
