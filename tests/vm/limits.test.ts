import { expect, it } from "vitest";
import { fifo, load, run } from "../engine.ts";
import {
  BOUNDED,
  DEEP_DATA,
  DEEP_SUSPENSIONS,
  FUEL,
  type LimitProgram,
  MEMORY,
  ODD_ERRORS,
  RECURSIONS,
  sourceInThread,
  sourceOf,
} from "./limit-programs.ts";

/** Little fuel for programs that never end, much for those that another limit is to stop. */
const LIMITS = { fuelMax: 60 };
const AMPLE = { fuelMax: 1_000 };

const HEALTHY = `import { spawn } from "std/thread"; export function main() { console.log(spawn(() => 1).join()); }`;
const healthy = await load(HEALTHY);

async function endsProperly(program: LimitProgram, source: string): Promise<void> {
  const { ends } = program;
  const { outcome } = await run(source, { limits: FUEL.includes(program) ? LIMITS : AMPLE });
  expect(ends, outcome.message).toContain(outcome.kind);
  if (outcome.kind !== "passed") expect(outcome.message).not.toBe("");
  const after = healthy.run({ entry: { kind: "main" }, chooser: fifo });
  expect([after.outcome.kind, after.printed[0]?.text]).toEqual(["passed", "1"]);
}

const KERNEL: readonly LimitProgram[] = [
  { title: "a flood of threads", body: `for (;;) spawn(() => sleep(10));`, ends: ["over-limit"] },
  { title: "a flood of output", body: `for (;;) console.log("x".repeat(1000));`, ends: ["over-limit"] },
  { title: "a flood of kernel calls", body: `for (;;) sleep(1);`, ends: ["inconclusive"] },
  { title: "a sleep of three months", body: `sleep(8_000_000_000);`, ends: ["over-limit"] },
];

const ALL = [
  ...RECURSIONS,
  ...DEEP_SUSPENSIONS,
  ...DEEP_DATA,
  ...MEMORY,
  ...FUEL,
  ...ODD_ERRORS,
  ...BOUNDED,
  ...KERNEL,
];

it.each(ALL)("$title ends in its own outcome, and the pool stays usable", async (program) => {
  await endsProperly(program, sourceOf(program));
});

it.each(ALL)("in a thread of its own, $title ends in the same outcome", async (program) => {
  await endsProperly(program, sourceInThread(program));
});

it("an endless loop at the top of a module is out-of-fuel with the fuel that runs have by default", async () => {
  expect((await run(`for (;;); export function main() {}`)).outcome.kind).toBe("out-of-fuel");
});

it("an endless loop cannot be caught, and no finally runs after it", async () => {
  const { outcome, printed } = await run(
    `export function main() { try { while (true) {} } catch { console.log("caught"); } finally { console.log("finally"); } }`,
    { limits: LIMITS },
  );
  expect([outcome.kind, printed]).toEqual(["out-of-fuel", []]);
});

it("a run may be given more or less memory, and its threads have the same", async () => {
  const program = await load(
    `import { spawn } from "std/thread"; export function main() { console.log(spawn(() => "x".repeat(6_000_000).length).join()); }`,
  );
  const kindWith = (memoryMaxBytes?: number): string =>
    program.run({
      entry: { kind: "main" },
      chooser: fifo,
      limits: memoryMaxBytes === undefined ? {} : { memoryMaxBytes },
    }).outcome.kind;
  expect([kindWith(), kindWith(4_000_000), kindWith()]).toEqual(["passed", "out-of-memory", "passed"]);
});

it("a thrown null is a panic where there is memory left", async () => {
  const { outcome } = await run(`export function main() { throw null; }`);
  expect(outcome).toMatchObject({ kind: "panic", message: "thrown value: null" });
});

it("results do not depend on what ran before in the same instances", async () => {
  const program = await load(
    `import { spawn, sleep } from "std/thread"; export function main() { const t = spawn(() => { sleep(3); return [1, 2]; }); console.log(t.join()); }`,
  );
  const once = program.run({ entry: { kind: "main" }, chooser: fifo });
  for (const limit of [...KERNEL, ...MEMORY.slice(0, 4), ...ODD_ERRORS])
    await run(sourceOf(limit), { limits: AMPLE });
  expect(program.run({ entry: { kind: "main" }, chooser: fifo })).toEqual(once);
});
