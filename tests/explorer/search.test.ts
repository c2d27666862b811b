import { describe, expect, it } from "vitest";
import {
  createFifoChooser,
  parseSchedule,
  Replay,
  parseStrategyName,
  search,
  searchSteps,
  STRATEGY_NAMES,
} from "#explorer";
import type { Departure, SearchOptions } from "#explorer";
import {
  busyThreads,
  idleThreads,
  lockOrder,
  lostUpdate,
  ModelMachine,
  spinWait,
  type Model,
} from "./model.ts";

const HASH = "0a1b2c3d".padEnd(64, "0");

function find(model: Model, options: Partial<SearchOptions> = {}) {
  return search(new ModelMachine(model), { entry: { kind: "main" }, programHash: HASH, ...options });
}

describe("the default search", () => {
  it("finds a lost update with the one preemption it needs", () => {
    const { outcome, failure, proof, complete } = find(lostUpdate(2));
    expect(outcome.kind).toBe("check-failed");
    expect(failure).toMatchObject({ strategy: "bounded", preemptions: 1, run: 5 });
    expect(proof).toBe(
      "The program fails on a schedule with 1 preemption; every schedule without a preemption passes (2 runs).",
    );
    expect(complete).toBe(false);
  });

  it("finds a deadlock by lock order", () => {
    expect(find(lockOrder()).outcome.kind).toBe("deadlock");
  });

  it("passes the twin that locks in one order", () => {
    const [first = []] = lockOrder().threads;
    expect(find({ threads: [first, first] }).outcome.kind).toBe("passed");
  });

  it("says what completed levels prove", () => {
    const result = find({ threads: busyThreads(2, 80) }, { preemptions: 1 });
    expect(result).toMatchObject({ outcome: { kind: "passed" }, runs: 300, complete: true });
    expect(result.proof).toBe(
      "Every schedule with at most 1 preemption passes (160 runs); 138 more sampled at random.",
    );
  });

  it("goes on to more preemptions while its share of the budget allows", () => {
    expect(find({ threads: idleThreads(2, 3) })).toMatchObject({
      runs: 22,
      proof: "Every schedule passes (20 runs).",
    });
    expect(find({ threads: busyThreads(2, 4) }, { runsMax: 50 })).toMatchObject({
      runs: 50,
      complete: true,
      proof: "Every schedule with at most 2 preemptions passes (26 runs); 22 more sampled at random.",
    });
  });

  it("stops where every schedule has been run", () => {
    const result = find({ threads: idleThreads(3, 1) });
    expect(result).toMatchObject({ runs: 8, complete: true, proof: "Every schedule passes (6 runs)." });
  });

  it("says so where there is only one schedule", () => {
    expect(find({ threads: idleThreads(1, 4) })).toMatchObject({
      runs: 3,
      complete: true,
      proof: "The program has only one schedule, and it passes.",
    });
  });

  it("leaves all of the budget to chance that a level would take which cannot be finished", () => {
    const result = find({ threads: idleThreads(3, 4) }, { runsMax: 30 });
    expect(result).toMatchObject({ runs: 30, complete: false });
    expect(result.proof).toBe(
      "Every schedule without a preemption passes (6 runs); 22 more sampled at random.",
    );
  });

  it("begins a level that cannot be finished where it is asked for", () => {
    const result = find({ threads: idleThreads(3, 4) }, { runsMax: 30, preemptions: 1 });
    expect(result.proof).toBe(
      "Every schedule without a preemption passes (6 runs); 10 more tried in order, 12 sampled at random.",
    );
  });

  it("begins no run once the kernel calls are used", () => {
    expect(find({ threads: idleThreads(3, 4) }, { callsMax: 100 })).toMatchObject({ runs: 9, calls: 108 });
  });

  it("yields its progress after each run and can be dropped", () => {
    const machine = new ModelMachine(lostUpdate(2));
    const steps = searchSteps(machine, { entry: { kind: "main" }, programHash: HASH });
    expect(steps.next().value).toEqual({ strategy: "fifo", runs: 1, of: 300, calls: 4, failed: false });
    steps.next();
    expect(steps.next().value).toEqual({ strategy: "bounded", runs: 3, of: 300, calls: 12, failed: false });
    steps.return(undefined as never);
    expect(machine.orders).toHaveLength(3);
  });

  it("does not take a spin-wait for a failure", () => {
    expect(find(spinWait()).outcome.kind).toBe("passed");
  });

  it("counts a run that reached a bound as neither pass nor failure", () => {
    const result = find({ threads: idleThreads(1, 1), judge: () => "inconclusive" });
    expect(result.outcome.kind).toBe("inconclusive");
    expect(result.proof).toBe("3 runs were cut before the end, so nothing is decided.");
  });

  it("shows the first run that reached a bound", () => {
    const judge: NonNullable<Model["judge"]> = (memory) =>
      (memory.get("counter") ?? 0) < 2 ? "inconclusive" : "passed";
    const { outcome, failure } = find({ ...lostUpdate(2), judge });
    expect(outcome.kind).toBe("inconclusive");
    expect(failure).toMatchObject({ outcome, strategy: "bounded", shrunk: null });
    expect(failure?.result.trace).toBeDefined();
  });

  it("prefers a failure to a run that reached a bound", () => {
    const model = lostUpdate(2);
    const judge: NonNullable<Model["judge"]> = (memory) =>
      memory.get("counter") === 2 ? "inconclusive" : "check-failed";
    expect(find({ ...model, judge }).outcome.kind).toBe("check-failed");
  });
});

