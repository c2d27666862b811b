import { beforeAll, expect, it } from "vitest";
import { createNodeEngine, formatPrinted, isTrueOf, recordingId, recordProgram } from "#build";
import type { Engine } from "#grade";

let engine: Engine;
beforeAll(async () => {
  engine = await createNodeEngine();
});

const HELLO = `import { sleep, spawn } from "std/thread";
export function main(): void {
  spawn(() => { sleep(1000); console.log("late"); }, { name: "w" });
  console.log("early");
}
`;

it("an example is executed, and what it printed stands in columns", async () => {
  const recording = await recordProgram(engine, HELLO);
  expect(formatPrinted(recording.printed)).toEqual(["    0 ms  main  early", "1,000 ms  w     late"]);
  expect(recording.message).toBe("");
});

it("an example's timeline has a column for each of its steps", async () => {
  const { steps, timeline } = await recordProgram(engine, HELLO);
  expect(steps.length).toBeGreaterThan(2);
  expect(timeline.columns.map((column) => column.step)).toEqual(steps.map((step) => step.index));
});

it("an example may fail, and says how", async () => {
  const recording = await recordProgram(
    engine,
    `export function main(): void { throw new RangeError("no"); }`,
  );
  expect(recording.message).toContain("RangeError: no");
});

it("an example that does not compile stops the build, with its line", async () => {
  await expect(recordProgram(engine, `export function main() {\n  const = 1;\n}`)).rejects.toThrow(/line 2/);
});

it("a long run keeps its beginning and its end", async () => {
  const code = `import { sleep } from "std/thread";
    export function main(): void { for (let i = 0; i < 2500; i += 1) { sleep(1); console.log(i); } }`;
  const { steps, timeline, printed } = await recordProgram(engine, code);
  expect(printed).toHaveLength(2500);
  expect(steps.length).toBeLessThanOrEqual(200);
  expect(timeline.columns).toHaveLength(steps.length);
  expect(timeline.spans.length).toBeLessThan(2 * steps.length + 2);
});

it("a program is the same whatever white space surrounds it, and another recording where it is cut", () => {
  expect(recordingId("\na();\n")).toBe(recordingId("a();"));
  expect(recordingId("a();")).not.toBe(recordingId("b();"));
  expect(recordingId("a();", 2)).not.toBe(recordingId("a();"));
});

const TASKS = `import { blockOn, spawn, type Async } from "rt";
import { sleep } from "rt/time";
function* nap(ms: number): Async<void> { yield* sleep(ms); console.log(ms); }
function* both(): Async<void> {
  const first = spawn(nap(10));
  const second = spawn(nap(20));
  yield* first;
  yield* second;
}
export function main(): void { blockOn(both()); }
`;

it("a run counts its threads and tasks, and says when each ended", async () => {
  const threads = await recordProgram(engine, HELLO);
  expect(threads.counts).toEqual({ threads: 1, threadsAlive: 2, tasks: 0, calls: 5 });
  expect(threads.ends.map(({ kind, name, timeNs }) => `${kind} ${name} ${timeNs / 1e6}`)).toEqual([
    "thread main 0",
    "thread w 1000",
  ]);
  const tasks = await recordProgram(engine, TASKS);
  expect(tasks.counts).toMatchObject({ threads: 0, threadsAlive: 1, tasks: 2 });
  expect(tasks.ends.map(({ kind, timeNs }) => `${kind} ${timeNs / 1e6}`)).toEqual([
    "task 10",
    "task 20",
    "thread 20",
  ]);
});

it("a run that is cut shows nothing of what comes later", async () => {
  const { cut, steps } = await recordProgram(engine, HELLO, { after: 1 });
  expect(cut?.steps).toEqual(steps.slice(0, 1));
  expect(cut?.timeline.columns).toHaveLength(1);
  expect(cut?.printed.map((line) => line.text)).toEqual(["early"]);
  const beginning = TASKS.replace("const first", `console.log("on");\n  yield* sleep(5);\n  const first`);
  const early = await recordProgram(engine, beginning, { after: 1 });
  expect(early.timeline.lanes).toHaveLength(3);
  expect(early.cut?.timeline.lanes.map((lane) => lane.name)).toEqual(["main"]);
  const late = HELLO.replace("  spawn(", '  console.log("on");\n  sleep(5);\n  spawn(');
  const { cut: before, timeline } = await recordProgram(engine, late, { after: 1 });
  expect(timeline.lanes.map((lane) => lane.name)).toEqual(["main", "w"]);
  expect(before?.timeline.lanes.map((lane) => lane.name)).toEqual(["main"]);
});

it("a run cannot be cut at or behind its end", async () => {
  const { steps } = await recordProgram(engine, HELLO);
  await expect(recordProgram(engine, HELLO, { after: steps.length })).rejects.toThrow(/lower `after`/);
});

it("a claim is about what is printed, whatever aligns it, about how it ends, and from the cut on", async () => {
  const whole = await recordProgram(engine, HELLO);
  const early = "0 ms main early";
  const late = "1,000 ms w late";
  expect(isTrueOf(whole, { prints: [early, late], ends: "passed" })).toBe(true);
  expect(isTrueOf(whole, { prints: [early, late], ends: "deadlock" })).toBe(false);
  expect(isTrueOf(whole, { prints: [early], ends: "passed" })).toBe(false);
  expect(isTrueOf(whole, { prints: [late, early], ends: "passed" })).toBe(false);
  expect(isTrueOf(await recordProgram(engine, HELLO, { after: 1 }), { prints: [late], ends: "passed" })).toBe(
    true,
  );
});
