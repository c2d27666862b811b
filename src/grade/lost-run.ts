import type { Lost, LostPoint } from "#explorer";
import type { StepRecord } from "#machine";
import { shortenSteps } from "./shorten-steps.ts";

/** When a failing run was lost, told by its steps. */
export interface LostRun {
  /** One sentence for the learner: from which step on, and how well that is known. */
  readonly sentence: string;
  /** The `index` of the step that made it so; 0 where it was lost from the start. */
  readonly step: number;
  /** Choices made when it was lost; 0 where every schedule fails. */
  readonly choices: number;
  readonly proved: boolean;
  /** How failure stood after so many choices: see {@link Lost}. */
  readonly curve: readonly LostPoint[];
  /** How failure stood once each step was let happen, by `index`: of `runs` ways to go on, `failing` fail. */
  readonly shares: readonly StepShare[];
}

export interface StepShare {
  readonly step: number;
  readonly failing: number;
  readonly runs: number;
}

/** What `lost` means for the recorded run that it is about. */
export function tellLost(lost: Lost, record: StepRecord): LostRun {
  const { certainFrom: choices, proved, curve } = lost;
  const last = Math.max(0, record.steps.length - 1);
  const found = record.choicesOf.findIndex((made) => made >= choices);
  const step = found < 0 ? last : found;
  const shares = shortenSteps(record.steps).flatMap(({ index }): StepShare[] => {
    const made = index >= step ? choices : (record.choicesOf[index] ?? 0);
    const point = curve.findLast((one) => one.choices <= made);
    return point === undefined ? [] : [{ step: index, failing: point.failing, runs: point.runs }];
  });
  return { sentence: describeLost(lost, step, last), step, choices, proved, curve, shares };
}

function describeLost({ certainFrom, proved, ways }: Lost, step: number, last: number): string {
  if (certainFrom === 0) return describeFromStart(proved, ways);
  if (!proved)
    return `Lost from step ${step + 1} on: none of the ${ways} ways to go on from there that were tried passes.`;
  if (step === last && last > 0) return "Until its last step it could have gone well.";
  return ways === 1
    ? `Lost from step ${step + 1} on: there is only one way to go on from there, and it fails.`
    : `Lost from step ${step + 1} on: every way to go on from there fails; ${ways} runs prove it.`;
}

function describeFromStart(proved: boolean, ways: number): string {
  if (!proved)
    return `Lost from the start, as far as can be seen: none of the ${ways} schedules that were tried passes.`;
  return ways === 1
    ? "Lost from the start: there is only one schedule, and it fails."
    : `Lost from the start: every schedule fails; ${ways} runs prove it.`;
}
