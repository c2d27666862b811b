import type { Program } from "#compile";
import { describeSteps, describeTimeline } from "#machine";
import type { PrintedLine, RunResult, RunWarning, Step, Timeline } from "#machine";
import { shortenSteps } from "./shorten-steps.ts";

/** A recorded run as a person looks at it: `timeline` has a column for each of `steps`. */
export interface ShownRun {
  readonly steps: readonly Step[];
  readonly timeline: Timeline;
  readonly printed: readonly PrintedLine[];
  /** What is no failure and should be known. */
  readonly warnings: readonly RunWarning[];
}

/** A recorded run for showing; of a long one its beginning and its end. */
export function showRun(result: RunResult, program: Program): ShownRun {
  const steps = shortenSteps(describeSteps(result, program));
  const { printed, warnings } = result;
  return { steps, timeline: describeTimeline(result, program, steps), printed, warnings };
}
