/**
 * Owns: a recorded run as lanes, with what each thread was doing between any two steps and which step led to which.
 * Does not own: where on a screen any of it lies. A column is one step; code costs no virtual time, so many columns
 * may share an instant, and only their order tells them apart.
 */
import { CALLS } from "#abi";
import type { Program } from "#compile";
import { LaneTracker } from "./lane-tracker.ts";
import { linkEvents } from "./event-links.ts";
import { recordSteps, type Step, type StepRecord } from "./steps.ts";
import type { RunResult } from "./types.ts";

export interface TimelineLane {
  readonly thread: number;
  readonly name: string;
}

/** One step: `step` is its {@link Step.index}. */
export interface TimelineColumn {
  readonly step: number;
  readonly timeNs: number;
  readonly lane: number;
  /** Steps left out between the column before and this one. */
  readonly skipped: number;
}

/**
 * What a thread was doing. `running` covers the columns `from` to `to`, both included. Every other kind covers what
 * lies between them: from the end of column `from` to the beginning of column `to`; -1 and the number of columns
 * are the ends of the run.
 */
export interface TimelineSpan {
  readonly lane: number;
  readonly kind: "running" | "ready" | "blocked" | "sleeping" | "working";
  readonly from: number;
  readonly to: number;
  /** What it waits for, in words; "" where it runs or could. */
  readonly text: string;
}

/** One step led to another, on another lane. */
export interface TimelineArrow {
  readonly kind: "spawn" | "message" | "wake" | "join";
  readonly fromLane: number;
  readonly fromColumn: number;
  readonly toLane: number;
  readonly toColumn: number;
}

export interface TimelinePoint {
  readonly kind: "printed" | "panicked" | "failed";
  readonly lane: number;
  readonly column: number;
  readonly text: string;
}

export interface Timeline {
  readonly lanes: readonly TimelineLane[];
  readonly columns: readonly TimelineColumn[];
  readonly spans: readonly TimelineSpan[];
  readonly arrows: readonly TimelineArrow[];
  readonly points: readonly TimelinePoint[];
}

/**
 * The timeline of a recorded run. `kept` are the steps that have a column, in order, all of them unless told
 * otherwise; what happened between is left out, and said to be. Empty where the run was not recorded.
 */
export function describeTimeline(result: RunResult, program: Program, kept?: readonly Step[]): Timeline {
  const record = recordSteps(result, program);
  const { trace } = result;
  if (trace === undefined || record === null)
    return { lanes: [], columns: [], spans: [], arrows: [], points: [] };
  const steps = kept ?? record.steps;
  const columnOf = findColumns(steps, record.steps.length);
  const arrows = linkEvents(trace, result.choices)
    .map(({ kind, from, to }): TimelineArrow => ({
      kind,
      fromLane: trace.events[from]?.thread ?? 0,
      fromColumn: columnOf[record.stepOf[from] ?? 0]?.exact ?? -1,
      toLane: kind === "spawn" ? (trace.events[from]?.object ?? 0) : (trace.events[to]?.thread ?? 0),
      toColumn: columnOf[record.stepOf[to] ?? 0]?.exact ?? -1,
    }))
    .filter((arrow) => arrow.fromColumn >= 0 && arrow.toColumn >= 0 && arrow.fromLane !== arrow.toLane);
  return {
    lanes: trace.threads.map(({ id, name }) => ({ thread: id, name })),
    columns: steps.map(({ index, timeNs, thread }, column) => {
      const skipped = index - (steps[column - 1]?.index ?? -1) - 1;
      return { step: index, timeNs, lane: thread, skipped };
    }),
    spans: findSpans(result, record).flatMap((span) => toColumns(span, columnOf, steps.length)),
    arrows,
    points: findPoints(result, record, columnOf),
  };
}

/** Where a step lies among the columns: on one, or between two. */
interface StepColumn {
  /** -1 where the step has no column. */
  readonly exact: number;
  /** The last column that is not after the step, -1 where there is none. */
  readonly before: number;
}

function findColumns(kept: readonly Step[], count: number): readonly StepColumn[] {
  const columns: StepColumn[] = [];
  let before = -1;
  for (let step = 0; step < count; step++) {
    const exact = kept[before + 1]?.index === step ? before + 1 : -1;
    if (exact >= 0) before = exact;
    columns.push({ exact, before });
  }
  return columns;
}

/** Spans in steps instead of columns. */
function findSpans(result: RunResult, { steps, stepOf, words }: StepRecord): readonly TimelineSpan[] {
  const tracker = new LaneTracker(steps);
  tracker.begin(0, -1);
  for (const [i, event] of (result.trace?.events ?? []).entries()) {
    const step = stepOf[i] ?? 0;
    const { thread, kind } = event;
    if (steps[step]?.thread === thread) tracker.run(thread, step);
    else if (kind === "resumed") tracker.wait(thread, step, "ready", "");
    if (kind === "spawned") tracker.begin(event.object, step);
    else if (kind === "ended" || kind === "panicked") tracker.end(thread);
    else if (kind === "blocked") tracker.wait(thread, step, waitKind(event.call), words.waiting(event));
  }
  return tracker.finish();
}

function waitKind(call: number): TimelineSpan["kind"] {
  if (call === CALLS.sleep) return "sleeping";
  return call === CALLS.work ? "working" : "blocked";
}

/** A span in columns; nothing where it lies wholly between two of them. */
function toColumns(
  span: TimelineSpan,
  columnOf: readonly StepColumn[],
  columns: number,
): readonly TimelineSpan[] {
  const from = columnOf[span.from] ?? { exact: -1, before: -1 };
  const end = columnOf[span.to];
  if (span.kind === "running") {
    const first = from.exact >= 0 ? from.exact : from.before + 1;
    const last = end?.before ?? -1;
    return first <= last ? [{ ...span, from: first, to: last }] : [];
  }
  const to = end === undefined ? columns : end.exact >= 0 ? end.exact : end.before + 1;
  const lost = end !== undefined && from.exact < 0 && end.exact < 0 && from.before === end.before;
  return lost && span.from >= 0 ? [] : [{ ...span, from: from.before, to }];
}

function findPoints(
  result: RunResult,
  record: StepRecord,
  columnOf: readonly StepColumn[],
): readonly TimelinePoint[] {
  const points: TimelinePoint[] = [];
  for (const [i, { kind, thread, detail }] of (result.trace?.events ?? []).entries()) {
    const column = columnOf[record.stepOf[i] ?? 0]?.exact ?? -1;
    if (column >= 0 && (kind === "printed" || kind === "panicked"))
      points.push({ kind, lane: thread, column, text: detail });
  }
  const { kind, thread, message } = result.outcome;
  const last = record.steps.findLast((step) => step.thread === thread);
  const column = last === undefined ? -1 : (columnOf[last.index]?.exact ?? -1);
  const told = points.some((point) => point.kind === "panicked" && point.column === column);
  if (kind !== "passed" && column >= 0 && !told)
    points.push({ kind: "failed", lane: thread, column, text: message });
  return points;
}
