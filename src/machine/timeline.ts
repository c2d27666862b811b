/**
 * Owns: a recorded run as lanes, with what each thread and task was doing between any two steps and which step led
 * to which.
 * Does not own: where on a screen any of it lies. A column is one step; code costs no virtual time, so many columns
 * may share an instant, and only their order tells them apart.
 */
import type { Trace } from "#abi";
import type { Program } from "#compile";
import type { Actor, Actors } from "./actors.ts";
import { linkEvents } from "./event-links.ts";
import { findSpans } from "./lane-spans.ts";
import { coversSteps } from "./lane-tracker.ts";
import { recordSteps, type Step, type StepRecord } from "./steps.ts";
import type { RunResult } from "./types.ts";

/** A thread, and then the tasks of its executor; where there are too many tasks, the last lane is for all others. */
export type TimelineLane = Actor;

/** One step: `step` is its {@link Step.index}. */
export interface TimelineColumn {
  readonly step: number;
  readonly timeNs: number;
  /** By place among the lanes. */
  readonly lane: number;
  /** Steps left out between the column before and this one. */
  readonly skipped: number;
}

/**
 * What a thread or a task was doing. `running`, and `driving` (a thread that polls a task), cover the columns `from`
 * to `to`, both included. Every other kind covers what lies between them: from the end of column `from` to the
 * beginning of column `to`; -1 and the number of columns are the ends of the run.
 */
export interface TimelineSpan {
  readonly lane: number;
  /**
   * `blocked`, `sleeping` and `working` hold the thread, also where a task does so. A task that is `waiting` holds
   * nothing; an executor without anything to poll is `idle`.
   */
  readonly kind: "running" | "driving" | "ready" | "waiting" | "idle" | "blocked" | "sleeping" | "working";
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
  readonly kind: "printed" | "warned" | "panicked" | "failed";
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
  return {
    lanes: record.words.actors.lanes,
    columns: steps.map(({ index, timeNs, lane }, column) => {
      const skipped = index - (steps[column - 1]?.index ?? -1) - 1;
      return { step: index, timeNs, lane, skipped };
    }),
    spans: findSpans(trace, record).flatMap((span) => toColumns(span, columnOf, steps.length)),
    arrows: findArrows(result, trace, record, columnOf),
    points: findPoints(result, record, columnOf),
  };
}

function findArrows(
  { choices }: RunResult,
  trace: Trace,
  { stepOf, words }: StepRecord,
  columnOf: readonly StepColumn[],
): readonly TimelineArrow[] {
  const laneAt = (at: number) => {
    const { thread = 0, task = 0 } = trace.events[at] ?? {};
    return words.actors.laneOf(thread, task);
  };
  const columnAt = (at: number) => columnOf[stepOf[at] ?? 0]?.exact ?? -1;
  const arrows = linkEvents(trace, choices)
    .map(({ kind, from, to, isBare = false }) => {
      const toLane = kind === "spawn" ? laneOfSpawned(trace, from, words.actors) : laneAt(to);
      const [fromColumn, toColumn] = [columnAt(from), columnAt(to)];
      return { arrow: { kind, fromLane: laneAt(from), fromColumn, toLane, toColumn }, isBare };
    })
    .filter(({ arrow }) => arrow.fromColumn >= 0 && arrow.toColumn >= 0 && arrow.fromLane !== arrow.toLane);
  const reasons = new Set(arrows.filter(({ isBare }) => !isBare).map(({ arrow }) => endsOf(arrow)));
  return arrows
    .filter(({ arrow, isBare }) => !isBare || !reasons.has(endsOf(arrow)))
    .map(({ arrow }) => arrow);
}

/** A message that arrives, or an end that is waited for, wakes too: one arrow says both. */
function endsOf({ fromLane, fromColumn, toLane, toColumn }: TimelineArrow): string {
  return `${fromLane} ${fromColumn} ${toLane} ${toColumn}`;
}

function laneOfSpawned(trace: Trace, at: number, actors: Actors): number {
  const { kind, thread = 0, object = 0 } = trace.events[at] ?? {};
  return kind === "task-created" ? actors.laneOf(thread, object) : actors.laneOf(object, 0);
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

/** A span in columns; nothing where it lies wholly between two of them. */
function toColumns(
  span: TimelineSpan,
  columnOf: readonly StepColumn[],
  columns: number,
): readonly TimelineSpan[] {
  const from = columnOf[span.from] ?? { exact: -1, before: -1 };
  const end = columnOf[span.to];
  if (coversSteps(span.kind)) {
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
  for (const [i, { kind, thread, task, detail }] of (result.trace?.events ?? []).entries()) {
    const column = columnOf[record.stepOf[i] ?? 0]?.exact ?? -1;
    if (column >= 0 && (kind === "printed" || kind === "panicked" || kind === "warned"))
      points.push({ kind, lane: record.words.actors.laneOf(thread, task), column, text: detail });
  }
  const { kind, thread, message } = result.outcome;
  const last = record.steps.findLast((step) => step.thread === thread);
  const column = last === undefined ? -1 : (columnOf[last.index]?.exact ?? -1);
  const told = points.some((point) => point.kind === "panicked" && point.column === column);
  if (kind !== "passed" && column >= 0 && !told)
    points.push({ kind: "failed", lane: last?.lane ?? 0, column, text: message });
  return points;
}
