import { useEffect, useMemo, useState } from "preact/hooks";
import type { ShownRun } from "#worker";
import { LiveTimeline } from "../timeline/live-timeline.tsx";
import type { LostTelling } from "./lost-view.tsx";
import type { ExerciseSession } from "./session.ts";
import { StepBar } from "./step-bar.tsx";
import { StepList } from "./step-list.tsx";
import { stepAfterKey } from "./step-keys.ts";

interface RunWalkProps {
  readonly session: ExerciseSession;
  readonly run: ShownRun;
  /** Where to stand at first: the end, where it went wrong, unless told otherwise. */
  readonly startAt?: number;
  readonly label: string;
  /** When it was lost; absent where that is not told. */
  readonly lost?: LostTelling | undefined;
}

/** A run to walk through: one step is current, in the timeline, in the list and in the learner's code. */
export function RunWalk({ session, run, startAt = run.steps.length - 1, label, lost }: RunWalkProps) {
  const { steps, timeline, marks } = run;
  const [at, setAt] = useState(startAt);
  const [hovered, setHovered] = useState<number | undefined>();
  useEffect(() => setAt(startAt), [steps]);
  const showStep = (step: number) => session.show(steps[step]?.place, "step");
  const go = (to: number) => {
    const next = Math.max(0, Math.min(steps.length - 1, to));
    setAt(next);
    showStep(next);
  };
  const hover = (step: number | undefined) => {
    if (step === hovered) return;
    setHovered(step);
    const place = steps[step ?? at]?.place;
    // The pointer passes over many steps: it marks lines, but does not turn the pages of the editor.
    if (place?.file === session.openFile.value) session.show(place, "step");
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = stepAfterKey(event.key, at, steps.length);
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  const walk = { at, hovered, onPick: go, onHover: hover, onKey, onFocus: () => showStep(at) };
  // Moving over a drawing with hundreds of steps must not draw the list anew unless it changes.
  const list = useMemo(
    () => (
      <StepList
        steps={steps}
        lanes={timeline.lanes}
        label={label}
        walk={walk}
        lost={lost}
        {...(marks && { marks })}
      />
    ),
    [steps, marks, label, lost, at, hovered, session],
  );
  return (
    <div class="steps">
      <StepBar at={at} count={steps.length} onGo={go} />
      <LiveTimeline timeline={timeline} steps={steps} label={label} walk={walk} lost={lost} />
      {list}
    </div>
  );
}
