import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createRandom,
  createRepeat,
  FAIR_AFTER,
  findLost,
  LOST_BUDGET,
  lostSteps,
  type Lost,
  type LostOptions,
  type Runnable,
} from "#explorer";
import type { Chooser } from "#kernel";
import type { RunResult } from "#machine";
import { fifo, load } from "../engine.ts";
import type { Rules } from "../kernel/fake-guest.ts";
import { randomProgram } from "./random-programs.ts";
import { enumerateAll, resultOf, runSmall } from "./small-programs.ts";

const ENTRY = { kind: "main" } as const;
const OPTIONS: LostOptions = { runOptions: { entry: ENTRY } };
const AMPLE: LostOptions = { ...OPTIONS, budget: { runsMax: 5_000, callsMax: Infinity } };

/** One schedule of a program: what was picked of how many options, and whether it passes. */
interface Leaf {
  readonly picks: readonly number[];
  readonly options: readonly number[];
  readonly passes: boolean;
  readonly result: RunResult;
}

/** Every schedule, by brute force. */
function listAll(runnable: Runnable, rules: Rules = {}): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const prefixes: number[][] = [[]];
  for (let prefix = prefixes.pop(); prefix !== undefined; prefix = prefixes.pop()) {
    const known = prefix;
    let asked = 0;
    const result = runnable.run({ entry: ENTRY, rules, chooser: { choose: () => known[asked++] ?? 0 } });
    const [picks, options] = [
      result.choices.map((one) => one.picked),
      result.choices.map((one) => one.options),
    ];
    leaves.push({ picks, options, passes: result.outcome.kind === "passed", result });
    if (leaves.length > 6_000) throw new Error("too many schedules");
    for (let at = known.length; at < options.length; at++)
      for (let pick = 1; pick < (options[at] ?? 0); pick++) prefixes.push([...picks.slice(0, at), pick]);
  }
  return leaves;
}

function shared(a: readonly number[], b: readonly number[]): number {
  const parted = a.findIndex((pick, at) => pick !== b[at]);
  return parted < 0 ? a.length : parted;
}

/** The shortest prefix of the schedule that none has which passes. */
function certainOf(leaves: readonly Leaf[], picks: readonly number[]): number {
  const passing = leaves.filter((leaf) => leaf.passes).map((leaf) => shared(picks, leaf.picks) + 1);
  return Math.max(0, ...passing);
}

/** The probability that a random walk from there on fails. */
function shareOf(leaves: readonly Leaf[], prefix: readonly number[]): number {
  let [failing, all] = [0, 0];
  for (const leaf of leaves) {
    if (shared(prefix, leaf.picks) < prefix.length) continue;
    const weight = leaf.options.slice(prefix.length).reduce((rest, options) => rest / options, 1);
    all += weight;
    if (!leaf.passes) failing += weight;
  }
  return failing / all;
}

/** How many walks failed of those that a curve tells of, and how many should have by the list of all schedules. */
class Tally {
  #failed = 0;
  #expected = 0;
  #variance = 0;

  add({ curve, certainFrom, ways }: Lost, leaves: readonly Leaf[], picks: readonly number[]): void {
    expect(curve.at(-1)).toEqual({ choices: certainFrom, failing: ways, runs: ways });
    for (const { choices, failing, runs } of curve.slice(0, -1)) {
      expect(choices).toBeLessThan(certainFrom);
      const share = shareOf(leaves, picks.slice(0, choices));
      const variance = runs * share * (1 - share);
      const where = `after ${choices} of ${picks.join("")}`;
      expect(Math.abs(failing - runs * share), where).toBeLessThanOrEqual(4 * Math.sqrt(variance) + 1e-9);
      this.#failed += failing;
      this.#expected += runs * share;
      this.#variance += variance;
    }
  }

