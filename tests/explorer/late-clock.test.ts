import { beforeAll, describe, expect, it } from "vitest";
import { CALLS } from "#abi";
import { createEngine } from "#cli";
import { Bounded, encodeSchedule, Exhaustive, follow, parseSchedule, Scribe, type Strategy } from "#explorer";
import type { Engine } from "#grade";
import type { RunResult, RunRules } from "#machine";

const ENTRY = { kind: "main" } as const;

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

/** The same, which waits for its end. */
const JOINS = SLEEPS.replace("spawn(", "const worker = spawn(").replace(
  "sleep(100)",
  "sleep(100); worker.join()",
);

/** A timeout that is long enough only where nobody is kept waiting. */
const TIMES_OUT = `
import { spawn } from "std/thread";
import { channel } from "std/sync";
import { assert } from "std/assert";
export function main() {
  const [tx, rx] = channel<number>();
  spawn(() => { tx.send(1); });
  assert(rx.recvTimeout(1_000).ok, "nothing came");
}
`;

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine(() => undefined);
});

/** Every run that the strategy makes of a program, with what replays it as text. */
async function runAll(text: string, clock: RunRules["clock"], strategy: Strategy) {
  const compiled = await engine.compile({ files: { "main.ts": text }, entry: "main.ts" });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const loaded = engine.load(compiled.program);
  const results: RunResult[] = [];
  for (let chooser = strategy.begin(); chooser !== undefined; chooser = strategy.begin()) {
    const result = loaded.run({ entry: ENTRY, chooser, rules: { clock } });
    expect(strategy.end(result)).toBe(true);
    results.push(result);
  }
  const replay = (result: RunResult, rule: RunRules["clock"] = clock) => {
    const scribe = new Scribe(result.choices.map((choice) => choice.picked));
    loaded.run({ entry: ENTRY, chooser: scribe, rules: { clock } });
    const schedule = parseSchedule(encodeSchedule(scribe.schedule(compiled.program.hash, rule)));
    return follow(loaded, schedule, { runOptions: { entry: ENTRY }, program: compiled.program });
  };
  return { results, failures: results.filter(({ outcome }) => outcome.kind !== "passed"), replay };
}

describe("a program that sleeps instead of joining", () => {
  it("is right in every schedule where time moves only when nobody can run", async () => {
    const strategy = new Exhaustive();
    const { failures } = await runAll(SLEEPS, "idle", strategy);
    expect(failures).toEqual([]);
    expect(strategy.coverage().everything).toBe(true);
  });

  it("fails with one preemption where the clock may be late, on a schedule that can be replayed as text", async () => {
    expect((await runAll(SLEEPS, "late", new Bounded(0))).failures).toEqual([]);
    const { failures, replay } = await runAll(SLEEPS, "late", new Bounded(1));
    const [failure] = failures;
    if (failure === undefined) throw new Error("no schedule fails");
    expect(failure.outcome.kind).toBe("panic");
    const departures = failure.choices.filter(({ picked, preferred }) => picked !== preferred);
    expect(departures.map(({ call, preempts }) => ({ call, preempts }))).toEqual([
      { call: CALLS.clock, preempts: true },
    ]);
    const { result, isExact } = replay(failure);
    expect(isExact).toBe(true);
    expect(result.traceHash).toBe(failure.traceHash);
    expect(result.outcome).toEqual(failure.outcome);
  });

  it("is told, where such a schedule is followed by the other rule, that the clock cannot move there", async () => {
    const { failures, replay } = await runAll(SLEEPS, "late", new Bounded(1));
    const [failure] = failures;
    if (failure === undefined) throw new Error("no schedule fails");
    expect(replay(failure, "idle").parting?.message).toMatch(
      /^It parts from your code here: when main comes to `sleep`.*, the clock cannot move\.$/,
    );
  });

  it("fails with exhaustive search too, and its twin that joins passes by both rules", async () => {
    expect((await runAll(SLEEPS, "late", new Exhaustive())).failures).not.toEqual([]);
    for (const clock of ["idle", "late"] as const) {
      const strategy = new Exhaustive();
      expect((await runAll(JOINS, clock, strategy)).failures, clock).toEqual([]);
      expect(strategy.coverage().everything).toBe(true);
    }
  });
});

describe("a timeout", () => {
  it("that is long enough only if nobody is kept waiting passes by the first rule and fails by the second", async () => {
    expect((await runAll(TIMES_OUT, "idle", new Exhaustive())).failures).toEqual([]);
    const { failures } = await runAll(TIMES_OUT, "late", new Exhaustive());
    expect(failures[0]?.outcome.message).toContain("nothing came");
  });
});
