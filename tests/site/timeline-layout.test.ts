import { expect, it } from "vitest";
import type { Timeline } from "#worker";
import { findCell, layoutAxis } from "../../src/site/timeline/axis.ts";
import { layoutTimeline } from "../../src/site/timeline/layout.ts";
import { summarize } from "../../src/site/timeline/summary.ts";

const MS = 1_000_000;

function columns(...times: readonly number[]): Timeline["columns"] {
  return times.map((time, step) => ({ step, timeNs: time * MS, lane: 0, skipped: 0 }));
}

const EMPTY: Timeline = { lanes: [], columns: [], spans: [], arrows: [], points: [] };

it("steps of one instant lie side by side, and share its label", () => {
  const { cells, instants, gaps } = layoutAxis({ columns: columns(0, 0, 0) });
  expect(cells.map((cell) => cell.x - (cells[0]?.x ?? 0))).toEqual([0, 26, 52]);
  expect(instants.map((instant) => instant.text)).toEqual(["0 ms"]);
  expect(gaps).toEqual([]);
});

it("between two instants lies a gap that says how long it is", () => {
  const { gaps, instants } = layoutAxis({ columns: columns(0, 250, 250, 1600) });
  expect(gaps.map((gap) => gap.text)).toEqual(["250 ms", "1,350 ms"]);
  expect(instants.map((instant) => instant.text)).toEqual(["0 ms", "250 ms", "1,600 ms"]);
});

it("a longer gap is wider, but a thousand times as long is not a thousand times as wide", () => {
  const [short, long, longest] = layoutAxis({ columns: columns(0, 1, 5, 5005) }).gaps;
  expect(long?.width).toBeGreaterThan(short?.width ?? 0);
  expect(longest?.width).toBeLessThan(2 * (short?.width ?? 0));
});

it("steps that were left out are said to be", () => {
  const all = columns(0, 9);
  const { gaps } = layoutAxis({ columns: [all[0], { ...all[1], skipped: 4800 }] as Timeline["columns"] });
  expect(gaps.map(({ kind, text }) => [kind, text])).toEqual([["steps", "4,800 steps left out"]]);
});

it("the cell at a point is the nearest one, also in a gap and beyond the ends", () => {
  const axis = layoutAxis({ columns: columns(0, 0, 100) });
  const [first, second, third] = axis.cells;
  expect(findCell(axis, -50)).toBe(0);
  expect(findCell(axis, (first?.x ?? 0) + 13)).toBe(0);
  expect(findCell(axis, (second?.x ?? 0) + 13)).toBe(1);
  expect(findCell(axis, (third?.x ?? 0) - 5)).toBe(2);
  expect(findCell(axis, 1e6)).toBe(2);
  expect(findCell(layoutAxis({ columns: [] }), 10)).toBe(-1);
});

it("a run without events has an empty drawing", () => {
  const drawing = layoutTimeline(EMPTY);
  expect([drawing.bars, drawing.labels, drawing.arrows, drawing.points]).toEqual([[], [], [], []]);
});

it("words are cut to the room they have, and left out where there is none", () => {
  const drawing = layoutTimeline({
    ...EMPTY,
    lanes: [{ thread: 0, task: 0, name: "main" }],
    columns: columns(0, 0, 0, 100),
    points: [0, 1, 2].map((column) => ({
      kind: "printed" as const,
      lane: 0,
      column,
      text: column === 2 ? "a line that is far too long to be shown" : "x".repeat(9),
    })),
  });
  expect(drawing.labels.map((label) => label.text)).toEqual([expect.stringMatching(/^“a line that.*…$/)]);
  expect(drawing.points).toHaveLength(3);
});

it("an arrow goes from the edge of one lane to the edge of the other, up or down", () => {
  const lanes = ["main", "w"].map((name, thread) => ({ thread, task: 0, name }));
  const arrow = { kind: "message" as const, fromLane: 0, fromColumn: 0, toLane: 1, toColumn: 1 };
  const back = { ...arrow, fromLane: 1, fromColumn: 1, toLane: 0, toColumn: 2 };
  const drawing = layoutTimeline({ ...EMPTY, lanes, columns: columns(0, 0, 0), arrows: [arrow, back] });
  const [down, up] = drawing.arrows.map(({ line }) => line.match(/[\d.]+/g)?.map(Number) ?? []);
  expect(down?.[3]).toBeGreaterThan(down?.[1] ?? Infinity);
  expect(up?.[3]).toBeLessThan(up?.[1] ?? 0);
});

it("a poll covers its steps, on the task's lane and on its thread's; what waits lies between steps", () => {
  const drawing = layoutTimeline({
    ...EMPTY,
    lanes: TASK_LANES,
    columns: columns(0, 0, 100),
    spans: [
      { lane: 0, kind: "driving", from: 1, to: 1, text: "" },
      { lane: 1, kind: "running", from: 1, to: 1, text: "" },
      { lane: 1, kind: "waiting", from: 1, to: 2, text: "sleeps until 100 ms" },
    ],
  });
  const [driving, running, waiting] = drawing.bars;
  expect([driving?.x, driving?.width]).toEqual([running?.x, running?.width]);
  expect(waiting?.x).toBeGreaterThan((running?.x ?? 0) + (running?.width ?? 0));
  expect((waiting?.x ?? 0) + (waiting?.width ?? 0)).toBe(drawing.axis.cells[2]?.x);
  expect(drawing.labels.map((label) => label.text)).toEqual(["sleeps unti…"]);
});

const TASK_LANES: Timeline["lanes"] = [
  { thread: 0, task: 0, name: "main" },
  { thread: 0, task: 3, name: "a" },
  { thread: 0, task: 4, name: "b" },
  { thread: 1, task: 0, name: "w" },
];

it("a timeline in one sentence names its threads, and the tasks of each", () => {
  expect(summarize({ ...EMPTY, lanes: TASK_LANES, columns: columns(0, 100) })).toBe(
    "Timeline of 2 threads, main (tasks: a, b), w: 2 steps in 100 ms of virtual time.",
  );
});
