import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CALLS } from "#abi";
import {
  costOf,
  createPct,
  createPos,
  createRandom,
  createRepeat,
  describeShrunk,
  isSameFailure,
  FAIR_AFTER,
  learnedFrom,
  parseSchedule,
  Replay,
  search,
  shrink,
  SHRINK_BUDGET,
  type Runnable,
  type Sampler,
  type Shrinking,
  type Shrunk,
  type ShrinkOptions,
} from "#explorer";
import type { LoadedProgram, Outcome, RunResult } from "#machine";
import { fifo, load } from "../engine.ts";
import type { Rules, Script } from "../kernel/fake-guest.ts";
import { lostUpdate, ModelMachine, spinWait, type Model, type ModelStep } from "./model.ts";
import { randomProgram } from "./random-programs.ts";
import { enumerateAll, resultOf, runSmall, type SmallRun } from "./small-programs.ts";

const ENTRY = { kind: "main" } as const;
const OPTIONS: ShrinkOptions = { runOptions: { entry: ENTRY } };

const BEGIN = `
import { spawn } from "std/thread";
import { AtomicBool, Mutex, SharedCell } from "std/sync";
const run = (...bodies: (() => void)[]) => { for (const worker of bodies.map((body) => spawn(body))) worker.join(); };
const times = (count: number, body: () => void) => { for (let i = 0; i < count; i++) body(); };
`;

/** Adds are lost where one thread is left between its read and its write. */
const LOST_UPDATE = `${BEGIN}
export function main() {
  const [counter, other] = [new SharedCell(0), new Mutex(0)];
  const add = () => times(3, () => counter.set(counter.get() + 1));
  const idle = () => times(2, () => { using guard = other.lock(); guard.value++; });
  run(idle, add, add);
  if (counter.get() < 6) throw new Error("lost an update");
}`;

const LOCK_ORDER = `${BEGIN}
export function main() {
  const [a, b, log] = [new Mutex(0), new Mutex(0), new Mutex(0)];
  const note = () => { using guard = log.lock(); guard.value++; };
  const lock = (x: Mutex<number>, y: Mutex<number>) => { note(); using one = x.lock(); using two = y.lock(); };
  run(() => times(2, () => lock(a, b)), () => times(2, () => lock(b, a)), note);
}`;

/** Both flags are seen only by a thread that looks at each while the other thread stands between its writes. */
const BOTH_SEEN = `${BEGIN}
export function main() {
  const [a, b, seen] = [new SharedCell(0), new SharedCell(0), new SharedCell(0)];
  run(
    () => { a.set(1); a.set(0); b.set(1); b.set(0); },
    () => { if (a.get() === 1 && b.get() === 1) seen.set(1); },
  );
  if (seen.get() === 1) throw new Error("both seen");
}`;

/** Fails where the threads are begun in the other order: nobody has to be left. */
const WRONG_ORDER = `${BEGIN}
export function main() {
  const cell = new SharedCell(0);
  run(() => cell.set(1), () => cell.set(2), () => { cell.get(); cell.get(); });
  if (cell.get() !== 2) throw new Error("the first came last");
}`;

/** Ends in a deadlock, in one panic or in another: the second takes more preemptions than the others. */
const THREE_WAYS = `${BEGIN}
export function main() {
  const [a, b] = [new Mutex(0), new Mutex(0)];
  const [x, y, z, seen] = [new SharedCell(0), new SharedCell(0), new SharedCell(0), new SharedCell(0)];
  const add = (cell: SharedCell<number>) => cell.set(cell.get() + 1);
  run(
    () => { { using one = a.lock(); using two = b.lock(); } add(x); y.set(1); y.set(0); z.set(1); z.set(0); },
    () => { { using one = b.lock(); using two = a.lock(); } add(x); if (y.get() === 1 && z.get() === 1) seen.set(1); },
  );
  if (seen.get() === 1) throw new RangeError("seen on the way");
  if (x.get() !== 2) throw new Error("lost an update");
}`;

/** What fails among the first runs of a sampler, where anything does. */
function findFailing(
  runnable: Runnable,
  sampler: Sampler,
  isWanted?: (outcome: Outcome) => boolean,
): RunResult | undefined {
  for (let run = 0; run < (isWanted === undefined ? 200 : 2_000); run++) {
    const result = runnable.run({ entry: ENTRY, chooser: sampler.chooser(run) });
    if (isWanted === undefined ? result.outcome.kind !== "passed" : isWanted(result.outcome)) return result;
  }
  return undefined;
}

