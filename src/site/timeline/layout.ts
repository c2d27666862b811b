/**
 * Owns: where everything of a timeline lies on the page, in pixels. Does not own: colours, and what happened.
 */
import type { Timeline } from "#worker";
import { layoutAxis, type Axis } from "./axis.ts";

type SpanKind = Timeline["spans"][number]["kind"];

export interface Bar {
  readonly kind: SpanKind;
  readonly x: number;
  readonly width: number;
  /** The middle of the lane. */
  readonly y: number;
  readonly text: string;
}

export interface Label {
  readonly kind: "wait" | Point["kind"];
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface Arrow {
  readonly kind: Timeline["arrows"][number]["kind"];
  readonly line: string;
  readonly head: string;
}

export interface Point {
  readonly kind: Timeline["points"][number]["kind"];
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface Drawing {
  readonly axis: Axis;
  readonly height: number;
  readonly bars: readonly Bar[];
  readonly labels: readonly Label[];
  readonly arrows: readonly Arrow[];
  readonly points: readonly Point[];
}

export const AXIS_HEIGHT = 44;
export const LANE_HEIGHT = 64;
/** Half the height of a running bar. */
export const BAR_HALF = 9;
const MIDDLE = 33;
/** The width of one character of a label, at most, as the site's fonts go. */
const CHARACTER = 6.7;
const LABEL_MIN = 4;
/** Warnings are long, and stand above the drawing in full. */
const WARNING_MAX = 190;

/** A timeline, laid out. Pure; linear in what it holds. */
export function layoutTimeline(timeline: Timeline): Drawing {
  const axis = layoutAxis(timeline);
  const bars = timeline.spans.map((span): Bar => {
    const [from, to] = ends(span, axis);
    const { kind, text } = span;
    return { kind, x: from, width: Math.max(0, to - from), y: middleOf(span.lane), text: plain(text) };
  });
  const points = timeline.points.map(({ kind, lane, column, text }): Point => {
    return { kind, x: centreOf(axis, column), y: middleOf(lane), text };
  });
  return {
    axis,
    height: AXIS_HEIGHT + Math.max(1, timeline.lanes.length) * LANE_HEIGHT,
    bars,
    labels: [...waitLabels(bars), ...pointLabels(points, axis.width)],
    arrows: timeline.arrows.map((arrow) => layoutArrow(arrow, axis)),
    points,
  };
}

export function middleOf(lane: number): number {
  return AXIS_HEIGHT + lane * LANE_HEIGHT + MIDDLE;
}

function centreOf({ cells }: Axis, column: number): number {
  const cell = cells[column];
  return cell === undefined ? 0 : cell.x + cell.width / 2;
}

function endOf({ cells }: Axis, column: number): number {
  const cell = cells[column];
  return cell === undefined ? 0 : cell.x + cell.width;
}

function ends({ kind, from, to }: Timeline["spans"][number], axis: Axis): readonly [number, number] {
  const first = axis.cells[from]?.x ?? 0;
  if (kind === "running" || kind === "driving") return [first + 1, endOf(axis, to) - 1];
  return [from < 0 ? 0 : endOf(axis, from), axis.cells[to]?.x ?? axis.width];
}

/** Words under what waits, as far as there is room before the next words of the lane. */
function waitLabels(bars: readonly Bar[]): readonly Label[] {
  const told = bars.filter((bar) => bar.text !== "" && bar.width > 0);
  return told.flatMap((bar, i) => {
    const next = told[i + 1];
    const room = (next?.y === bar.y ? next.x : bar.x + Math.max(bar.width, 40)) - bar.x - 6;
    const text = shorten(bar.text, Math.max(room, bar.width - 6));
    return text === "" ? [] : [{ kind: "wait", x: bar.x + 3, y: bar.y + BAR_HALF + 15, text }];
  });
}

/** Words above what was printed or thrown, as far as there is room before the next ones of the lane. */
function pointLabels(points: readonly Point[], width: number): readonly Label[] {
  const byLane = [...points].sort((a, b) => a.y - b.y || a.x - b.x);
  return byLane.flatMap((point, i) => {
    const next = byLane[i + 1];
    if (next?.y === point.y && next.x === point.x) return [];
    const space = (next?.y === point.y ? next.x : width) - point.x - 4;
    const room = point.kind === "warned" ? Math.min(space, WARNING_MAX) : space;
    const [line = ""] = point.text.split("\n");
    const text = shorten(point.kind === "printed" ? `“${line}”` : line, room);
    return text === "" ? [] : [{ kind: point.kind, x: point.x - 4, y: point.y - BAR_HALF - 8, text }];
  });
}

function shorten(text: string, room: number): string {
  const characters = Math.floor(room / CHARACTER);
  if (text.length <= characters) return text;
  return characters < LABEL_MIN ? "" : `${text.slice(0, characters - 1)}…`;
}

function plain(text: string): string {
  return text.replaceAll("`", "");
}

function layoutArrow(arrow: Timeline["arrows"][number], axis: Axis): Arrow {
  const down = arrow.toLane > arrow.fromLane ? 1 : -1;
  const x1 = centreOf(axis, arrow.fromColumn);
  const y1 = middleOf(arrow.fromLane) + down * BAR_HALF;
  // A thread's lane begins where the step that spawned it ends.
  const x2 = arrow.kind === "spawn" ? endOf(axis, arrow.toColumn) : centreOf(axis, arrow.toColumn);
  const y2 = middleOf(arrow.toLane) - down * (arrow.kind === "spawn" ? 2 : BAR_HALF + 1);
  return { kind: arrow.kind, line: `M${round(x1)} ${y1}L${round(x2)} ${y2}`, head: headOf(x1, y1, x2, y2) };
}

function headOf(x1: number, y1: number, x2: number, y2: number): string {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  const at = (back: number, aside: number) =>
    `${round(x2 - dx * back - dy * aside)} ${round(y2 - dy * back + dx * aside)}`;
  return `M${at(0, 0)}L${at(8, 4)}L${at(8, -4)}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
