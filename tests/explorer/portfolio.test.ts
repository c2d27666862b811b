import { describe, expect, it } from "vitest";
import { CALLS } from "#abi";
import {
  boundMissed,
  describeProof,
  NO_COVERAGE,
  Portfolio,
  resolveSearch,
  search,
  STRATEGY_NAMES,
  type Evidence,
  type SearchOptions,
  type StrategyName,
} from "#explorer";
import type { ChoicePoint } from "#kernel";
import { busyThreads, idleThreads, lostUpdate, ModelMachine, type Model } from "./model.ts";

const OPTIONS: SearchOptions = { entry: { kind: "main" }, programHash: "0a1b2c3d".padEnd(64, "0") };
const LEARNED = { threads: 2, choices: 7, eventsOf: [4, 4] };

const FOUR_TASKS: ChoicePoint = {
  kind: "task",
  threads: [0, 0, 0, 0],
  calls: [CALLS.taskNext, CALLS.taskNext, CALLS.taskNext, CALLS.taskNext],
  objects: [1, 2, 3, 4],
  current: 0,
  preferred: 0,
};

function find(model: Model, options: Partial<SearchOptions> = {}) {
  return search(new ModelMachine(model), { ...OPTIONS, ...options });
}

function turns(strategy: StrategyName, count: number): string[] {
  const portfolio = new Portfolio(resolveSearch({ ...OPTIONS, strategy }), LEARNED);
  return Array.from({ length: count }, (_, run) => {
    const { sampler, own } = portfolio.turn(run);
    return `${sampler.name} ${own}`;
  });
}

describe("the sampled part", () => {
  it("of the pipeline gives each sampler its turn, with a number of its own", () => {
    expect(turns("pipeline", 6)).toEqual([
      "random 0",
      "uniform 0",
      "pos 0",
      "pct 0",
      "random 1",
      "uniform 1",
    ]);
  });

  it("of one strategy is that alone", () => {
    expect(turns("pos", 3)).toEqual(["pos 0", "pos 1", "pos 2"]);
  });

  it("lets no two samplers draw the same numbers: of tasks they would all pick the same", () => {
    const portfolio = new Portfolio(resolveSearch(OPTIONS), LEARNED);
    const picks = [0, 1, 2, 3].map((run) => {
      const { sampler, own } = portfolio.turn(run);
      const chooser = sampler.chooser(own);
      return Array.from({ length: 20 }, () => chooser.choose(FOUR_TASKS)).join("");
    });
    expect(new Set(picks).size).toBe(4);
  });
});

describe("each strategy", () => {
  const finding = STRATEGY_NAMES.filter((name) => !["pipeline", "fifo"].includes(name));

  it.each(finding)("%s finds a lost update, with its own runs, the same each time", (strategy) => {
    const found = find(lostUpdate(2), { strategy });
    expect(found).toMatchObject({ outcome: { kind: "check-failed" }, failure: { strategy } });
    expect(find(lostUpdate(2), { strategy })).toEqual(found);
  });

  it.each(["random", "uniform", "pos", "pct"] as const)("%s depends on the seed", (strategy) => {
    const model = { threads: idleThreads(3, 6) };
    const [one, two] = [1, 2].map((seed) => find(model, { strategy, seed, runsMax: 40 }));
    expect(one?.runsHash).not.toBe(two?.runsHash);
    expect(one?.learnHash).toBe(two?.learnHash);
  });

  it("exhaustive proves a program whose steps commute with a run for each choice", () => {
    const found = find({ threads: idleThreads(2, 9) }, { strategy: "exhaustive" });
    expect(found).toMatchObject({ outcome: { kind: "passed" }, complete: true });
    expect(found.runs).toBeLessThan(40);
  });
});

describe("the pipeline", () => {
  it("finishes a small program with exhaustive, and says what that proves", () => {
    const found = find({ threads: idleThreads(2, 9) });
    expect(found).toMatchObject({ outcome: { kind: "passed" }, complete: true });
    expect(found.runs).toBeLessThan(240);
    expect(found.proof).toMatch(
      /^Every schedule passes \(\d+ runs; the others only swap steps that do not affect each other\)\.$/,
    );
  });

  it("does not begin with exhaustive where too many steps conflict", () => {
    expect(find({ threads: busyThreads(2, 3) }, { preemptions: 0 }).proof).toMatch(/^Every schedule passes/);
    const found = find({ threads: busyThreads(2, 4) }, { preemptions: 0 });
    expect(found.proof).toMatch(/^Every schedule without a preemption passes \(2 runs\); 296 more sampled/);
  });

  it("does not begin with exhaustive where the first run has more choices than that has runs", () => {
    const found = find({ threads: idleThreads(2, 80) });
    expect(found).toMatchObject({ runs: 300, complete: true });
    expect(found.proof).toBe(
      "Every schedule with at most 1 preemption passes (160 runs); 138 more sampled at random.",
    );
  });

  it("does not take steps that cost time for such as commute", () => {
    const rules = { callCostNs: 1_000 };
    expect(find({ threads: idleThreads(2, 9) }, { rules }).runs).toBe(300);
    const found = find({ threads: idleThreads(2, 3) }, { rules, strategy: "exhaustive" });
    expect(found.proof).toBe("Every schedule passes (20 runs).");
  });

  it("gives the runs that the systematic part does not use to chance", () => {
    const few = find({ threads: busyThreads(2, 80) }, { preemptions: 0 });
    expect(few.proof).toMatch(
      /^Every schedule without a preemption passes \(2 runs\); 296 more sampled at random\./,
    );
  });
});

describe("a bound for what chance has missed", () => {
  it("is that of the greatest depth that has one", () => {
    expect(boundMissed(LEARNED, { runs: 400, depth: undefined })).toEqual({ depth: 3, probability: 0.46 });
    expect(boundMissed(LEARNED, { runs: 4_000, depth: undefined })).toEqual({ depth: 4, probability: 0.38 });
    expect(boundMissed(LEARNED, { runs: 100, depth: 2 })).toEqual({ depth: 2, probability: 0.01 });
  });

  it("is not told where it says nothing", () => {
    expect(boundMissed(LEARNED, { runs: 8, depth: undefined })).toBeUndefined();
    expect(boundMissed(LEARNED, { runs: 0, depth: 2 })).toBeUndefined();
  });

  it("stands behind the proof of what passed, and nowhere else", () => {
    const evidence: Evidence = {
      verdict: "passed",
      coverage: { preemptions: 2, schedules: 812, everything: false },
      systematic: 812,
      sampled: 400,
      preemptions: 0,
      inconclusive: 0,
      missed: { depth: 3, probability: 0.02 },
    };
    const bound =
      "A bug of depth 3 would be missed with a probability of at most 0.02, if no run is longer than the default one.";
    expect(describeProof(evidence)).toBe(
      `Every schedule with at most 2 preemptions passes (812 runs); 400 more sampled at random. ${bound}`,
    );
    expect(describeProof({ ...evidence, coverage: NO_COVERAGE, systematic: 0 })).toBe(
      `No failing schedule was found: 400 sampled at random. That is no proof. ${bound}`,
    );
    expect(describeProof({ ...evidence, verdict: "failed" })).not.toContain("missed");
    expect(describeProof({ ...evidence, verdict: "open" })).not.toContain("missed");
    const everything = { preemptions: 3, schedules: 20, everything: true };
    expect(describeProof({ ...evidence, coverage: everything })).toBe("Every schedule passes (20 runs).");
  });
});
