import { beforeAll, describe, expect, it } from "vitest";
import { CALLS } from "#abi";
import { createEngine } from "#cli";
import {
  Bounded,
  createRandom,
  encodeSchedule,
  parseSchedule,
  Replay,
  Scribe,
  search,
  type Sampler,
  type Strategy,
} from "#explorer";
import type { Engine, LoadedRunnable } from "#grade";
import type { RunResult } from "#machine";

const ENTRY = { kind: "main" } as const;

/** Three threads over a channel, a lock, a condition, a cell and the clock: every kind of choice there is. */
const BUSY = `
import { spawn, sleep, yieldNow } from "std/thread";
import { channel, Condvar, Mutex, SharedCell } from "std/sync";
export function main() {
  const [tx, rx] = channel<number>();
  const other = tx.clone();
  const gate = new Mutex(0);
  const opened = new Condvar();
  const seen = new SharedCell(0);
  const wait = (id: number) => {
    using guard = gate.lock();
    while (guard.value === 0) opened.wait(guard);
    seen.set(seen.get() * 10 + id);
  };
  const first = spawn(() => { wait(1); tx.send(1); });
  const second = spawn(() => { wait(2); yieldNow(); other.send(2); });
  sleep(1);
  { using guard = gate.lock(); guard.value = 1; opened.notifyOne(); }
  opened.notifyAll();
  console.log(rx.recvTimeout(5).ok, rx.recv().ok, seen.get());
  first.join();
  second.join();
}
`;

/** Two threads that write `steps` times each. */
const writers = (steps: number) => `
import { spawn } from "std/thread";
import { SharedCell } from "std/sync";
export function main() {
  const cell = new SharedCell(0);
  const write = () => { for (let i = 0; i < ${steps}; i++) cell.set(i); };
  const workers = [spawn(write), spawn(write)];
  for (const worker of workers) worker.join();
}
`;

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine(() => undefined);
});

async function load(text: string): Promise<{ loaded: LoadedRunnable; hash: string }> {
  const compiled = await engine.compile({ files: { "main.ts": text }, entry: "main.ts" });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return { loaded: engine.load(compiled.program), hash: compiled.program.hash };
}

/** The results of the first runs of a sampler. */
function sample(loaded: LoadedRunnable, sampler: Sampler, count: number): RunResult[] {
  return Array.from({ length: count }, (_, number) =>
    loaded.run({ entry: ENTRY, chooser: sampler.chooser(number), record: true }),
  );
}

/** The results of at most `countMax` runs of a strategy. */
function runAll(loaded: LoadedRunnable, strategy: Strategy, countMax: number): RunResult[] {
  const results: RunResult[] = [];
  while (results.length < countMax) {
    const chooser = strategy.begin();
    if (chooser === undefined) return results;
    const result = loaded.run({ entry: ENTRY, chooser, record: true });
    expect(strategy.end(result)).toBe(true);
    results.push(result);
  }
  return results;
}

describe("on the real machine", () => {
  it("a schedule as text is the whole run: replayed, it gives the same events", async () => {
    const { loaded, hash } = await load(BUSY);
    const runs = [...sample(loaded, createRandom(1), 60), ...runAll(loaded, new Bounded(2), 60)];
    expect(new Set(runs.map((run) => run.traceHash)).size).toBeGreaterThan(60);
    for (const run of runs) {
      const scribe = new Scribe(run.choices.map((choice) => choice.picked));
      expect(loaded.run({ entry: ENTRY, chooser: scribe }).traceHash).toBe(run.traceHash);
      const schedule = parseSchedule(encodeSchedule(scribe.schedule(hash)));
      const replay = new Replay(schedule);
      const again = loaded.run({ entry: ENTRY, chooser: replay });
      expect(replay.fits).toBe(true);
      expect([again.traceHash, again.choices, again.printed]).toEqual([
        run.traceHash,
        run.choices,
        run.printed,
      ]);
    }
  });

  it("bounded counts the preemptions that the kernel logs", async () => {
    const { loaded } = await load(writers(3));
    for (const most of [0, 1, 2]) {
      const needed = runAll(loaded, new Bounded(most), 1_000).map(
        (run) => run.choices.filter((choice) => choice.preempts).length,
      );
      expect(Math.max(...needed)).toBe(most);
      expect(needed).toEqual(needed.toSorted((a, b) => a - b));
    }
  });

  it("bounded without a bound runs every schedule once", async () => {
    const { loaded } = await load(writers(2));
    const strategy = new Bounded(Infinity);
    const runs = runAll(loaded, strategy, 5_000);
    const choices = runs.map((run) => run.choices.map((choice) => choice.picked).join(""));
    expect(new Set(choices).size).toBe(runs.length);
    expect(strategy.coverage()).toMatchObject({ schedules: runs.length, everything: true });
    const seen = new Set(sample(loaded, createRandom(5), 300).map((run) => run.traceHash));
    const known = new Set(runs.map((run) => run.traceHash));
    expect([...seen].filter((hash) => !known.has(hash))).toEqual([]);
    const orders = runs.map((run) =>
      run.trace?.events
        .filter((event) => event.call === CALLS.cellSet)
        .map((event) => event.thread)
        .join(""),
    );
    expect([...new Set(orders)].sort()).toEqual(["1122", "1212", "1221", "2112", "2121", "2211"]);
  });
});

it("does not count a failing schedule among those that pass, where it is the last of its kind", async () => {
  const { loaded, hash } = await load(`
import { spawn } from "std/thread";
import { SharedCell } from "std/sync";
export function main() {
  const cell = new SharedCell(0);
  const add = () => cell.set(cell.get() + 1);
  const other = spawn(add);
  add();
  other.join();
  if (cell.get() !== 2) throw new Error("lost");
}`);
  const found = search(loaded, { entry: ENTRY, programHash: hash });
  loaded.dispose();
  expect(found).toMatchObject({ runs: 5, complete: false, failure: { strategy: "bounded", preemptions: 1 } });
  expect(found.proof).toMatch(
    /^The program fails on a schedule with 1 preemption; every schedule without a preemption passes \(\d runs?\)\.$/,
  );
});
