import { expect, it } from "vitest";
import { CALLS } from "#abi";
import type { Chooser } from "#kernel";
import { describeSteps } from "#machine";
import { compileText, fifo, load, machine, run, seeded } from "../engine.ts";

const RACE = `
import { spawn } from "std/thread";
import { SharedCell } from "std/sync";
export function main() {
  const count = new SharedCell(0);
  const bump = () => {
    const seen = count.get();
    count.set(seen + 1);
  };
  const a = spawn(bump);
  const b = spawn(bump);
  a.join();
  b.join();
  if (count.get() !== 2) throw new Error("lost");
}`;

/** Lets worker-1 read, then worker-2 do all its work: the lost update. */
const lostUpdate = (): Chooser => {
  let switched = false;
  return {
    choose: (point) => {
      const writes = point.threads.indexOf(1) >= 0 && point.calls[point.threads.indexOf(1)] === CALLS.cellSet;
      if (!writes || switched) return point.preferred;
      switched = true;
      return point.threads.indexOf(2);
    },
  };
};

it("the same seed gives the same result, bit for bit, whatever ran in between", async () => {
  const program = await load(RACE);
  const entry = { kind: "main" } as const;
  const first = Array.from({ length: 50 }, (_, seed) =>
    program.run({ entry, chooser: seeded(seed), record: true }),
  );
  for (let i = 0; i < 300; i++) program.run({ entry, chooser: seeded(1000 + i) });
  const again = Array.from({ length: 50 }, (_, seed) =>
    program.run({ entry, chooser: seeded(seed), record: true }),
  );
  expect(again).toEqual(first);
});

it("recording changes nothing but what is kept", async () => {
  const program = await load(RACE);
  const entry = { kind: "main" } as const;
  const plain = program.run({ entry, chooser: seeded(3) });
  const { trace, ...recorded } = program.run({ entry, chooser: seeded(3), record: true });
  expect(recorded).toEqual(plain);
  expect(trace?.events.length).toBeGreaterThan(5);
});

it("two machines agree", async () => {
  const result = await run(RACE, { chooser: seeded(7) });
  const program = machine.load(await compileText(RACE));
  expect(program.run({ entry: { kind: "main" }, chooser: seeded(7) })).toEqual(result);
});

it("a failing run tells its steps, with lines of the learner's file and the switch marked", async () => {
  const program = await load(RACE);
  const result = program.run({ entry: { kind: "main" }, chooser: lostUpdate(), record: true });
  expect(result.outcome).toMatchObject({
    kind: "panic",
    message: "Error: lost",
    place: { file: "main.ts", line: 14 },
  });
  const steps = describeSteps(result, program.program);
  expect(steps.map(({ actor, text }) => `${actor}: ${text}`)).toEqual([
    "main: starts worker-1; starts worker-2; waits for worker-1 to end",
    "worker-1: reads `count`: 0",
    "worker-2: reads `count`: 0",
    "worker-2: writes `count` = 1; ends",
    "worker-1: writes `count` = 1; ends",
    "main: joins worker-1; joins worker-2; reads `count`: 1; panics: Error: lost",
  ]);
  expect(steps.map((step) => step.preempted)).toEqual([false, false, true, false, false, false]);
  expect(steps[1]?.place).toMatchObject({ file: "main.ts", line: 7 });
});

it("module bodies run in each run, so state does not survive", async () => {
  const program = await load(
    `import { SharedCell } from "std/sync"; const seen = new SharedCell(0); let n = 0; export function main() { n++; seen.set(seen.get() + 1); console.log(n, seen.get()); }`,
  );
  for (let i = 0; i < 3; i++)
    expect(program.run({ entry: { kind: "main" }, chooser: fifo }).printed.map((line) => line.text)).toEqual([
      "1 1",
    ]);
});

it("a throw at the top of a module is a panic with its place", async () => {
  const { outcome } = await run(
    `const x: number[] = [];\nthrow new Error("early");\nexport function main() { return x; }`,
  );
  expect(outcome).toMatchObject({
    kind: "panic",
    message: "Error: early",
    place: { file: "main.ts", line: 2, column: 7 },
  });
});

it("an endless loop is named with the place it was in", async () => {
  const { outcome } = await run(`export function main() {\n  let n = 0;\n  while (true) {\n    n++;\n  }\n}`);
  expect(outcome).toMatchObject({ kind: "out-of-fuel", thread: 0, place: { file: "main.ts" } });
  expect(outcome.place?.line).toBeGreaterThanOrEqual(3);
});

it("printed lines carry thread and virtual time", async () => {
  const { printed } = await run(
    `import { spawn, sleep } from "std/thread"; export function main() { const t = spawn(() => { sleep(250); console.log("hello", { a: 1 }); }, { name: "greeter" }); t.join(); console.log("bye"); }`,
  );
  expect(printed).toEqual([
    { timeNs: 250_000_000, thread: 1, threadName: "greeter", actor: "greeter", text: "hello { a: 1 }" },
    { timeNs: 250_000_000, thread: 0, threadName: "main", actor: "main", text: "bye" },
  ]);
});