function shrinkAll(loaded: LoadedProgram, samplers: readonly Sampler[]): readonly Shrinking[] {
  return samplers.flatMap((sampler) => {
    const failing = findFailing(loaded, sampler);
    return failing === undefined ? [] : [shrinkOne(loaded, failing)];
  });
}

/** Shrinks, and sees to what holds of every shrinking. */
function shrinkOne(runnable: Runnable, failing: RunResult, options: ShrinkOptions = OPTIONS): Shrinking {
  const found = shrink(runnable, failing, options);
  if (found === undefined) throw new Error("nothing was tried");
  const { result, shrunk } = found;
  const chooser = createRepeat(result.choices.map((choice) => choice.picked));
  const again = runnable.run({ ...options.runOptions, chooser });
  expect(again.traceHash).toBe(result.traceHash);
  expect(isSameFailure(result.outcome, failing.outcome)).toBe(true);
  expect(shrunk.preemptions).toBe(costOf(result.choices));
  expect(shrunk.preemptionsBefore).toBe(costOf(failing.choices));
  expect(shrunk.preemptions).toBeLessThanOrEqual(shrunk.preemptionsBefore);
  const isDefault = result.choices.every(({ picked, preferred }) => picked === preferred);
  if (shrunk.preemptions === shrunk.preemptionsBefore && !isDefault)
    expect(shrunk.switches).toBeLessThanOrEqual(shrunk.switchesBefore);
  expect(shrunk.runs).toBeLessThanOrEqual((options.budget ?? SHRINK_BUDGET).runsMax);
  return found;
}

function samplersOf(loaded: LoadedProgram): readonly Sampler[] {
  const learned = learnedFrom(loaded.run({ entry: ENTRY, chooser: fifo }));
  return [1, 2, 3].flatMap((seed) => [createRandom(seed), createPos(seed), createPct(seed, learned, 3)]);
}

describe("a failing schedule that chance has found", () => {
  const twins: [title: string, text: string, kind: string, preemptions: number, switches: number][] = [
    ["a lost update", LOST_UPDATE, "panic", 1, 5],
    ["a deadlock by lock order", LOCK_ORDER, "deadlock", 1, 3],
    ["two flags seen at two moments", BOTH_SEEN, "panic", 3, 6],
    ["threads that begin in the wrong order", WRONG_ORDER, "panic", 0, 4],
  ];

  it.each(twins)("of %s shrinks to the fewest preemptions, whatever the seed", async (...twin) => {
    const [, text, kind, preemptions, switches] = twin;
    const loaded = await load(text);
    const all = shrinkAll(loaded, samplersOf(loaded));
    expect(all.length).toBeGreaterThan(5);
    for (const { result, shrunk } of all) {
      expect(result.outcome.kind).toBe(kind);
      expect(shrunk).toMatchObject({ preemptions, switches, minimal: true });
    }
    expect(all.some(({ shrunk }) => shrunk.preemptionsBefore > preemptions)).toBe(true);
  });
});

