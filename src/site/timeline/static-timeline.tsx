import type { Step, Timeline } from "#worker";
import { CodeText } from "../exercise/code-text.tsx";
import { formatTime } from "../exercise/words.ts";
import { LaneNames, TimelineDrawing } from "./drawing.tsx";
import { layoutTimeline } from "./layout.ts";
import { TimelineLegend } from "./legend.tsx";
import { summarize } from "./summary.ts";

interface StaticTimelineProps {
  readonly timeline: Timeline;
  readonly steps: readonly Step[];
}

/** A timeline for pages without JavaScript, with the same steps as a list. */
export function StaticTimeline({ timeline, steps }: StaticTimelineProps) {
  if (timeline.columns.length === 0) return null;
  const label = summarize(timeline);
  return (
    <div class="timeline">
      <div class="timeline-box">
        <LaneNames timeline={timeline} />
        <div class="timeline-scroll" tabIndex={0} role="group" aria-label="Timeline">
          <TimelineDrawing timeline={timeline} drawing={layoutTimeline(timeline)} label={label} />
        </div>
      </div>
      <TimelineLegend timeline={timeline} />
      <details class="timeline-list">
        <summary>The same, step by step</summary>
        <ol>
          {steps.map((step) => (
            <li key={step.index} value={step.index + 1}>
              <span class="time">{formatTime(step.timeNs)}</span> <strong>{step.actor}</strong>{" "}
              <CodeText text={step.text} />
            </li>
          ))}
        </ol>
      </details>
    </div>
  );
}
