import { expect, it } from "vitest";
import { CALLS, type Call } from "#abi";
import { createFifoChooser, Forecast } from "#explorer";
import type { ChoicePoint } from "#kernel";

/** A choice between threads that would go on with these calls, all on one object. */
function between(...calls: Call[]): ChoicePoint {
  const threads = calls.map((_, thread) => thread);
  return { kind: "thread", current: 0, threads, calls, objects: calls.map(() => 1), preferred: 0 };
}

function times(count: number, point: ChoicePoint): ChoicePoint[] {
  return Array.from({ length: count }, () => point);
}

const { cellGet, cellSet, spawn } = CALLS;

const CASES: readonly (readonly [title: string, points: readonly ChoicePoint[], runs: number])[] = [
  ["a run without choices", [], 4],
  ["options that commute: one run for each", times(20, between(cellGet, cellGet, cellGet)), 41],
  ["options that conflict: again all that follow", times(6, between(cellGet, cellSet)), 256],
  ["threads that have not begun", times(6, between(cellSet, spawn)), 7],
  ["what is no thread", times(3, { ...between(cellGet, cellGet, cellGet), kind: "number" }), 108],
  ["more than anybody could run", times(500, between(cellSet, cellSet)), 2 ** 32],
];

it.each(CASES)("the executions of a program are guessed from %s", (_, points, runs) => {
  const forecast = new Forecast();
  const chooser = forecast.watch(createFifoChooser());
  for (const point of points) expect(chooser.choose(point)).toBe(0);
  expect(forecast.runs).toBe(runs);
});

it("who is watched hears what the watcher heard", () => {
  const watcher = { goesOn: () => {}, reaches: () => {}, acts: () => {} };
  expect(new Forecast().watch({ choose: () => 0, watcher }).watcher).toBe(watcher);
});
