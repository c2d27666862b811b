import { useEffect, useState } from "preact/hooks";
import type { CheckFailure, LostRun } from "#worker";
import type { ExerciseSession } from "./session.ts";

/** What is known of when a run was lost; `unknown` leaves the room free, so that nothing moves when the answer comes. */
export type LostTelling = LostRun | "unknown";

/** Failures that are bounds: nothing can be said of when they were lost. */
const OF_A_BOUND: ReadonlySet<string> = new Set([
  "inconclusive",
  "out-of-fuel",
  "out-of-memory",
  "over-limit",
]);

/** When the failing run of a check was lost, asked for while nothing else is; undefined where there is no room for it. */
export function useLost(
  session: ExerciseSession,
  failure: CheckFailure | undefined,
): LostTelling | undefined {
  const [runs] = useState(() => session.lostRuns);
  const isIdle = session.activity.value.kind === "idle";
  const isTold = failure !== undefined && !OF_A_BOUND.has(failure.outcome.kind);
  useEffect(() => {
    if (isTold && isIdle) runs.want({ check: failure.check, schedule: failure.schedule });
  }, [runs, failure, isTold, isIdle]);
  return isTold ? (runs.of(failure).value ?? "unknown") : undefined;
}

/** From when on it was lost, in one sentence. Two lines are kept free for it. */
export function LostSentence({ lost }: { readonly lost: LostTelling }) {
  return <p class="lost-sentence">{lost === "unknown" ? "" : lost.sentence}</p>;
}

interface StepShareProps {
  readonly lost: LostTelling;
  /** The step's `index`. */
  readonly step: number;
}

/** How failure stood once this step was let happen: a number, a bar, and words for those who do not see them. */
export function StepShare({ lost, step }: StepShareProps) {
  const share = lost === "unknown" ? undefined : lost.shares.find((one) => one.step === step);
  if (lost === "unknown" || share === undefined) return <span class="step-share" />;
  const { failing, runs } = share;
  const from = firstLost(lost);
  if (step > from) return <span class="step-share step-share-lost" />;
  return step === from ? (
    <span class="step-share step-share-lost">
      <span aria-hidden="true">lost</span>
      <span class="hidden-visually">, lost from here</span>
    </span>
  ) : (
    <span class="step-share" style={{ "--share": failing / runs }}>
      <span aria-hidden="true">
        {failing}/{runs}
      </span>
      <span class="hidden-visually">
        , {failing} of {runs} ways to go on from here fail
      </span>
    </span>
  );
}

/** The class of a step's row: the first that is lost has a line above it. */
export function lostClass(lost: LostTelling | undefined, step: number): string {
  return lost !== undefined && lost !== "unknown" && firstLost(lost) === step ? " step-lost" : "";
}

/** The first step that is lost, of those that are shown: of a long run the middle is left out. */
function firstLost({ shares, step }: LostRun): number {
  return shares.find((share) => share.step >= step)?.step ?? step;
}

/** How failure stands at a step, for the timeline; "" where nothing is known. */
export function describeShare(lost: LostTelling | undefined, step: number): string {
  if (lost === undefined || lost === "unknown") return "";
  if (step >= lost.step) return step === lost.step ? ", lost from here" : ", lost";
  const share = lost.shares.find((one) => one.step === step);
  return share === undefined ? "" : `, ${share.failing} of ${share.runs} ways to go on from here fail`;
}
