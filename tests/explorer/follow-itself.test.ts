import { expect, it } from "vitest";
import {
  createRandom,
  encodeSchedule,
  follow,
  parseSchedule,
  Replay,
  Scribe,
  type Schedule,
} from "#explorer";
import type { LoadedProgram, RunOptions, RunResult } from "#machine";
import { load } from "../engine.ts";

/** Threads over a channel, a lock, a condition, cells and the clock. */
const THREADS = `
import { spawn, sleep, yieldNow } from "std/thread";
import { channel, Condvar, Mutex, SharedCell } from "std/sync";
export function main() {
  const [tx, rx] = channel<number>();
  const other = tx.clone();
  const gate = new Mutex(0);
  const opened = new Condvar();
  const seen = [new SharedCell(0), new SharedCell(0)];
  const wait = (id: number) => {
    using guard = gate.lock();
    while (guard.value === 0) opened.wait(guard);
    for (const cell of seen) cell.set(cell.get() * 10 + id);
  };
  const first = spawn(() => { wait(1); tx.send(1); });
  const second = spawn(() => { wait(2); yieldNow(); other.send(2); });
  sleep(1);
  { using guard = gate.lock(); guard.value = 1; opened.notifyOne(); }
  opened.notifyAll();
  rx.recvTimeout(5);
  rx.recv();
  first.join();
  second.join();
  if (seen[0].get() !== 12) throw new Error("the other way round");
}`;

/** Tasks on two executors, over channels, a lock, a timer and a select. */
const TASKS = `
import { blockOn, select, spawn, yieldNow, type Async } from "rt";
import { channel, Mutex } from "rt/sync";
import { sleep } from "rt/time";
import { spawn as spawnThread } from "std/thread";
export function main() {
  const [tx, rx] = channel<number>(1);
  const other = tx.clone();
  const order = new Mutex<number[]>([]);
  function* note(id: number): Async<void> {
    const guard = yield* order.lock();
    guard.value.push(id);
    guard.unlock();
  }
  const thread = spawnThread(() => blockOn((function* (): Async<void> {
    yield* note(7);
    yield* other.send(7);
  })()));
  blockOn((function* (): Async<void> {
    const tasks = [1, 2, 3].map((id) => spawn((function* (): Async<void> {
      yield* note(id);
      yield* yieldNow();
      yield* note(id * 10);
    })()));
    const sender = spawn((function* (): Async<void> { yield* tx.send(1); yield* tx.send(2); })());
    for (let got = 0; got < 3;) {
      const won = yield* select({ value: rx.recv(), late: sleep(1) });
      if (won.branch === "value") got++;
    }
    for (const task of tasks) yield* task;
    yield* sender;
    const guard = yield* order.lock();
    if (guard.value[0] === 3) throw new Error("three came first");
  })());
  thread.join();
}`;

const ENTRY = { kind: "main" } as const;
const RUNS = 20;

type Rules = NonNullable<RunOptions["rules"]>;

const CASES: [title: string, code: string, rules: Rules][] = [
  ["threads", THREADS, {}],
  ["threads with late timers", THREADS, { clock: "late" }],
  ["threads whose calls take time", THREADS, { callCostNs: 1_000, cores: 2 }],
  ["threads that wake up for no reason", THREADS, { spuriousWakeups: true }],
  ["tasks", TASKS, {}],
  ["tasks with late timers", TASKS, { clock: "late" }],
];

/** A random run, and its schedule once more from its text. */
function sample(loaded: LoadedProgram, rules: Rules, number: number): { run: RunResult; schedule: Schedule } {
  const run = loaded.run({ entry: ENTRY, rules, chooser: createRandom(7).chooser(number) });
  const scribe = new Scribe(run.choices.map((choice) => choice.picked));
  loaded.run({ entry: ENTRY, rules, chooser: scribe });
  const text = encodeSchedule(scribe.schedule(loaded.program.hash, rules.clock));
  return { run, schedule: parseSchedule(text) };
}

it.each(CASES)(
  "a schedule of %s is the whole run, by its numbers and by what the program does",
  async (_, code, rules) => {
    const loaded = await load(code);
    const hashes = new Set<string>();
    for (let number = 0; number < RUNS; number++) {
      const { run, schedule } = sample(loaded, rules, number);
      hashes.add(run.traceHash);
      const replay = new Replay(schedule);
      expect(loaded.run({ entry: ENTRY, rules, chooser: replay }).traceHash).toBe(run.traceHash);
      expect(replay.fits).toBe(true);
      const unknown = { ...schedule, program: "00000000" };
      const options = { runOptions: { entry: ENTRY, rules }, program: loaded.program };
      const followed = follow(loaded, unknown, { ...options, budget: { runsMax: 0, callsMax: 0 } });
      expect(followed).toMatchObject({ isExact: false, parting: null });
      expect(followed.result.traceHash).toBe(run.traceHash);
    }
    expect(hashes.size).toBeGreaterThan(RUNS / 2);
  },
);
