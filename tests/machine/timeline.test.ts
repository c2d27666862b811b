import { expect, it } from "vitest";
import { describeTimeline } from "#machine";
import { load, fifo } from "../engine.ts";
import { arrows, draw, timelineOf as timelineOfProgram } from "./timeline-of.ts";

const IMPORTS = `import { channel, Condvar, Mutex } from "std/sync";
import { sleep, spawn, yieldNow } from "std/thread";
import { work } from "std/cpu";
`;

function timelineOf(body: string, keep?: (index: number, count: number) => boolean) {
  return timelineOfProgram(`${IMPORTS}export function main(): void {\n${body}\n}\n`, keep);
}

interface Case {
  readonly title: string;
  readonly body: string;
  readonly lanes: readonly string[];
  readonly arrows?: readonly string[];
}

const CASES: readonly Case[] = [
  { title: "a program that does nothing has a lane and no columns", body: "", lanes: ["main: "] },
  { title: "one print is one step", body: `console.log("hi");`, lanes: ["main: running 0-0"] },
  {
    title: "a sleep lies between two steps",
    body: `sleep(10); console.log("up");`,
    lanes: ["main: running 0-0 | sleeping 0-1 (sleeps) | running 1-1"],
  },
  {
    title: "work is not sleep",
    body: `work(10); console.log("done");`,
    lanes: ["main: running 0-0 | working 0-1 (works) | running 1-1"],
  },
  {
    title: "a receiver is blocked on its channel until the message is there",
    body: `const [tx, rx] = channel<string>();
      spawn(() => { sleep(5); tx.send("a"); }, { name: "w" });
      rx.recv();`,
    lanes: [
      "main: running 0-0 | blocked 0-3 (waits for a message on `tx, rx`) | running 3-3",
      "w: ready 0-1 | running 1-1 | sleeping 1-2 (sleeps) | running 2-2",
    ],
    arrows: ["spawn main@0 > w@0", "message w@2 > main@3"],
  },
  {
    title: "a receive that timed out has no message",
    body: `const [tx, rx] = channel<string>();
      spawn(() => { sleep(9); tx.send("late"); }, { name: "w" });
      rx.recvTimeout(5); sleep(20);`,
    lanes: [
      "main: running 0-0 | blocked 0-2 (waits for a message on `tx, rx`) | running 2-2 | sleeping 2-4 (sleeps) | running 4-4",
      "w: ready 0-1 | running 1-1 | sleeping 1-3 (sleeps) | running 3-3",
    ],
    arrows: ["spawn main@0 > w@0"],
  },
  {
    title: "an unlock wakes the thread that waits for the lock",
    body: `const gate = new Mutex(0);
      spawn(() => { using held = gate.lock(); sleep(5); held.value += 1; }, { name: "w" });
      sleep(1);
      using mine = gate.lock();
      mine.value += 1;`,
    lanes: [
      "main: running 0-0 | sleeping 0-2 (sleeps) | running 2-2 | blocked 2-4 (waits for `gate`) | running 4-4",
      "w: ready 0-1 | running 1-1 | sleeping 1-3 (sleeps) | running 3-3",
    ],
    arrows: ["spawn main@0 > w@0", "wake w@3 > main@4"],
  },
  {
    title: "a join is led to by the end of its thread",
    body: `const worker = spawn(() => { sleep(5); }, { name: "w" }); worker.join();`,
    lanes: [
      "main: running 0-0 | blocked 0-3 (waits for w to end) | running 3-3",
      "w: ready 0-1 | running 1-1 | sleeping 1-2 (sleeps) | running 2-2",
    ],
    arrows: ["spawn main@0 > w@0", "join w@2 > main@3"],
  },
  {
    title: "the drop of the last sender wakes the receiver",
    body: `const [tx, rx] = channel<string>();
      const other = tx.clone();
      tx.drop();
      spawn(() => { sleep(5); other.drop(); sleep(5); }, { name: "w" });
      rx.recv();`,
    lanes: [
      "main: running 0-0 | blocked 0-3 (waits for a message on `tx, rx`) | running 3-3",
      "w: ready 0-1 | running 1-1 | sleeping 1-2 (sleeps) | running 2-2 | sleeping 2-4 (sleeps) | running 4-4",
    ],
    arrows: ["spawn main@0 > w@0", "wake w@2 > main@3"],
  },
  {
    title: "the end of the thread that owned the last sender wakes the receiver",
    body: `const [tx, rx] = channel<string>();
      spawn(() => { sleep(5); tx; }, { name: "w" });
      rx.recv();`,
    lanes: [
      "main: running 0-0 | blocked 0-3 (waits for a message on `tx, rx`) | running 3-3",
      "w: ready 0-1 | running 1-1 | sleeping 1-2 (sleeps) | running 2-2",
    ],
    arrows: ["spawn main@0 > w@0", "wake w@2 > main@3"],
  },
  {
    title: "lanes of equal name are told apart",
    body: `spawn(() => {}, { name: "w" }).join(); spawn(() => {}, { name: "w" }).join(); spawn(() => {}, { name: "w (2)" }).join();`,
    lanes: [
      "main: running 0-0 | blocked 0-2 (waits for w to end) | running 2-2 | blocked 2-4 (waits for w (2) to end) | running 4-4 | blocked 4-6 (waits for w (2) (2) to end) | running 6-6",
      "w: ready 0-1 | running 1-1",
      "w (2): ready 2-3 | running 3-3",
      "w (2) (2): ready 4-5 | running 5-5",
    ],
    arrows: [
      "spawn main@0 > w@0",
      "join w@1 > main@2",
      "spawn main@2 > w (2)@2",
      "join w (2)@3 > main@4",
      "spawn main@4 > w (2) (2)@4",
      "join w (2) (2)@5 > main@6",
    ],
  },
  {
    title: "a thread that could go on while others have steps is ready",
    body: `spawn(() => { console.log("w"); }, { name: "w" }); yieldNow(); console.log("m");`,
    lanes: ["main: running 0-0 | ready 0-2 | running 2-2", "w: ready 0-1 | running 1-1"],
    arrows: ["spawn main@0 > w@0"],
  },
];

