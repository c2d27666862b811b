import type { Bug } from "#abi";
import type { Program } from "#compile";
import { describeTimeline, recordSteps } from "#machine";
import type { PrintedLine, RunResult, RunWarning, Step, Timeline } from "#machine";
import { shortenSteps } from "./shorten-steps.ts";

/** A step that shows the mistake, and what it did: `read`, `wrote in between`. */
export interface StepMark {
  /** The step's `index`. */
  readonly step: number;
  readonly role: string;
}

/** A recorded run as a person looks at it: `timeline` has a column for each of `steps`. */
export interface ShownRun {
  readonly steps: readonly Step[];
  readonly timeline: Timeline;
  readonly printed: readonly PrintedLine[];
  /** What is no failure and should be known. */
  readonly warnings: readonly RunWarning[];
  /** Present where the run shows a known mistake. */
  readonly marks?: readonly StepMark[];
}

/** A recorded run for showing; of a long one its beginning and its end. With `bug` its witnesses are marked. */
export function showRun(result: RunResult, program: Program, bug: Bug | null = null): ShownRun {
  const record = recordSteps(result, program);
  const steps = shortenSteps(record?.steps ?? []);
  const { printed, warnings } = result;
  const marks = bug?.witnesses.map(({ event, role }) => ({ step: record?.stepOf[event] ?? 0, role }));
  const timeline = describeTimeline(result, program, steps);
  return { steps, timeline, printed, warnings, ...(marks && { marks }) };
}
