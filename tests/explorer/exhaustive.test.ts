import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STATUS } from "#abi";
import { Exhaustive, FAIR_AFTER } from "#explorer";
import type { Call, Rules, Script } from "../kernel/fake-guest.ts";
import { randomProgram } from "./random-programs.ts";
import {
  CELL,
  classOf,
  enumerateAll,
  get,
  lock,
  program,
  repeat,
  runExhaustive,
  runSmall,
  resultOf,
  runStrategy,
  set,
  type SmallRun,
  thread,
  unlock,
} from "./small-programs.ts";

interface Counts {
  readonly schedules: number;
  readonly classes: number;
  /** Runs with sleep sets: one for each class, and those that find that all who could go on sleep. */
  readonly runs: number;
}

/** The counts of a program; the runs with sleep sets come to exactly the classes that all schedules come to. */
function check(main: Script, expected: Counts, rules: Rules = {}): void {
  const all = enumerateAll(main, rules) ?? [];
  const some = runExhaustive(main, rules);
  expect({ schedules: all.length, classes: setOf(all, classOf).size, runs: some.length }).toEqual(expected);
  expect(setOf(some, classOf)).toEqual(setOf(all, classOf));
  expect(setOf(some, (run) => run.observed)).toEqual(setOf(all, (run) => run.observed));
}

function setOf(runs: readonly SmallRun[], tell: (run: SmallRun) => string): Set<string> {
  return new Set(runs.map(tell));
}

const MUTEX: Call = { call: "mutexNew", payload: 0 };
const CHANNEL: Call = { call: "channelNew", a: -1 };

describe("exhaustive", () => {
  // n threads of k steps have (nk)! / k!^n schedules; where nothing conflicts they are all of one class.
  it.each([
    [2, 2, 6],
    [2, 4, 70],
    [3, 2, 90],
    [4, 1, 24],
  ])(
    "%i threads of %i steps have %i schedules, and one class where each has a cell of its own",
    (n, k, schedules) => {
      const threads = Array.from({ length: n }, (_, i) => thread(...repeat(k, set(i + 1))));
      const all = enumerateAll(program(repeat(n, CELL), ...threads)) ?? [];
      expect(all).toHaveLength(schedules);
      expect(setOf(all, classOf).size).toBe(1);
      const some = runExhaustive(program(repeat(n, CELL), ...threads));
      expect(setOf(some, classOf)).toEqual(setOf(all, classOf));
      expect(some.length).toBeLessThanOrEqual(1 + (n - 1) * (n * k - 1));
    },
  );

  it.each([
    [2, 3, 20],
    [3, 2, 90],
  ])(
    "%i threads that write one cell %i times each have %i classes: every schedule is its own",
    (n, k, schedules) => {
      const threads = Array.from({ length: n }, () => thread(...repeat(k, set(1))));
      check(program([CELL], ...threads), { schedules, classes: schedules, runs: schedules });
    },
  );

  it("takes any order of reads for one", () => {
    const reader = thread(...repeat(3, get(1)));
    check(program([CELL], reader, reader), { schedules: 20, classes: 1, runs: 4 });
  });

  it("tries both orders of what conflicts, whatever comes before it", () => {
    const [one, other] = [thread(set(1), set(3)), thread(set(2), set(3))];
    check(program(repeat(3, CELL), one, other), { schedules: 6, classes: 2, runs: 3 });
  });

  it("finds the two orders of two critical sections", () => {
    const section = thread(lock(2), get(1), set(1), unlock(2));
    check(program([CELL, MUTEX], section, section), { schedules: 6, classes: 2, runs: 6 });
  });

  it("finds both orders of two sends, and each place where a receiver can find nothing", () => {
    const main: Script = function* () {
      yield CHANNEL;
      for (const payload of [1, 2])
        yield { call: "spawn", captures: "s1", body: thread({ call: "send", a: 1, payload }) };
      yield { call: "tryRecv", a: 2 };
    };
    check(main, { schedules: 6, classes: 6, runs: 6 });
    expect(setOf(runExhaustive(main), (run) => run.observed.slice(0, 18)).size).toBe(3);
  });

  it("polls the woken tasks of an executor in every order", () => {
    const main: Script = function* () {
      for (let i = 0; i < 3; i++) yield { call: "taskNew", payload: "s\n" };
      for (let i = 0; i < 3; i++) {
        yield { call: "taskNext", a: 1 };
        yield { call: "taskEnd", payload: "u" };
      }
    };
    check(main, { schedules: 6, classes: 6, runs: 6 });
  });

  it("tries every number and every waiter", () => {
    const waiter = thread(lock(1), { call: "wait", a: 2, b: 1, payload: 0 }, unlock(1));
    const notifier = thread({ call: "sleep", a: 1 }, { call: "notifyOne", a: 2 });
    const numbers = thread({ call: "pick", a: 3 }, { call: "pick", a: 2 });
    expect(runExhaustive(program([], numbers))).toHaveLength(6);
    const main = program([MUTEX, { call: "condvarNew" }], waiter, waiter, waiter, notifier);
    const notified = runExhaustive(main).flatMap(({ kernel }) =>
      kernel.choices.filter((choice) => choice.kind === "waiter").map((choice) => choice.thread),
    );
    expect(new Set(notified)).toEqual(new Set([1, 2, 3]));
  });

  it("counts what it ran, and says so when that was everything", () => {
    const strategy = new Exhaustive();
    const runs = runStrategy(program([CELL], thread(set(1), set(1)), thread(set(1), set(1))), strategy);
    expect(runs).toHaveLength(6);
    expect(strategy.coverage()).toEqual({ preemptions: Infinity, schedules: 6, everything: true });
    expect(strategy.begin()).toBeUndefined();
  });

  it("claims nothing before its end, and nothing where chance had to end a spin-wait", () => {
    const strategy = new Exhaustive();
    const spin: Script = function* () {
      while ((yield get(1)).reply === 0);
    };
    const run = runSmall(program([CELL], spin, thread(set(1))), strategy.begin() ?? raise());
    expect(run.kernel.choices.length).toBeGreaterThan(FAIR_AFTER);
    expect(run.kernel.failure).toBeNull();
    expect(strategy.coverage().everything).toBe(false);
  });

  it("notices a program that asks other questions than before", () => {
    const strategy = new Exhaustive();
    const [two, three] = [2, 3].map((n) =>
      program([CELL], ...Array.from({ length: n }, () => thread(set(1)))),
    );
    for (const [main, fits] of [
      [two, true],
      [three, false],
    ] as const) {
      const run = runSmall(main ?? raise(), strategy.begin() ?? raise());
      expect(strategy.end(resultOf(run))).toBe(fits);
    }
  });
});