it.each(CASES)("$title", async ({ body, lanes, arrows: led = [] }) => {
  const { timeline, steps } = await timelineOf(body);
  expect(draw(timeline)).toEqual(lanes);
  expect(arrows(timeline)).toEqual(led);
  expect(timeline.columns.map((column) => column.step)).toEqual(steps.map((step) => step.index));
});

const TWO_WAITERS = (notify: string) => `
  const told = new Mutex(0);
  const changed = new Condvar();
  const wait = () => { using held = told.lock(); changed.wait(held); };
  spawn(wait, { name: "a" });
  spawn(wait, { name: "b" });
  sleep(5);
  ${notify}`;

it("a notification wakes the waiter that was picked, and no other", async () => {
  const { timeline } = await timelineOf(
    TWO_WAITERS("changed.notifyOne(); sleep(5); changed.notifyOne(); sleep(1);"),
  );
  const wakes = timeline.arrows.filter((arrow) => arrow.kind === "wake");
  expect(wakes.map((arrow) => [timeline.columns[arrow.toColumn]?.timeNs, arrow.toLane])).toEqual([
    [5_000_000, 1],
    [10_000_000, 2],
  ]);
});

it("one notification for all wakes every waiter", async () => {
  const { timeline } = await timelineOf(TWO_WAITERS("changed.notifyAll(); sleep(1);"));
  const wakes = timeline.arrows.filter((arrow) => arrow.kind === "wake");
  expect(wakes.map((arrow) => arrow.toLane)).toEqual([1, 2]);
  expect(new Set(wakes.map((arrow) => arrow.fromColumn)).size).toBe(1);
});

it("prints and panics are points, and the end of a failed run is one too", async () => {
  const { timeline } = await timelineOf(`console.log("one"); throw new RangeError("no");`);
  expect(timeline.points).toEqual([
    { kind: "printed", lane: 0, column: 0, text: "one" },
    { kind: "panicked", lane: 0, column: 0, text: "RangeError: no" },
  ]);
  const stuck = await timelineOf(
    `const [tx, rx] = channel<string>(); console.log("x"); rx.recv(); tx.drop();`,
  );
  expect(stuck.timeline.points.at(-1)).toMatchObject({ kind: "failed", lane: 0 });
});

const BUSY = `for (let i = 0; i < 1000; i += 1) { sleep(1); console.log(i); }`;

it("what was left out between two columns is counted, and no span covers what is not shown", async () => {
  const { timeline, steps } = await timelineOf(BUSY, (index, count) => index < 3 || index >= count - 3);
  expect(timeline.columns.map((column) => column.step)).toEqual([
    0,
    1,
    2,
    ...[3, 2, 1].map((n) => steps.length - n),
  ]);
  expect(timeline.columns[3]?.skipped).toBe(steps.length - 6);
  for (const { from, to } of timeline.spans) {
    expect(from).toBeGreaterThanOrEqual(-1);
    expect(to).toBeLessThanOrEqual(6);
  }
  expect(timeline.spans.length).toBeLessThan(14);
});

it("five thousand events stay in order", async () => {
  const { timeline, steps, result } = await timelineOf(
    `for (let i = 0; i < 2500; i += 1) { sleep(1); console.log(i); }`,
  );
  expect(result.trace?.events.length).toBeGreaterThan(5_000);
  expect(timeline.columns).toHaveLength(steps.length);
  expect(timeline.spans.filter((span) => span.kind === "sleeping")).toHaveLength(2500);
});

it("a run that was not recorded has an empty timeline", async () => {
  const loaded = await load(`export function main(): void { console.log(1); }`);
  const result = loaded.run({ entry: { kind: "main" }, chooser: fifo });
  expect(describeTimeline(result, loaded.program).lanes).toEqual([]);
});
