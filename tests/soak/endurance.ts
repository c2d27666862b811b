import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createPrng } from "#base";
import { load, machine, seeded } from "../engine.ts";

/** Programs of every size, as a class of learners would run them, and some that go to a limit. */
const PROGRAMS: readonly (readonly [name: string, body: string])[] = [
  ["nothing", ``],
  [
    "race",
    `const c = new SharedCell(0); const bump = () => c.set(c.get() + 1); const a = spawn(bump), b = spawn(bump); a.join(); b.join(); console.log(c.get());`,
  ],
  [
    "pipeline",
    `const [tx, rx] = syncChannel<number>(1); const t = spawn(() => { for (let i = 0; i < 5; i++) tx.send(i); }); for (const n of rx) console.log(n); t.join();`,
  ],
  [
    "locks",
    `const m = new Mutex({ list: [1] }); const ts = [1, 2, 3].map((n) => spawn(() => { using g = m.lock(); g.value.list.push(n); sleep(n); })); for (const t of ts) t.join(); { using g = m.lock(); console.log(g.value); }`,
  ],
  [
    "deadlock",
    `const a = new Mutex(0), b = new Mutex(0); const t = spawn(() => { using x = a.lock(); using y = b.lock(); void [x, y]; }); { using y = b.lock(); using x = a.lock(); void [x, y]; } t.join();`,
  ],
  ["panic", `const t = spawn(() => { throw new TypeError("late"); }); sleep(1); t.join();`],
  ["left behind", `spawn(() => { for (;;) sleep(400); }); console.log("done");`],
  ["text", `const t = spawn(() => "long text ".repeat(2_000)); console.log(t.join().length);`],
  [
    "suspended deep down",
    `const f = (n: number): number => { if (n === 0) { sleep(1); return 0; } return [n].map(() => f(n - 1))[0]! + 1; }; console.log(f(12), spawn(() => f(10)).join());`,
  ],
  ["endless recursion", `const f = (n: number): number => f(n + 1) + 1; f(0);`],
];

/** Rare ones: each costs an instance, or much time. */
const HEAVY: readonly (readonly [name: string, body: string])[] = [
  [
    "memory that grows",
    `const kept: number[][] = []; for (let i = 0; i < 60; i++) kept.push(new Array(10_000).fill(i)); console.log(spawn(() => kept.length).join());`,
  ],
  ["memory without end", `const all: number[][] = []; for (;;) all.push(new Array(10_000).fill(1));`],
  [
    "a thrown value that cannot be told",
    `const t = spawn(() => sleep(1)); void t; throw Object.defineProperty(new Error(), "message", { get() { throw { toString() { sleep(1); return ""; } }; } });`,
  ],
  ["a loop without end", `for (;;);`],
];

const HEAD = `import { spawn, sleep } from "std/thread"; import { Mutex, SharedCell, syncChannel } from "std/sync";`;
const SEEDS = 4;

/** What the process holds after so many runs, with what can be collected collected. */
export interface Point {
  readonly runs: number;
  readonly rssMb: number;
  readonly buffersMb: number;
  readonly instances: number;
}

/**
 * Runs the programs in a seeded random order; every result must be the one that the same program had with the same
 * seed before, whatever ran in between.
 */
export async function endure(runs: number, every: number, onPoint: (point: Point) => void): Promise<Point[]> {
  const collect = exposeGc();
  const loaded = await Promise.all(
    [...PROGRAMS, ...HEAVY].map(async ([name, body]) => ({
      name,
      program: await load(`${HEAD}\nexport function main() { ${body} }`),
    })),
  );
  const known = new Map<string, string>();
  const order = createPrng(2026);
  const points: Point[] = [];
  for (let done = 1; done <= runs; done++) {
    const heavy = order.below(200) === 0;
    const pick = heavy ? PROGRAMS.length + order.below(HEAVY.length) : order.below(PROGRAMS.length);
    const { name, program } = loaded[pick] ?? { name: "", program: null };
    const seed = order.below(SEEDS);
    const result = program?.run({ entry: { kind: "main" }, chooser: seeded(seed), limits: { fuelMax: 100 } });
    const told = JSON.stringify([result?.traceHash, result?.outcome, result?.printed, result?.calls]);
    const key = `${name}, seed ${seed}`;
    const before = known.get(key) ?? told;
    if (before !== told) throw new Error(`run ${done}, ${key}: ${before} has become ${told}`);
    known.set(key, told);
    if (done % every === 0) {
      await settle(collect);
      const point = measure(done);
      points.push(point);
      onPoint(point);
    }
  }
  return points;
}

/** The first point is a warm-up. Throws where a later one holds more than the second did, beyond a margin. */
export function assertFlat(points: readonly Point[]): void {
  const [, base] = points;
  if (base === undefined) throw new Error("two points at least");
  for (const point of points.slice(2)) {
    if (point.buffersMb > base.buffersMb + 32)
      throw new Error(`buffers grew: ${JSON.stringify({ base, point })}`);
    if (point.rssMb > base.rssMb * 1.25 + 64)
      throw new Error(`the process grew: ${JSON.stringify({ base, point })}`);
  }
}

function measure(runs: number): Point {
  const { rss, arrayBuffers } = process.memoryUsage();
  const mb = (bytes: number): number => Math.round(bytes / 1024 / 1024);
  return { runs, rssMb: mb(rss), buffersMb: mb(arrayBuffers), instances: machine.instancesCreated };
}

/** The memory of discarded instances is freed by a task of its own, after the collection that found them. */
async function settle(collect: () => void): Promise<void> {
  for (let i = 0; i < 3; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function exposeGc(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