describe("what sleep sets leave out", () => {
  it("is no answer that a program can be given, and no class, on random programs", () => {
    let schedules = 0;
    let runs = 0;
    for (const main of fc.sample(randomProgram, { numRuns: 60, seed: 2 })) {
      const all = enumerateAll(main, {}, 400);
      if (all === undefined) continue;
      const some = runExhaustive(main);
      expect(setOf(some, (run) => run.observed)).toEqual(setOf(all, (run) => run.observed));
      expect(setOf(some, classOf)).toEqual(setOf(all, classOf));
      schedules += all.length;
      runs += some.length;
    }
    expect(schedules).toBeGreaterThan(1_500);
    expect(runs).toBeLessThan(schedules / 2);
  });

  // What comes last is a number: it is tried once only where the run is taken for one that has been made before.
  const NUMBER: Call = { call: "pick", a: 2 };

  /** Everything that the program can be answered, `count` things, is found. */
  function checkAnswers(main: Script, count: number, rules: Rules = {}): void {
    const all = enumerateAll(main, rules) ?? [];
    expect(setOf(all, (run) => run.observed).size).toBe(count);
    expect(setOf(runExhaustive(main, rules), (run) => run.observed)).toEqual(
      setOf(all, (run) => run.observed),
    );
  }

  // Each of these is lost where a step is taken for the call that it begins with, or for one that ends where it ended before.
  it("is not an unlock that is one step with what comes before", () => {
    const holder = thread(lock(3), set(1), unlock(3), NUMBER);
    checkAnswers(program([CELL, CELL, MUTEX], holder, thread(set(2), { call: "tryLock", a: 3 }, NUMBER)), 10);
  });

  it("is not an unlock that is a step of its own once another thread could tell", () => {
    const one: Script = function* () {
      if ((yield { call: "tryLock", a: 2 }).status === STATUS.ok) yield unlock(2);
    };
    checkAnswers(program([CELL, MUTEX], one, thread(set(1), { call: "tryLock", a: 2 }, NUMBER)), 6);
  });

  it("is not the end of a thread", () => {
    const asks = thread(set(2), { call: "isFinished", a: 1 }, NUMBER);
    checkAnswers(program([CELL, CELL], thread(set(1), NUMBER), asks), 8);
  });

  it("is not the first call of a thread", () => {
    checkAnswers(program([CELL], thread(set(1), NUMBER), thread(get(1), NUMBER)), 8);
  });

  it("is not a yield that any step lets go on, also one that does nothing", () => {
    const main: Script = function* () {
      yield CELL;
      yield MUTEX;
      yield lock(2);
      yield { call: "spawn", body: thread(lock(2)) };
      yield { call: "spawn", body: thread({ call: "yieldNow" }, get(1), NUMBER) };
      yield set(1);
    };
    checkAnswers(main, 4);
  });

  it("is not a number that is given out", () => {
    const makes = (payload: number): Script => thread({ call: "cellNew", payload }, get(1), NUMBER);
    checkAnswers(program([], makes(1), makes(2)), 8);
  });

  it("is not what a waker of the program's own carries on to another channel", () => {
    const main: Script = function* () {
      yield CHANNEL;
      yield CHANNEL;
      const waker = yield { call: "wakerNew", a: 1, b: 1, payload: 7 };
      yield { call: "recv", a: 4, waker: Number(waker.reply) };
      yield CELL;
      yield { call: "spawn", captures: "s3", body: thread({ call: "send", a: 3, payload: 1 }, set(4)) };
      yield { call: "spawn", captures: "s2", body: thread({ call: "tryRecv", a: 2 }, get(4)) };
      for (const a of [1, 2]) yield { call: "join", a };
    };
    checkAnswers(main, 4);
  });

  it("is nothing where every call occupies a core that others wait for", () => {
    const reads = (cell: number): Script => thread(get(cell), { call: "now" });
    const main = program(repeat(3, CELL), reads(1), reads(2), thread(get(3), { call: "now" }, NUMBER));
    checkAnswers(main, 6, { callCostNs: 10, cores: 2 });
  });

  it("is no order in which the clock may move, where it may be late", () => {
    const now = thread(set(2), { call: "now" }, NUMBER);
    checkAnswers(program([CELL, CELL], thread({ call: "sleep", a: 5 }, get(1), NUMBER), now), 8, {
      clock: "late",
    });
  });
});

function raise(): never {
  throw new Error("there is none");
}