describe("the kind of failure", () => {
  it("stays the same where a program fails in several ways", async () => {
    const loaded = await load(THREE_WAYS);
    const ways: [message: RegExp, preemptions: number][] = [
      [/wait/, 1],
      [/lost an update/, 1],
      [/seen on the way/, 3],
    ];
    for (const [message, preemptions] of ways)
      for (const seed of [1, 2, 3]) {
        const isWanted = (outcome: Outcome): boolean => message.test(outcome.message);
        const failing = findFailing(loaded, createRandom(seed), isWanted);
        const found = shrinkOne(loaded, failing ?? raise("the failure was not found"));
        expect(found.result.outcome.message).toMatch(message);
        expect(found.shrunk).toMatchObject({ preemptions, minimal: true });
      }
  });

  const panic: Outcome = { kind: "panic", message: "6 of 10", thread: 0, errorName: "Error" };
  const place = { file: "main.ts", line: 3, column: 1 };
  const pairs: [what: string, a: Outcome, b: Outcome, isSame: boolean][] = [
    ["numbers in the message", panic, { ...panic, message: "7 of 10" }, true],
    ["the message", panic, { ...panic, message: "6 from 10" }, false],
    ["the error", panic, { ...panic, errorName: "RangeError" }, false],
    ["the thread", panic, { ...panic, thread: 1 }, false],
    ["the kind", panic, { ...panic, kind: "check-failed" }, false],
    ["the message, at one place", { ...panic, place }, { ...panic, place, message: "none" }, true],
    ["the line", { ...panic, place }, { ...panic, place: { ...place, line: 4 } }, false],
    ["having a place", panic, { ...panic, place }, false],
    [
      "the thread of a deadlock",
      { ...panic, kind: "deadlock" },
      { ...panic, kind: "deadlock", thread: 2 },
      true,
    ],
  ];
  it.each(pairs)("where %s differs", (_, a, b, isSame) => {
    expect(isSameFailure(a, b)).toBe(isSame);
    expect(isSameFailure(b, a)).toBe(isSame);
  });

  it("that is a bound is left as it was found", async () => {
    const loaded = await load(`${BEGIN} export function main() { for (;;); }`);
    const failing = loaded.run({ entry: ENTRY, chooser: fifo });
    expect(failing.outcome.kind).toBe("out-of-fuel");
    expect(shrink(loaded, failing, OPTIONS)).toBeUndefined();
  });
});

/** Fails on the schedules on which the threads of `main` hear and do what they did in `wanted`. */
function failAs(main: Script, wanted: SmallRun, rules: Rules): Runnable {
  return {
    run({ chooser }) {
      const run = runSmall(main, chooser, rules);
      const kind = run.observed === wanted.observed ? "check-failed" : "passed";
      return { ...resultOf(run), outcome: { kind, message: "", thread: 0 } };
    },
  };
}

describe("against the list of all schedules", () => {
  /** Shrinks some schedules of random programs; counts those known to be minimal. */
  function checkAll(seed: number, numRuns: number, rules: Rules, options: ShrinkOptions) {
    const counts = { shrunk: 0, minimal: 0, least: 0 };
    for (const main of fc.sample(randomProgram, { numRuns, seed })) {
      const all = enumerateAll(main, rules, 300);
      const last = all?.at(-1);
      if (all === undefined || last === undefined) continue;
      for (const wanted of [last, all[all.length >> 1] ?? last]) {
        const { shrunk } = shrinkOne(failAs(main, wanted, rules), toFailing(wanted), options);
        const costs = all
          .filter((run) => run.observed === wanted.observed)
          .map((run) => costOf(run.kernel.choices));
        const least = Math.min(...costs);
        expect(shrunk.preemptions).toBeGreaterThanOrEqual(least);
        if (shrunk.minimal) expect(shrunk.preemptions).toBe(least);
        counts.shrunk += 1;
        counts.minimal += shrunk.minimal ? 1 : 0;
        counts.least += shrunk.preemptions === least ? 1 : 0;
      }
    }
    return counts;
  }

  const toFailing = (run: SmallRun): RunResult => ({
    ...resultOf(run),
    outcome: { kind: "check-failed", message: "", thread: 0 },
  });

  it.each(["idle", "late"] as const)(
    "minimal means minimal, and is known where there is budget: %s",
    (clock) => {
      const budget = { runsMax: 5_000, callsMax: Infinity };
      const { shrunk, minimal } = checkAll(3, 30, { clock }, { ...OPTIONS, budget });
      expect(shrunk).toBeGreaterThan(20);
      expect(minimal).toBe(shrunk);
    },
  );

  it("a small budget is kept, and minimality is not claimed by chance", () => {
    const budget = { runsMax: 12, callsMax: Infinity };
    const { minimal, least } = checkAll(5, 40, {}, { ...OPTIONS, budget });
    expect(minimal).toBeLessThan(least);
    expect(minimal).toBeGreaterThan(0);
  });
});

it("leaves out two turns that only make sense together", async () => {
  const loaded = await load(THREE_WAYS);
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const failing = findFailing(loaded, createRandom(seed), ({ message }) => message.includes("seen"));
    const nothingToConfirm = { ...OPTIONS, passesUpTo: Infinity };
    const { shrunk } = shrinkOne(loaded, failing ?? raise("the failure was not found"), nothingToConfirm);
    expect(shrunk.preemptions).toBeLessThanOrEqual(4);
  }
});

