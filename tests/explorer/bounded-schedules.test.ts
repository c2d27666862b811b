import fc from "fast-check";
import { expect, it } from "vitest";
import { CALLS } from "#abi";
import { Bounded } from "#explorer";
import type { Rules } from "../kernel/fake-guest.ts";
import { randomProgram } from "./random-programs.ts";
import {
  CELL,
  enumerateAll,
  get,
  program,
  runStrategy,
  set,
  thread,
  type SmallRun,
} from "./small-programs.ts";

/** What a schedule costs: preemptions, moves of the clock, and everything else that is not the default. */
function costOf({ kernel }: SmallRun): number {
  return kernel.choices.filter(
    ({ kind, picked, preferred, preempts }) => preempts || (kind !== "thread" && picked !== preferred),
  ).length;
}

/** Bounded search makes exactly the schedules that cost no more than its bound, each once. Returns how many. */
function check(main: Parameters<typeof enumerateAll>[0], bound: number, rules: Rules = {}): number {
  const all = enumerateAll(main, rules, 400);
  if (all === undefined) return 0;
  const found = runStrategy(main, new Bounded(bound), rules).map((run) => run.picks);
  expect(found.toSorted()).toEqual(
    all
      .filter((run) => costOf(run) <= bound)
      .map((run) => run.picks)
      .toSorted(),
  );
  return found.length;
}

it("makes exactly the schedules with at most so many preemptions, on random programs", () => {
  let schedules = 0;
  for (const main of fc.sample(randomProgram, { numRuns: 25, seed: 3 }))
    for (const bound of [0, 1, 2, Infinity]) schedules += check(main, bound);
  expect(schedules).toBeGreaterThan(1_000);
});

it("makes exactly those where the clock may be late", () => {
  let schedules = 0;
  for (const main of fc.sample(randomProgram, { numRuns: 20, seed: 4 }))
    for (const bound of [0, 1, Infinity]) schedules += check(main, bound, { clock: "late" });
  expect(schedules).toBeGreaterThan(300);
});

it("moves the clock for the price of a preemption, also where nobody runs", () => {
  const main = program([CELL], thread({ call: "sleep", a: 5 }, get(1)), thread(set(1)));
  const clockMoves = (bound: number): number[] =>
    runStrategy(main, new Bounded(bound), { clock: "late" }).map(
      ({ kernel }) => kernel.choices.filter(({ call }) => call === CALLS.clock).length,
    );
  expect(new Set(clockMoves(0))).toEqual(new Set([0]));
  expect(new Set(clockMoves(1))).toEqual(new Set([0, 1]));
});
