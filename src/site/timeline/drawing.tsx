import type { ComponentChildren } from "preact";
import type { Timeline } from "#worker";
import { findCell } from "./axis.ts";
import { AXIS_HEIGHT, BAR_HALF, type Bar, type Drawing, LANE_HEIGHT, middleOf } from "./layout.ts";

interface TimelineDrawingProps {
  readonly timeline: Timeline;
  readonly drawing: Drawing;
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly current?: number | undefined;
  readonly hovered?: number | undefined;
  readonly onPick?: (column: number) => void;
  readonly onHover?: (column: number | undefined) => void;
  /** Room under the lanes, and what is drawn there. */
  readonly foot?: number;
  readonly children?: ComponentChildren;
}

/** A timeline as SVG, drawn the same way into a built page and into a live one. */
export function TimelineDrawing({ timeline, drawing, label, foot = 0, ...rest }: TimelineDrawingProps) {
  const { axis } = drawing;
  const height = drawing.height + foot;
  const { onPick, onHover } = rest;
  const columnAt = (event: MouseEvent & { currentTarget: Element }) =>
    findCell(axis, event.clientX - event.currentTarget.getBoundingClientRect().left);
  return (
    <svg
      class={onPick === undefined ? "timeline-svg" : "timeline-svg timeline-live"}
      role="img"
      aria-label={label}
      width={axis.width}
      height={height}
      viewBox={`0 0 ${axis.width} ${height}`}
      onClick={onPick && ((event) => onPick(columnAt(event)))}
      onPointerMove={onHover && ((event) => event.pointerType !== "touch" && onHover(columnAt(event)))}
      onPointerLeave={onHover && (() => onHover(undefined))}
    >
      <Highlight drawing={drawing} column={rest.hovered} kind="hovered" />
      <Highlight drawing={drawing} column={rest.current} kind="current" />
      <AxisMarks drawing={drawing} />
      {timeline.lanes.map((lane, i) => (
        <path
          key={i}
          class={lane.task === 0 ? "tl-rule" : "tl-rule tl-rule-task"}
          d={`M0 ${AXIS_HEIGHT + i * LANE_HEIGHT}H${axis.width}`}
        />
      ))}
      {drawing.bars.map((bar, i) => (
        <BarShape key={i} bar={bar} />
      ))}
      {drawing.arrows.map(({ kind, line, head }, i) => (
        <g key={i} class={`tl-arrow tl-${kind}`}>
          <path class="tl-line" d={line} />
          <path class="tl-head" d={head} />
        </g>
      ))}
      {drawing.points.map(({ kind, x, y, text }, i) => (
        <g key={i} class={`tl-point tl-${kind}`}>
          <title>{text}</title>
          <PointShape kind={kind} x={x} y={y} />
        </g>
      ))}
      {drawing.labels.map(({ kind, x, y, text }, i) => (
        <text key={i} class={`tl-label tl-label-${kind}`} x={x} y={y}>
          {text}
        </text>
      ))}
      {rest.children}
    </svg>
  );
}

interface HighlightProps {
  readonly drawing: Drawing;
  readonly column: number | undefined;
  readonly kind: "current" | "hovered";
}

function Highlight({ drawing, column = -1, kind }: HighlightProps) {
  const cell = drawing.axis.cells[column];
  if (cell === undefined) return null;
  const height = drawing.height - AXIS_HEIGHT;
  return (
    <rect class={`tl-${kind}`} x={cell.x - 1} y={AXIS_HEIGHT} width={cell.width + 2} height={height} rx={3} />
  );
}

function AxisMarks({ drawing }: { drawing: Drawing }) {
  const { instants, gaps } = drawing.axis;
  return (
    <g class="tl-axis">
      {instants.map(({ x, text }, i) => (
        <g key={i}>
          <path class="tl-tick" d={`M${x - 1} 20V${drawing.height}`} />
          <text x={x - 1} y={14} class="tl-instant">
            {text}
          </text>
        </g>
      ))}
      {gaps.map(({ x, width, text, kind }, i) => (
        <g key={i} class={`tl-gap tl-gap-${kind}`}>
          {kind === "steps" && (
            <rect x={x} y={AXIS_HEIGHT} width={width} height={drawing.height - AXIS_HEIGHT} />
          )}
          <path d={`M${x + 3} 31H${x + width - 5}m-4 -3l4 3l-4 3`} />
          <text x={x + width / 2} y={35} text-anchor="middle">
            {kind === "time" ? text : `… ${text}`}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Each state has a shape of its own, so that none depends on its colour. */
export function BarShape({ bar: { kind, x, width, y, text } }: { bar: Bar }) {
  if (width === 0) return null;
  const title = text === "" ? null : <title>{text}</title>;
  switch (kind) {
    case "running":
      return <rect class="tl-running" x={x} y={y - BAR_HALF} width={width} height={BAR_HALF * 2} rx={3} />;
    case "working":
      return (
        <g class="tl-working">
          {title}
          <rect
            x={x + 1}
            y={y - BAR_HALF + 1}
            width={Math.max(0, width - 2)}
            height={BAR_HALF * 2 - 2}
            rx={3}
          />
        </g>
      );
    case "blocked":
      return (
        <g class="tl-blocked">
          {title}
          <rect x={x + 1} y={y - 4} width={Math.max(0, width - 2)} height={8} />
        </g>
      );
    case "driving":
      return <rect class="tl-driving" x={x} y={y - 3.5} width={width} height={7} rx={3} />;
    case "waiting":
      return (
        <path class="tl-waiting" d={twoLines(x + 2, Math.max(x + 2, x + width - 2), y)}>
          {title}
        </path>
      );
    case "idle":
    case "sleeping":
    case "ready":
      return (
        <path class={`tl-${kind}`} d={`M${x + 2} ${y}H${Math.max(x + 2, x + width - 2)}`}>
          {title}
        </path>
      );
  }
}

function twoLines(from: number, to: number, y: number): string {
  return `M${from} ${y - 2.5}H${to}M${from} ${y + 2.5}H${to}`;
}

/** Each point has a shape of its own. */
export function PointShape({ kind, x, y }: Pick<Drawing["points"][number], "kind" | "x" | "y">) {
  switch (kind) {
    case "printed":
      return <circle cx={x} cy={y} r={3.5} />;
    case "warned":
      return <path d={`M${x} ${y - 7}l7 12h-14zM${x} ${y - 3}v4M${x} ${y + 2.4}v1`} />;
    case "panicked":
    case "failed":
      return <path d={`M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`} />;
  }
}

/** The names of the lanes, beside the drawing and outside of its scrolling. */
export function LaneNames({ timeline, children }: { timeline: Timeline; children?: ComponentChildren }) {
  return (
    <div class="timeline-names" aria-hidden="true" style={{ paddingTop: `${AXIS_HEIGHT}px` }}>
      {timeline.lanes.map(({ task, name }, i) => (
        <span
          key={i}
          class={task === 0 ? "lane-thread" : "lane-task"}
          title={name}
          style={{ height: `${LANE_HEIGHT}px`, lineHeight: `${2 * (middleOf(0) - AXIS_HEIGHT)}px` }}
        >
          {name}
        </span>
      ))}
      {children}
    </div>
  );
}