it("costs one for a waiter that is not the default, nothing for a thread that has to be picked", () => {
  const look: ModelStep = { call: CALLS.cellGet, act: () => undefined };
  const machine = new ModelMachine({ threads: [[look], [look]], waiters: 3 });
  const choicesOf = (picks: readonly number[]) =>
    machine.run({ entry: ENTRY, chooser: createRepeat(picks) }).choices;
  expect(
    [
      [0, 0],
      [1, 0],
      [0, 2],
    ].map((picks) => costOf(choicesOf(picks))),
  ).toEqual([0, 0, 1]);
});

describe("the budget", () => {
  it("bounds runs and kernel calls, and nothing is claimed that was not run", async () => {
    const loaded = await load(LOST_UPDATE);
    const failing = findFailing(loaded, createRandom(1)) ?? raise("nothing fails");
    for (const callsMax of [1, 200]) {
      let [runs, calls] = [0, 0];
      const counting: Runnable = {
        run(options) {
          expect(calls < callsMax || runs === 0).toBe(true);
          const result = loaded.run(options);
          runs += 1;
          calls += result.calls;
          return result;
        },
      };
      const found = shrink(counting, failing, { ...OPTIONS, budget: { runsMax: 1_000, callsMax } });
      expect(found?.shrunk.runs).toBe(runs);
      expect(found?.shrunk.minimal).toBe(false);
    }
  });

  it("is not spent on what the search has shown", async () => {
    const loaded = await load(BOTH_SEEN);
    const failing = findFailing(loaded, createRandom(1)) ?? raise("nothing fails");
    const { shrunk: alone } = shrinkOne(loaded, failing);
    const { shrunk: told } = shrinkOne(loaded, failing, { ...OPTIONS, passesUpTo: 2 });
    expect(told).toEqual({ ...alone, runs: told.runs });
    expect(told.runs).toBeLessThan(alone.runs);
  });
});

it("ends at the default schedule where that fails too, however often it switches", async () => {
  const loaded = await load(`${BEGIN}
    export function main() {
      const cell = new SharedCell(0);
      run(() => cell.set(1), () => cell.set(2), () => cell.set(3));
      throw new Error("always");
    }`);
  const failing = findFailing(loaded, createRandom(2)) ?? raise("nothing fails");
  const usual = loaded.run({ entry: ENTRY, chooser: fifo });
  expect(failing.traceHash).not.toBe(usual.traceHash);
  for (const given of [failing, usual]) {
    const { result, shrunk } = shrinkOne(loaded, given);
    expect(result.traceHash).toBe(usual.traceHash);
    expect(shrunk.minimal).toBe(true);
    expect(shrunk.runs).toBeLessThanOrEqual(2);
  }
});

it("gives the same again", async () => {
  const loaded = await load(LOST_UPDATE);
  const failing = findFailing(loaded, createPos(3)) ?? raise("nothing fails");
  const [one, two] = [shrinkOne(loaded, failing), shrinkOne(loaded, failing)];
  expect(two.shrunk).toEqual(one.shrunk);
  expect(two.result.choices).toEqual(one.result.choices);
});

it("moves a switch to an operation on an object", () => {
  const set = (p: number, object = 1): ModelStep => {
    return { call: CALLS.cellSet, object, act: (memory) => void memory.set("p", p) };
  };
  const look: ModelStep = {
    call: CALLS.cellGet,
    act: (memory) => void memory.set("seen", memory.get("p") ?? 0),
  };
  const machine = new ModelMachine({
    threads: [[set(1), set(1, 0), set(1), set(2)], [look]],
    judge: (memory) => (memory.get("seen") === 1 ? "check-failed" : "passed"),
  });
  const picks = [0, 1];
  const failing = machine.run({ entry: ENTRY, chooser: createRepeat(picks) });
  expect(failing.outcome.kind).toBe("check-failed");
  const { result, shrunk } = shrinkOne(machine, failing);
  expect(result.choices.map((choice) => choice.picked)).toEqual([0, 0, 1]);
  expect(shrunk).toMatchObject({ preemptions: 1, switches: 2, switchesBefore: 2, minimal: true });
});

