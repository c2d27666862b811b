import { describe, expect, it } from "vitest";
import { findBug, search, type SearchOptions, type SearchResult } from "#explorer";
import { load } from "../engine.ts";
import { idleThreads, lostUpdate, ModelMachine, type Model } from "./model.ts";

/** Waits for the worker by the clock alone. */
const SLEEPS = `
import { sleep, spawn } from "std/thread";
import { SharedCell } from "std/sync";
import { assertEq } from "std/assert";
export function main() {
  const done = new SharedCell(0);
  spawn(() => { done.set(1); });
  sleep(100);
  assertEq(done.get(), 1);
}
`;

const JOINS = SLEEPS.replace("spawn(", "const worker = spawn(").replace(
  "sleep(100)",
  "sleep(100); worker.join()",
);

const HASH = "0a1b2c3d".padEnd(64, "0");
const passes = () => "passed" as const;

async function explore(text: string, options: Partial<SearchOptions> = {}): Promise<SearchResult> {
  const loaded = await load(text);
  return search(loaded, { entry: { kind: "main" }, programHash: loaded.program.hash, ...options });
}

function find(model: Model, options: Partial<SearchOptions> = {}): SearchResult {
  return search(new ModelMachine(model), { entry: { kind: "main" }, programHash: HASH, ...options });
}

describe("a search", () => {
  it("fails a program that is correct only by timing, and says so", async () => {
    const { outcome, failure, proof } = await explore(SLEEPS);
    expect(outcome.kind).toBe("panic");
    expect(failure).toMatchObject({ clock: "late", preemptions: 1 });
    expect(proof).toMatch(
      /^Correct only by timing: it fails where a timer fires late\. Where none does: the program has only one schedule, and it passes\.$/,
    );
  });

  it("names the sleep that puts nothing in order", async () => {
    const loaded = await load(SLEEPS);
    const { failure } = search(loaded, { entry: { kind: "main" }, programHash: loaded.program.hash });
    expect(failure && findBug(failure.result, loaded.program)?.name).toBe("sleep-as-synchronisation");
  });

  it("passes its twin that joins, and says what that proves of late timers", async () => {
    const { outcome, proof } = await explore(JOINS);
    expect(outcome.kind).toBe("passed");
    expect(proof).toMatch(
      /^The program has only one schedule, and it passes\. So does every one on which timers fire late \(\d+ runs\)\.$/,
    );
  });

  it("looks at one clock rule only where it is told which", async () => {
    const idle = await explore(SLEEPS, { rules: { clock: "idle" } });
    expect(idle.outcome.kind).toBe("passed");
    expect(idle.proof).not.toMatch(/timing|late/);
    const late = await explore(SLEEPS, { rules: { clock: "late" } });
    expect(late).toMatchObject({ outcome: { kind: "panic" }, failure: { clock: "late" } });
    expect(late.proof).not.toContain("timing");
  });

  it("keeps nothing for late timers where nobody waits for time", async () => {
    const { runs, proof } = find({ threads: idleThreads(3, 12) });
    expect(runs).toBe(300);
    expect(proof).not.toContain("late");
  });

  it("looks at late timers in the pipeline only", () => {
    const model = { threads: idleThreads(2, 2), judgeLate: () => "check-failed" as const };
    expect(find(model).outcome.kind).toBe("check-failed");
    for (const strategy of ["fifo", "random", "bounded", "exhaustive"] as const)
      expect(find(model, { strategy }).outcome.kind, strategy).toBe("passed");
  });
});

describe("the runs with late timers", () => {
  const timed: Model = { threads: idleThreads(3, 12), judgeLate: passes };

  it("are 15 of 100 where the whole budget is used", () => {
    const { runs, proof } = find(timed);
    expect(runs).toBe(300);
    expect(proof).toContain("45 runs more with late timers found no failure.");
    const untimed = find({ threads: idleThreads(3, 12) });
    const sampled = (text: string) => Number(/(\d+) (?:more )?sampled/.exec(text)?.[1]);
    expect(sampled(untimed.proof) - sampled(proof)).toBe(45);
  });

  it("have a share of the kernel calls too", () => {
    const { calls, proof } = find(timed, { callsMax: 2_000 });
    expect(calls).toBeLessThan(2_100);
    expect(proof).toMatch(/8 runs more with late timers/);
  });

  it("come after all others: what fails without late timers is told as that", () => {
    const both = find({ ...lostUpdate(2), judgeLate: () => "check-failed" });
    expect(both).toMatchObject({ outcome: { kind: "check-failed" }, failure: { clock: "idle" } });
    expect(both.proof).not.toContain("timing");
  });

  it("leave the search undecided where they reach a bound", () => {
    const { outcome, failure } = find({ threads: idleThreads(2, 2), judgeLate: () => "inconclusive" });
    expect(outcome.kind).toBe("inconclusive");
    expect(failure?.clock).toBe("late");
  });

  it("count as runs, and change the hash over them", () => {
    const few: Model = { threads: idleThreads(2, 2) };
    const without = find(few);
    const withLate = find({ ...few, judgeLate: passes });
    expect(withLate.runs).toBeGreaterThan(without.runs);
    expect(withLate.runsHash).not.toBe(without.runsHash);
    expect(withLate.complete).toBe(true);
  });
});
