import type { RunOptions, RunResult } from "#machine";

/** A loaded program, as far as a search needs it. The same options give the same result, always. */
export interface Runnable {
  run(options: RunOptions): RunResult;
}