it("lets another thread begin where that saves a switch", () => {
  const isOpen = (memory: Map<string, number>): boolean => memory.get("open") === 1;
  const nothing = (): void => undefined;
  const machine = new ModelMachine({
    threads: [
      [{ call: CALLS.cellSet, act: (memory) => void memory.set("open", 1) }],
      [
        { call: CALLS.cellGet, act: nothing },
        { call: CALLS.lock, act: nothing, enabled: isOpen },
      ],
      [{ call: CALLS.cellGet, act: (memory) => void memory.set("early", isOpen(memory) ? 0 : 1) }],
    ],
    judge: (memory) => (memory.get("early") === 1 ? "check-failed" : "passed"),
  });
  const failing = machine.run({ entry: ENTRY, chooser: createRepeat([1, 1]) });
  const { shrunk } = shrinkOne(machine, failing);
  expect(shrunk).toMatchObject({ preemptions: 0, switchesBefore: 3, switches: 2, minimal: true });
});

it("ends a spin-wait by chance, as every search does, and goes on to what is wrong", () => {
  const [spin = [], store = []] = spinWait().threads;
  const [one = [], two = []] = lostUpdate(2).threads;
  const model: Model = {
    ...lostUpdate(2),
    threads: [
      [...spin, ...one],
      [...store, ...two],
    ],
  };
  const machine = new ModelMachine(model);
  const failing = findFailing(machine, createRandom(1)) ?? raise("nothing fails");
  let calls = 0;
  const counting: Runnable = {
    run(options) {
      const result = machine.run(options);
      calls = Math.max(calls, result.calls);
      return result;
    },
  };
  const { shrunk } = shrinkOne(counting, failing);
  expect(calls).toBeGreaterThan(FAIR_AFTER);
  expect(calls).toBeLessThan(FAIR_AFTER + 100);
  expect(shrunk.preemptions).toBe(2);
});

describe("a search by chance", () => {
  const options = {
    entry: ENTRY,
    programHash: "0a1b2c3d".padEnd(64, "0"),
    strategy: "random",
    seed: 4,
  } as const;

  it("shows the simpler schedule, and says who found the first", async () => {
    const loaded = await load(LOST_UPDATE);
    const { failure, proof, runs, warnings } = search(loaded, options);
    const raw = search(loaded, { ...options, shrink: false });
    expect(failure).toMatchObject({ preemptions: 1, shrunk: { preemptions: 1, switches: 5, minimal: true } });
    expect(proof).toMatch(
      /^The program fails on a schedule with 1 preemption\. Shrunk from \d+ preemptions to 1; no schedule with fewer fails in this way\.$/,
    );
    expect(raw).toMatchObject({ runs, warnings, failure: { shrunk: null } });
    expect(raw.failure?.preemptions).toBe(failure?.shrunk?.preemptionsBefore);
    expect([failure?.strategy, failure?.run]).toEqual([raw.failure?.strategy, raw.failure?.run]);
    const replay = new Replay(parseSchedule(failure?.schedule ?? ""));
    const again = loaded.run({ entry: ENTRY, chooser: replay });
    expect(replay.fits).toBe(true);
    expect(again.traceHash).toBe(failure?.result.traceHash);
    expect(failure?.result.trace).toBeDefined();
  });

  it("asks of what was covered before no schedule again", () => {
    const machine = new ModelMachine(lostUpdate(2));
    const { failure } = search(machine, { ...options, strategy: "bounded" });
    expect(failure).toMatchObject({ run: 5, strategy: "bounded", shrunk: { preemptions: 1, minimal: true } });
  });
});

describe("the sentence about it", () => {
  const shrunk: Shrunk = {
    runs: 9,
    preemptionsBefore: 7,
    switchesBefore: 9,
    preemptions: 1,
    switches: 4,
    minimal: true,
  };
  const sentences: [shrunk: Shrunk | null, sentence: string][] = [
    [shrunk, "Shrunk from 7 preemptions to 1; no schedule with fewer fails in this way."],
    [{ ...shrunk, minimal: false }, "Shrunk from 7 preemptions to 1."],
    [{ ...shrunk, preemptionsBefore: 1, preemptions: 0 }, "Shrunk from 1 preemption to 0."],
    [{ ...shrunk, preemptionsBefore: 1 }, "Shrunk from 9 switches between threads to 4."],
    [{ ...shrunk, preemptionsBefore: 1, switchesBefore: 4 }, ""],
    [null, ""],
  ];
  it.each(sentences)("claims no more than is known: %j", (given, sentence) => {
    expect(describeShrunk(given)).toBe(sentence);
  });
});

function raise(message: string): never {
  throw new Error(message);
}