describe("determinism", () => {
  it("is checked by the first two runs", () => {
    let runs = 0;
    const result = find({ threads: idleThreads(2, 2), noise: () => runs++ });
    expect(result).toMatchObject({ outcome: { kind: "nondeterministic" }, failure: null, runs: 2 });
  });

  it("is checked again for the failing schedule", () => {
    let runs = 0;
    const result = find({ ...lostUpdate(2), noise: () => (runs++ < 5 ? 0 : runs) });
    expect(result).toMatchObject({ outcome: { kind: "nondeterministic" }, failure: null, runs: 5 });
  });

  it("gives the same hashes for the same search and others for another seed", () => {
    const model = { threads: busyThreads(3, 6) };
    const first = find(model);
    expect(find(model)).toEqual(first);
    expect(find(model, { seed: 2 }).runsHash).not.toBe(first.runsHash);
    expect(find(model, { seed: 2 }).learnHash).toBe(first.learnHash);
  });
});

describe("a single strategy", () => {
  it("fifo runs the default schedule and proves nothing more", () => {
    const result = find(lostUpdate(2), { strategy: "fifo" });
    expect(result).toMatchObject({ outcome: { kind: "passed" }, runs: 2, complete: false });
    expect(result.proof).toBe("The default schedule passes; no other was run.");
  });

  it("random finds the lost update with its seed, again and again", () => {
    const first = find(lostUpdate(2), { strategy: "random", seed: 7 });
    expect(first.failure?.strategy).toBe("random");
    expect(find(lostUpdate(2), { strategy: "random", seed: 7 })).toEqual(first);
  });

  it("random proves nothing", () => {
    expect(find({ threads: idleThreads(2, 2) }, { strategy: "random", runsMax: 20 }).proof).toBe(
      "No failing schedule was found: 18 sampled at random. That is no proof.",
    );
  });

  it("bounded with two preemptions covers a model that needs no more", () => {
    const result = find({ threads: idleThreads(2, 2) }, { strategy: "bounded", preemptions: 2 });
    expect(result).toMatchObject({ runs: 8, complete: true, proof: "Every schedule passes (6 runs)." });
  });

  it("that does not exist is named with those that do", () => {
    expect(() => parseStrategyName("foo")).toThrow(
      "`foo` is no strategy; there are pipeline, fifo, random, uniform, pos, pct, bounded, exhaustive.",
    );
    for (const name of STRATEGY_NAMES) expect(parseStrategyName(name)).toBe(name);
  });
});

describe("replay", () => {
  const machine = new ModelMachine(lostUpdate(2));
  const failure = find(lostUpdate(2)).failure;
  const schedule = parseSchedule(failure?.schedule ?? "");

  it("of a failure's schedule gives the same run", () => {
    const replay = new Replay(schedule);
    const result = machine.run({ entry: { kind: "main" }, chooser: replay });
    expect(result.traceHash).toBe(failure?.result.traceHash);
    expect(replay.fits).toBe(true);
  });

  it("of a schedule without departures is the default run", () => {
    const replay = new Replay({ program: "00000000", clock: "idle", departures: [] });
    const result = machine.run({ entry: { kind: "main" }, chooser: replay });
    const fifo = machine.run({ entry: { kind: "main" }, chooser: createFifoChooser() });
    expect(result.traceHash).toBe(fifo.traceHash);
  });

  const [departure] = schedule.departures;
  if (departure === undefined) throw new Error("the failure has no departure");
  const unfit: [title: string, departure: Departure][] = [
    ["at whose choice the thread cannot run", { ...departure, option: 5 }],
    ["at whose choice another thread is asked", { ...departure, spot: { ...departure.spot, thread: 7 } }],
    ["that goes on behind the run's end", { ...departure, choice: 99 }],
    ["whose choice is of another kind", { ...departure, kind: "waiter" }],
  ];
  it.each(unfit)("does not fit a schedule %s", (_, other) => {
    const replay = new Replay({ ...schedule, departures: [other] });
    const result = machine.run({ entry: { kind: "main" }, chooser: replay });
    expect(replay.fits).toBe(false);
    expect(result.outcome.kind).toBe("passed");
  });
});
