import { beforeAll, expect, it } from "vitest";
import { createEngine } from "#cli";
import { Bounded, Exhaustive, type Strategy } from "#explorer";
import type { Engine } from "#grade";

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine(() => undefined);
});

/** What all runs of a strategy came to: how they ended and what each thread printed; and how many runs that took. */
async function runAll(text: string, strategy: Strategy) {
  const compiled = await engine.compile({ files: { "main.ts": text }, entry: "main.ts" });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const loaded = engine.load(compiled.program);
  const ends = new Set<string>();
  let runs = 0;
  for (let chooser = strategy.begin(); chooser !== undefined; chooser = strategy.begin()) {
    const result = loaded.run({ entry: { kind: "main" }, chooser });
    expect(strategy.end(result)).toBe(true);
    const said = result.printed.map(({ thread, text: line }) => `${thread} ${line}`).toSorted();
    ends.add(`${result.outcome.kind}: ${said.join(", ")}`);
    runs += 1;
  }
  expect(strategy.coverage().everything).toBe(true);
  return { ends: [...ends].toSorted(), runs };
}

const PROGRAMS: [title: string, ends: number, text: string][] = [
  [
    "three threads that add to a counter without a lock",
    13,
    `import { spawn } from "std/thread";
     import { SharedCell } from "std/sync";
     export function main() {
       const shared = new SharedCell(0);
       for (let i = 0; i < 3; i++)
         spawn(() => { const seen = shared.get(); console.log(seen); shared.set(seen + 1); });
     }`,
  ],
  [
    "locks taken in opposite orders",
    2,
    `import { spawn } from "std/thread";
     import { Mutex } from "std/sync";
     export function main() {
       const [a, b] = [new Mutex(0), new Mutex(0)];
       const other = spawn(() => { using x = b.lock(); using y = a.lock(); x.value += y.value; });
       { using x = a.lock(); using y = b.lock(); x.value += y.value; }
       other.join();
     }`,
  ],
  [
    "a sender that travels in a message, and a channel that ends when it is dropped",
    4,
    `import { spawn } from "std/thread";
     import { channel, type Sender } from "std/sync";
     export function main() {
       const [tx, rx] = channel<Sender<number>>();
       const [inner, numbers] = channel<number>();
       spawn(() => { const got = rx.recv(); if (got.ok) got.value.send(1); });
       tx.send(inner);
       const first = numbers.tryRecv();
       const second = numbers.tryRecv();
       console.log(first.ok ? "value" : first.error, second.ok ? "value" : second.error);
     }`,
  ],
  [
    "a task that a thread wakes, beside another task",
    2,
    `import { spawn } from "std/thread";
     import { blockOn, spawn as start } from "rt";
     import { channel } from "rt/sync";
     import { SharedCell } from "std/sync";
     export function main() {
       const order = new SharedCell("");
       const [tx, rx] = channel<number>(1);
       spawn(() => { blockOn(tx.send(1)); });
       blockOn((function* () {
         const slow = start((function* () { order.set(order.get() + "y"); })());
         yield* rx.recv();
         order.set(order.get() + "r");
         yield* slow;
       })());
       console.log(order.get());
     }`,
  ],
];

it.each(PROGRAMS)(
  "with sleep sets everything that can come of it is found: %s",
  async (_title, count, text) => {
    const all = await runAll(text, new Bounded(Infinity));
    const some = await runAll(text, new Exhaustive());
    expect(all.ends).toHaveLength(count);
    expect(some.ends).toEqual(all.ends);
    expect(some.runs).toBeLessThanOrEqual(all.runs);
  },
  60_000,
);
