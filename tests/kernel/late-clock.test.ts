import { expect, it } from "vitest";
import { CALLS, DEFAULT_LIMITS } from "#abi";
import { type ChoicePoint, CLOCK_THREAD } from "#kernel";
import { type Rules, runScript, type Script } from "./fake-guest.ts";

const LATE: Rules = { clock: "late" };

/** Runs by the default, but for the questions whose numbers are `moves`, where the clock moves; keeps the questions. */
function run(main: Script, moves: readonly number[], rules: Rules = LATE) {
  const points: ChoicePoint[] = [];
  const kernel = runScript(main, {
    ...rules,
    chooser: {
      choose: (point) => {
        const isMove = moves.includes(points.push(point) - 1);
        return isMove ? point.threads.indexOf(CLOCK_THREAD) : point.preferred;
      },
    },
  });
  return { kernel, points };
}

const sleepThen = (ns: number, say: string): Script =>
  function* () {
    yield { call: "sleep", a: ns };
    yield { call: "print", payload: `s${say}` };
  };

/** Spawns both; prints itself between two calls that others could see. */
const two = (first: Script, second: Script): Script =>
  function* () {
    yield { call: "cellNew", payload: 0 };
    yield { call: "spawn", body: first };
    yield { call: "spawn", body: second };
    yield { call: "cellGet", a: 1 };
    yield { call: "print", payload: "smain" };
  };

const printed = ({ kernel }: ReturnType<typeof run>): string[] =>
  kernel.reports.lines.map(({ timeNs, text }) => `${timeNs} ${text}`);

it("offers the clock last, where something is due and a thread could run; never as the default", () => {
  const { points } = run(two(sleepThen(5, "a"), sleepThen(7, "b")), []);
  const offered = points.filter(({ threads }) => threads.includes(CLOCK_THREAD));
  expect(offered.length).toBeGreaterThan(0);
  for (const { threads, calls, preferred } of offered) {
    expect(threads.at(-1)).toBe(CLOCK_THREAD);
    expect(calls.at(-1)).toBe(CALLS.clock);
    expect(preferred).toBeLessThan(threads.length - 1);
  }
});

it("moves to the next instant at which something is due", () => {
  const main: Script = function* () {
    yield { call: "cellNew", payload: 0 };
    yield { call: "spawn", body: sleepThen(7, "b") };
    yield { call: "spawn", body: sleepThen(5, "a") };
    yield* sleepThen(1, "main")();
  };
  // When main wakes the others sleep: it goes on, or the clock moves, once or twice.
  const from = run(main, []).points.findIndex(({ threads }) => threads.join() === `0,${CLOCK_THREAD}`);
  expect(printed(run(main, []))).toEqual(["1 main", "5 a", "7 b"]);
  expect(printed(run(main, [from]))).toEqual(["5 main", "5 a", "7 b"]);
  expect(printed(run(main, [from, from + 1]))).toEqual(["7 main", "7 b", "7 a"]);
});

it("cannot end the run: it is not offered beyond the grace after the body, nor beyond the time limit", () => {
  const { graceNs, timeMaxNs } = DEFAULT_LIMITS;
  const reads: Script = function* () {
    yield { call: "yieldNow" };
    for (let i = 0; i < 3; i++) yield { call: "cellGet", a: 1 };
  };
  const isOffered = (sleepNs: number, last: Script): boolean => {
    const main: Script = function* () {
      yield { call: "cellNew", payload: 0 };
      yield { call: "spawn", body: sleepThen(sleepNs, "a") };
      yield { call: "spawn", body: reads };
      yield* last();
    };
    const { points } = run(main, [], { ...LATE, mayLeave: true });
    return points.some(({ threads }) => threads.includes(CLOCK_THREAD));
  };
  const ends: Script = function* () {};
  expect(isOffered(graceNs, ends)).toBe(true);
  expect(isOffered(graceNs + 1, ends)).toBe(false);
  expect(isOffered(timeMaxNs, reads)).toBe(true);
  expect(isOffered(timeMaxNs + 1, reads)).toBe(false);
});

it("logs the move as a preemption of the clock's own number, and asks who goes on after it", () => {
  const main: Script = function* () {
    yield { call: "cellNew", payload: 0 };
    yield { call: "spawn", body: sleepThen(5, "a") };
    yield { call: "yieldNow" };
    yield { call: "cellGet", a: 1 };
  };
  const { kernel, points } = run(main, [0]);
  expect(kernel.choices[0]).toMatchObject({
    thread: CLOCK_THREAD,
    call: CALLS.clock,
    object: 0,
    preempts: true,
  });
  expect(points[1]).toMatchObject({ current: -1, threads: [0, 1] });
});

it("does not change what is asked where time moves only when nobody can run", () => {
  const { points } = run(two(sleepThen(5, "a"), sleepThen(7, "b")), [], { clock: "idle" });
  expect(points.some(({ threads }) => threads.includes(CLOCK_THREAD))).toBe(false);
});
