import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Step, Timeline } from "#worker";
import { describeShare, type LostTelling } from "../exercise/lost-view.tsx";
import type { Walk } from "../exercise/step-keys.ts";
import { formatTime } from "../exercise/words.ts";
import { LaneNames, TimelineDrawing } from "./drawing.tsx";
import { layoutTimeline } from "./layout.ts";
import { TimelineLegend } from "./legend.tsx";
import { LOST_HEIGHT, LostStrip } from "./lost-strip.tsx";
import { summarize } from "./summary.ts";

interface LiveTimelineProps {
  readonly timeline: Timeline;
  readonly steps: readonly Step[];
  readonly label: string;
  readonly walk: Walk;
  /** When the run was lost; absent where that is not told. */
  readonly lost?: LostTelling | undefined;
}

/** A timeline whose steps can be picked, with the pointer or, as one slider, with the arrow keys. */
export function LiveTimeline({ timeline, steps, label, walk, lost }: LiveTimelineProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawing = useMemo(() => layoutTimeline(timeline), [timeline]);
  const { at } = walk;
  const step = steps[at];
  useEffect(() => scrollToCell(box.current, drawing.axis.cells[at]), [drawing, at]);
  if (timeline.columns.length === 0) return null;
  return (
    <div class="timeline">
      <div class="timeline-box">
        <LaneNames timeline={timeline}>
          {lost && (
            <span class="lane-lost" style={{ height: `${LOST_HEIGHT}px`, lineHeight: `${LOST_HEIGHT}px` }}>
              fails
            </span>
          )}
        </LaneNames>
        <div
          class="timeline-scroll"
          ref={box}
          tabIndex={0}
          role="slider"
          aria-label={`Timeline. ${label}`}
          aria-valuemin={1}
          aria-valuemax={steps.length}
          aria-valuenow={at + 1}
          aria-valuetext={
            step &&
            `Step ${at + 1} of ${steps.length}, ${formatTime(step.timeNs)}, ${step.actor} ${step.text.replaceAll("`", "")}${describeShare(lost, step.index)}`
          }
          onKeyDown={walk.onKey}
          onFocus={walk.onFocus}
        >
          <TimelineDrawing
            timeline={timeline}
            drawing={drawing}
            label={summarize(timeline)}
            current={at}
            hovered={walk.hovered}
            onPick={walk.onPick}
            onHover={walk.onHover}
            {...(lost && { foot: LOST_HEIGHT })}
          >
            {lost && lost !== "unknown" && (
              <LostStrip lost={lost} axis={drawing.axis} steps={steps} y={drawing.height} />
            )}
          </TimelineDrawing>
        </div>
      </div>
      <TimelineLegend timeline={timeline} />
    </div>
  );
}

/** Brings a step into view with some of what is around it, without moving the page. */
function scrollToCell(box: HTMLElement | null, cell: { x: number; width: number } | undefined): void {
  if (box === null || cell === undefined) return;
  const margin = Math.min(120, box.clientWidth / 4);
  const left = cell.x - margin;
  const right = cell.x + cell.width + margin;
  if (left < box.scrollLeft) box.scrollLeft = left;
  else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth;
}
