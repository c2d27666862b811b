import type { Timeline } from "#worker";
import { BarShape, PointShape } from "./drawing.tsx";

const STATES = [
  ["running", "runs"],
  ["driving", "runs a task"],
  ["ready", "could run"],
  ["waiting", "task waits, thread is free"],
  ["idle", "no task to run"],
  ["blocked", "blocked"],
  ["sleeping", "sleeps"],
  ["working", "works"],
] as const;

const ARROWS = [
  ["spawn", "spawn"],
  ["message", "message"],
  ["wake", "wakes"],
  ["join", "ends, joined"],
] as const;

const POINTS = [
  ["printed", "prints"],
  ["warned", "warning"],
] as const;

/** What the shapes of a timeline mean: only those that it has. */
export function TimelineLegend({ timeline }: { timeline: Timeline }) {
  const has = (list: readonly { readonly kind: string }[], kind: string) =>
    list.some((one) => one.kind === kind);
  return (
    <ul class="timeline-legend">
      {STATES.filter(([kind]) => has(timeline.spans, kind)).map(([kind, name]) => (
        <li key={kind}>
          <svg class="timeline-svg" width={30} height={20} aria-hidden="true">
            <BarShape bar={{ kind, x: 1, width: 28, y: 10, text: "" }} />
          </svg>
          {name}
        </li>
      ))}
      {ARROWS.filter(([kind]) => has(timeline.arrows, kind)).map(([kind, name]) => (
        <li key={kind}>
          <svg class="timeline-svg" width={30} height={20} aria-hidden="true">
            <g class={`tl-arrow tl-${kind}`}>
              <path class="tl-line" d="M1 10H24" />
              <path class="tl-head" d="M29 10L21 6V14Z" />
            </g>
          </svg>
          {name}
        </li>
      ))}
      {POINTS.filter(([kind]) => has(timeline.points, kind)).map(([kind, name]) => (
        <li key={kind}>
          <svg class="timeline-svg" width={16} height={20} aria-hidden="true">
            <g class={`tl-point tl-${kind}`}>
              <PointShape kind={kind} x={8} y={10} />
            </g>
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