  /** How many standard deviations the sum is off. */
  get deviation(): number {
    return Math.abs(this.#failed - this.#expected) / Math.sqrt(this.#variance);
  }
}

const BEGIN = `
import { spawn } from "std/thread";
import { AtomicBool, Condvar, Mutex, SharedCell } from "std/sync";
const run = (...bodies: (() => void)[]) => { for (const worker of bodies.map((body) => spawn(body))) worker.join(); };
`;

const LOST_UPDATE = `${BEGIN}
export function main() {
  const counter = new SharedCell(0);
  const add = () => counter.set(counter.get() + 1);
  run(add, add);
  if (counter.get() < 2) throw new Error("lost an update");
}`;

const CROSSED_LOCKS = `${BEGIN}
export function main() {
  const [a, b] = [new Mutex(0), new Mutex(0)];
  run(
    () => { using one = a.lock(); using two = b.lock(); },
    () => { using one = b.lock(); using two = a.lock(); },
  );
}`;

const LOST_WAKE_UP = `${BEGIN}
export function main() {
  const [ready, done, changed] = [new AtomicBool(false), new Mutex(0), new Condvar()];
  run(
    () => { if (!ready.load()) { using guard = done.lock(); changed.wait(guard); } },
    () => { ready.store(true); changed.notifyAll(); },
  );
}`;

/** The value that is written last decides, and nothing before it. */
const LAST_WORD = `${BEGIN}
export function main() {
  const cell = new SharedCell(0);
  run(() => { cell.get(); cell.set(1); }, () => { cell.get(); cell.set(2); });
  if (cell.get() === 1) throw new Error("the first came last");
}`;

const TASKS = `
import { type Async, blockOn, spawn, yieldNow } from "rt";
export function main() {
  let count = 0;
  function* add(): Async<void> { const seen = count; yield* yieldNow(); count = seen + 1; }
  blockOn((function* (): Async<void> {
    const tasks = [spawn(add()), spawn(add())];
    for (const task of tasks) yield* task;
    if (count < 2) throw new Error("lost an update");
  })());
}`;

describe("against the list of all schedules", () => {
  it.each([
    ["a lost update", LOST_UPDATE],
    ["crossed locks", CROSSED_LOCKS],
    ["a lost wake-up", LOST_WAKE_UP],
    ["the last word", LAST_WORD],
    ["tasks that yield between a read and a write", TASKS],
  ])("every failing run of %s was lost where no schedule with that beginning passes", async (_, text) => {
    const loaded = await load(text);
    const leaves = listAll(loaded);
    const failing = leaves.filter((leaf) => !leaf.passes);
    const every = Math.ceil(failing.length / 40);
    const tally = new Tally();
    for (const [seed, { picks, result }] of failing.filter((_leaf, i) => i % every === 0).entries()) {
      const lost = findLost(loaded, result, { ...AMPLE, seed }) ?? raise("nothing was said");
      expect(lost.proved).toBe(true);
      expect(lost.certainFrom, picks.join("")).toBe(certainOf(leaves, picks));
      tally.add(lost, leaves, picks);
    }
    expect(tally.deviation).toBeLessThan(4);
    expect(failing.length).toBeGreaterThan(0);
    expect(failing.length).toBeLessThan(leaves.length);
  });

  it("where calls cost time nothing commutes, and every way to go on is run", async () => {
    const loaded = await load(`${BEGIN}
      export function main() {
        const [counter, a, b] = [new SharedCell(0), new SharedCell(0), new SharedCell(0)];
        const add = () => counter.set(counter.get() + 1);
        run(() => { add(); a.set(1); }, () => { add(); b.set(1); });
        if (counter.get() < 2) throw new Error("lost an update");
      }`);
    const rules = { callCostNs: 1_000 };
    const leaves = listAll(loaded, rules);
    const { picks, result } = leaves.find((leaf) => !leaf.passes) ?? raise("nothing fails");
    const lost = findLost(loaded, result, { ...AMPLE, runOptions: { entry: ENTRY, rules } });
    const certain = certainOf(leaves, picks);
    const ways = leaves.filter((leaf) => shared(picks.slice(0, certain), leaf.picks) === certain);
    const traces = new Set(ways.map((leaf) => leaf.result.traceHash));
    expect(lost).toMatchObject({ certainFrom: certain, proved: true, ways: traces.size });
    expect(traces.size).toBeGreaterThan(2);
  });

  /** Fails where a small program's threads hear and do what they did in one of its runs. */
  function* listSmall(seed: number, rules: Rules): Generator<{ runnable: Runnable; wanted: RunResult }> {
    for (const main of fc.sample(randomProgram, { numRuns: 40, seed })) {
      const all = enumerateAll(main, rules, 300) ?? [];
      for (const wanted of new Set([all.at(-1), all[all.length >> 1]])) {
        if (wanted === undefined) continue;
        const toResult = (run: typeof wanted): RunResult => {
          const kind = run.observed === wanted.observed ? "check-failed" : "passed";
          return { ...resultOf(run), outcome: { kind, message: "", thread: 0 } };
        };
        const runnable = {
          run: ({ chooser }: { chooser: typeof fifo }) => toResult(runSmall(main, chooser, rules)),
        };
        yield { runnable, wanted: toResult(wanted) };
      }
    }
  }

  it.each(["idle", "late"] as const)("what is proved is so: %s", (clock) => {
    const counts = { proved: 0, later: 0 };
    for (const { runnable, wanted } of listSmall(clock === "idle" ? 3 : 4, { clock })) {
      const lost = findLost(runnable, wanted, AMPLE) ?? raise("nothing was said");
      const picks = wanted.choices.map((choice) => choice.picked);
      const certain = certainOf(listAll(runnable), picks);
      expect(lost).toMatchObject({ certainFrom: certain, proved: true });
      counts.proved += 1;
      counts.later += certain > 0 ? 1 : 0;
    }
    expect(counts.proved).toBeGreaterThan(30);
    expect(counts.later).toBeGreaterThan(20);
  });

  it("with a small budget it is told too early at worst, and only proved where it is right", () => {
    const counts = { told: 0, proved: 0, right: 0 };
    const budget = { runsMax: 40, callsMax: Infinity };
    for (const { runnable, wanted } of listSmall(5, {})) {
      const lost = findLost(runnable, wanted, { ...OPTIONS, budget });
      if (lost === undefined) continue;
      const certain = certainOf(
        listAll(runnable),
        wanted.choices.map((choice) => choice.picked),
      );
      expect(lost.certainFrom).toBeLessThanOrEqual(certain);
      if (lost.proved) expect(lost.certainFrom).toBe(certain);
      expect(lost.runs).toBeLessThanOrEqual(budget.runsMax);
      counts.told += 1;
      counts.proved += lost.proved ? 1 : 0;
      counts.right += lost.certainFrom === certain ? 1 : 0;
    }
    expect(counts.told).toBeGreaterThan(30);
    expect(counts.proved).toBeLessThan(counts.told);
    expect(counts.right).toBeGreaterThan(counts.told / 2);
  });
});

describe("a failure that no schedule avoids", () => {
  it("was lost from the start: one schedule", async () => {
    const loaded = await load(`export function main() { throw new Error("always"); }`);
    const lost = findLost(loaded, loaded.run({ entry: ENTRY, chooser: fifo }), OPTIONS);
    expect(lost).toEqual({
      certainFrom: 0,
      proved: true,
      ways: 1,
      curve: [{ choices: 0, failing: 1, runs: 1 }],
      runs: 2,
    });
  });

  it("was lost from the start: many schedules, as far as was tried", async () => {
    const loaded = await load(`${BEGIN}
      export function main() {
        const cell = new SharedCell(0);
        const look = () => { for (let i = 0; i < 8; i++) cell.set(cell.get() + 1); };
        run(look, look, look);
        throw new Error("always");
      }`);
    const lost =
      findLost(loaded, loaded.run({ entry: ENTRY, chooser: fifo }), OPTIONS) ?? raise("nothing was said");
    expect(lost).toMatchObject({ certainFrom: 0, proved: false });
    expect(lost.ways).toBeGreaterThan(60);
    expect(lost.curve).toEqual([{ choices: 0, failing: lost.ways, runs: lost.ways }]);
  });
});

it("a failure that the end decides was lost with the last choice that lets a thread write", async () => {
  const loaded = await load(LAST_WORD);
  const leaves = listAll(loaded);
  for (const { picks, result } of leaves.filter((leaf) => !leaf.passes)) {
    const lost = findLost(loaded, result, OPTIONS) ?? raise("nothing was said");
    expect(lost.certainFrom).toBeGreaterThanOrEqual(picks.length - 1);
  }
});

/** Two threads add to a counter, and a third makes the run long. */
function longRace(rounds: number): string {
  return `${BEGIN}
export function main() {
  const [counter, noise] = [new SharedCell(0), new SharedCell(0)];
  const add = () => { for (let i = 0; i < ${rounds}; i++) noise.get(); counter.set(counter.get() + 1); };
  run(add, add, () => { for (let i = 0; i < ${rounds}; i++) noise.set(i); });
  if (counter.get() < 2) throw new Error("lost an update");
}`;
}

async function findLong(rounds: number): Promise<{ loaded: Runnable; failing: RunResult }> {
  const loaded = await load(longRace(rounds));
  const random = createRandom(7);
  for (let run = 0; run < 400; run++) {
    const failing = loaded.run({ entry: ENTRY, chooser: random.chooser(run) });
    if (failing.outcome.kind === "panic") return { loaded, failing };
  }
  throw new Error("nothing fails");
}

/** Walks that were not part of the search: none passes from there on, and one does from the choice before. */
function expectLost(loaded: Runnable, failing: RunResult, certainFrom: number): void {
  const picks = failing.choices.map((choice) => choice.picked);
  const random = createRandom(99);
  const passes = (prefix: number, run: number): boolean => {
    const [repeat, walk] = [createRepeat(picks), random.chooser(run)];
    let asked = 0;
    const chooser: Chooser = { choose: (point) => (asked++ < prefix ? repeat : walk).choose(point) };
    return loaded.run({ entry: ENTRY, chooser }).outcome.kind === "passed";
  };
  const runs = Array.from({ length: 60 }, (_, run) => run);
  expect(runs.some((run) => passes(certainFrom, run))).toBe(false);
  expect(runs.some((run) => passes(certainFrom - 1, run))).toBe(true);
}

describe("a long run", () => {
  it("has a curve of some two dozen points, and none passes that goes on from where it was lost", async () => {
    const { loaded, failing } = await findLong(40);
    const lost = findLost(loaded, failing, OPTIONS) ?? raise("nothing was said");
    expect(failing.choices.length).toBeGreaterThan(100);
    expect(lost.curve.length).toBeLessThanOrEqual(25);
    expect(lost.curve.length).toBeGreaterThan(4);
    expectLost(loaded, failing, lost.certainFrom);
  });

  it("is followed beyond the choices after which searches leave things to chance", async () => {
    const { loaded, failing } = await findLong(500);
    const budget = { runsMax: 300, callsMax: Infinity };
    const lost = findLost(loaded, failing, { ...OPTIONS, budget }) ?? raise("nothing was said");
    expect(lost.certainFrom).toBeGreaterThan(FAIR_AFTER);
    expectLost(loaded, failing, lost.certainFrom);
  });
});

describe("the budget", () => {
  it.each([30, 2_000, LOST_BUDGET.callsMax])(
    "of %i kernel calls is kept: no run is begun beyond",
    async (callsMax) => {
      const { loaded, failing } = await findLong(40);
      let [runs, calls] = [0, 0];
      const counting: Runnable = {
        run(options) {
          expect(calls).toBeLessThan(callsMax);
          const result = loaded.run(options);
          runs += 1;
          calls += result.calls;
          return result;
        },
      };
      const lost = findLost(counting, failing, { ...OPTIONS, budget: { runsMax: 250, callsMax } });
      expect(runs).toBeLessThanOrEqual(250);
      expect(lost === undefined).toBe(callsMax < 10_000 && lost === undefined);
      if (lost !== undefined) expect(lost.runs).toBe(runs);
    },
  );

  it("is spent one run at a time, so that whoever asks can stop", async () => {
    const loaded = await load(LOST_UPDATE);
    const failing = listAll(loaded).find((leaf) => !leaf.passes)?.result ?? raise("nothing fails");
    let runs = 0;
    const counting: Runnable = {
      run(options) {
        runs += 1;
        return loaded.run(options);
      },
    };
    let yields = 0;
    for (const _ of lostSteps(counting, failing, OPTIONS)) {
      yields += 1;
      expect(runs).toBe(yields);
    }
    expect(runs).toBe(yields);
  });
});

it("gives the same again, and other walks with another seed", async () => {
  const { loaded, failing } = await findLong(12);
  const one = findLost(loaded, failing, OPTIONS);
  expect(findLost(loaded, failing, OPTIONS)).toEqual(one);
  expect(findLost(loaded, failing, { ...OPTIONS, seed: 2 })?.curve).not.toEqual(one?.curve);
});

describe("nothing is said", () => {
  it("of a run that passes, that reached a bound, or that does not come back", async () => {
    const loaded = await load(LOST_UPDATE);
    const failing = listAll(loaded).find((leaf) => !leaf.passes)?.result ?? raise("nothing fails");
    expect(findLost(loaded, loaded.run({ entry: ENTRY, chooser: fifo }), OPTIONS)).toBeUndefined();
    const cut = { ...failing, outcome: { ...failing.outcome, kind: "out-of-fuel" } } as const;
    expect(findLost(loaded, cut, OPTIONS)).toBeUndefined();
    expect(findLost(loaded, { ...failing, traceHash: "0" }, OPTIONS)).toBeUndefined();
  });

  it("of what a bound hides: such a run counts neither as passing nor as failing", async () => {
    const { loaded, failing } = await findLong(12);
    const cutting: Runnable = {
      run(options) {
        const result = loaded.run(options);
        if (result.traceHash === failing.traceHash) return result;
        return { ...result, outcome: { kind: "over-limit", message: "", thread: 0 } };
      },
    };
    expect(findLost(cutting, failing, OPTIONS)).toBeUndefined();
  });
});

function raise(message: string): never {
  throw new Error(message);
}
