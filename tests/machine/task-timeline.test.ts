import { expect, it } from "vitest";
import { arrows, draw, timelineOf } from "./timeline-of.ts";

const IMPORTS = `import { type Async, blockOn, Context, Future, join, joinAll, Poll, select, spawn, Waker, yieldNow } from "rt";
import { channel, type Receiver } from "rt/sync";
import { JoinSet } from "rt/task";
import { sleep } from "rt/time";
import { Mutex } from "std/sync";
import { work } from "std/cpu";
import { current, park, sleep as block, spawn as thread } from "std/thread";
`;

/** A program whose async `main` is `body`. */
function driven(body: string): string {
  return `${IMPORTS}function* body(): Async<void> {\n${body}\n}\nexport function main(): void { blockOn(body()); }\n`;
}

interface Case {
  readonly title: string;
  readonly body: string;
  readonly lanes: readonly string[];
  readonly arrows?: readonly string[];
  readonly steps?: readonly string[];
}

const CASES: readonly Case[] = [
  {
    title: "the future that `blockOn` was given is on its thread's lane, and has none of its own",
    body: "yield* sleep(10);",
    lanes: ["main: running 0-0 | idle 0-1 (sleeps until 10 ms) | running 1-1"],
    steps: ["main sleeps until 10 ms", "main has slept"],
  },
  {
    title: "a task has a lane under its thread: ready until it is polled, then waiting",
    body: `const a = spawn(function* (): Async<void> { yield* sleep(5); }(), { name: "a" }); yield* a;`,
    lanes: [
      "main: running 0-0 | driving 1-1 | idle 1-2 (waits for a to end) | driving 2-2 | running 3-3",
      "a: ready 0-1 | running 1-1 | waiting 1-2 (sleeps until 5 ms) | running 2-2",
    ],
    arrows: ["spawn main@0 > a@0", "join a@2 > main@3"],
    steps: [
      "main starts a; waits for a to end",
      "a sleeps until 5 ms",
      "a has slept; ends; wakes main",
      "main joins a",
    ],
  },
  {
    title: "a task that waits for several things says all of them, and says which it gives up",
    body: `const [tx, rx] = channel<number>(1);
      yield* join(
        spawn(function* (): Async<void> { yield* sleep(5); yield* tx.send(7); }(), { name: "a" }),
        spawn(function* (): Async<void> { yield* select({ tick: sleep(500), event: rx.recv() }); }(), { name: "b" }),
      );`,
    lanes: [
      "main: running 0-0 | driving 1-2 | idle 2-3 (waits for a to end or b to end) | driving 3-4 | running 5-5",
      "a: ready 0-1 | running 1-1 | waiting 1-3 (sleeps until 5 ms) | running 3-3",
      "b: ready 0-2 | running 2-2 | waiting 2-3 (sleeps until 500 ms or waits for a message on `tx, rx`) | ready 3-4 | running 4-4",
    ],
    arrows: [
      "spawn main@0 > a@0",
      "spawn main@0 > b@0",
      "message a@3 > b@4",
      "join b@4 > main@5",
      "join a@3 > main@5",
    ],
    steps: [
      "main starts a; starts b; waits for a to end or b to end",
      "a sleeps until 5 ms",
      "b sleeps until 500 ms or waits for a message on `tx, rx`",
      "a has slept; sends 7 on `tx, rx`; wakes b; ends; wakes main",
      "b receives 7 from `tx, rx`; no longer sleeps until 500 ms; ends",
      "main joins b; joins a",
    ],
  },
  {
    title: "work inside a task occupies its thread too, and keeps a task that was woken from its turn",
    body: `const a = spawn(function* (): Async<void> { yield* sleep(5); }(), { name: "a" });
      const b = spawn(function* (): Async<void> { work(8); }(), { name: "b" });
      yield* join(a, b);`,
    lanes: [
      "main: running 0-0 | driving 1-2 | working 2-3 (b works) | driving 3-4 | running 5-5",
      "a: ready 0-1 | running 1-1 | waiting 1-3 (sleeps until 5 ms) | ready 3-4 | running 4-4",
      "b: ready 0-2 | running 2-2 | working 2-3 (works) | running 3-3",
    ],
    arrows: ["spawn main@0 > a@0", "spawn main@0 > b@0", "join b@3 > main@5", "join a@4 > main@5"],
  },
  {
    title: "a call that blocks inside a task blocks its thread",
    body: `const gate = new Mutex(0);
      thread(() => { using held = gate.lock(); block(5); }, { name: "w" });
      block(1);
      yield* spawn(function* (): Async<void> { using held = gate.lock(); }(), { name: "a" });`,
    lanes: [
      "main: running 0-0 | sleeping 0-2 (sleeps) | running 2-2 | driving 3-3 | blocked 3-5 (a waits for `gate`) | driving 5-5 | running 6-6",
      "a: ready 2-3 | running 3-3 | blocked 3-5 (waits for `gate`) | running 5-5",
      "w: ready 0-1 | running 1-1 | sleeping 1-4 (sleeps) | running 4-4",
    ],
    arrows: ["spawn main@0 > w@0", "spawn main@2 > a@2", "wake w@4 > a@5", "join a@5 > main@6"],
  },
  {
    title: "a waker that another thread wakes leads to the poll",
    body: `class Once extends Future<void> {
        #polled = false;
        poll(cx: Context): Poll<void> {
          if (this.#polled) return Poll.ready(undefined);
          this.#polled = true;
          const { waker } = cx;
          thread(() => { block(5); waker.wake(); }, { name: "w" });
          return Poll.pending;
        }
      }
      yield* spawn(function* (): Async<void> { yield* new Once(); }(), { name: "a" });`,
    lanes: [
      "main: running 0-0 | driving 1-1 | idle 1-3 (waits for a to end) | ready 3-4 | driving 4-4 | running 5-5",
      "a: ready 0-1 | running 1-1 | waiting 1-3 (waits to be woken) | ready 3-4 | running 4-4",
      "w: ready 1-2 | running 2-2 | sleeping 2-3 (sleeps) | running 3-3",
    ],
    arrows: ["spawn main@0 > a@0", "spawn a@1 > w@1", "wake w@3 > a@4", "join a@4 > main@5"],
  },
  {
    title: "a task that wakes itself is ready again, and a poll that comes to nothing is told",
    body: `yield* spawn(function* (): Async<void> { yield* yieldNow(); }(), { name: "a" });`,
    lanes: [
      "main: running 0-0 | driving 1-2 | running 3-3",
      "a: ready 0-1 | running 1-1 | ready 1-2 | running 2-2",
    ],
    arrows: ["spawn main@0 > a@0", "join a@2 > main@3"],
    steps: [
      "main starts a; waits for a to end",
      "a wakes itself; is not ready yet",
      "a ends; wakes main",
      "main joins a",
    ],
  },
  {
    title: "a future that is polled in vain is told to be",
    body: `const [tx, rx] = channel<number>(1);
      yield* join(
        sleep(5),
        spawn(function* (): Async<void> { yield* join(sleep(2), rx.recv()); }(), { name: "a" }),
        spawn(function* (): Async<void> { yield* sleep(3); yield* tx.send(1); }(), { name: "b" }),
      );`,
    steps: [
      "main starts a; starts b; sleeps until 5 ms or waits for a to end or b to end",
      "a sleeps until 2 ms or waits for a message on `tx, rx`",
      "b sleeps until 3 ms",
      "a has slept; waits for a message on `tx, rx`",
      "b has slept; sends 1 on `tx, rx`; wakes a; ends; wakes main",
      "a receives 1 from `tx, rx`; ends",
      "main joins a; joins b; sleeps until 5 ms",
      "main has slept",
    ],
    lanes: [],
  },
  {
    title: "an aborted task is dropped at its turn, and gives up what it waited for",
    body: `const a = spawn(function* (): Async<void> { yield* sleep(500); }(), { name: "a" });
      yield* sleep(5);
      a.abort();
      yield* a;`,
    lanes: [
      "main: running 0-0 | driving 1-1 | idle 1-2 (sleeps until 5 ms) | running 2-2 | driving 3-3 | running 4-4",
      "a: ready 0-1 | running 1-1 | waiting 1-2 (sleeps until 500 ms) | ready 2-3 | running 3-3",
    ],
    arrows: ["spawn main@0 > a@0", "wake main@2 > a@3", "join a@3 > main@4"],
    steps: [
      "main starts a; sleeps until 5 ms",
      "a sleeps until 500 ms",
      "main has slept; aborts a; wakes a; waits for a to end",
      "a no longer sleeps until 500 ms; is dropped; wakes main",
      "main learns that a was aborted",
    ],
  },
  {
    title: "who waits for the next task of a set says so, and whose end it was",
    body: `const set = new JoinSet<number>();
      set.spawn(function* (): Async<number> { yield* sleep(5); return 1; }());
      yield* set.joinNext();`,
    lanes: [
      "main: running 0-0 | driving 1-1 | idle 1-2 (waits for a task of `set` to end) | driving 2-2 | running 3-3",
      "task-1: ready 0-1 | running 1-1 | waiting 1-2 (sleeps until 5 ms) | running 2-2",
    ],
    arrows: ["spawn main@0 > task-1@0", "join task-1@2 > main@3"],
    steps: [
      "main starts task-1; waits for a task of `set` to end",
      "task-1 sleeps until 5 ms",
      "task-1 has slept; ends; wakes main",
      "main joins task-1",
    ],
  },
  {
    title: "tasks of equal name are told apart, from each other and from threads",
    body: `const named = () => spawn(function* (): Async<void> {}(), { name: "main" });
      yield* joinAll([named(), named()]);`,
    lanes: [
      "main: running 0-0 | driving 1-2 | running 3-3",
      "main (2): ready 0-1 | running 1-1",
      "main (3): ready 0-2 | running 2-2",
    ],
    arrows: [
      "spawn main@0 > main (2)@0",
      "spawn main@0 > main (3)@0",
      "join main (2)@1 > main@3",
      "join main (3)@2 > main@3",
    ],
  },
];

it.each(CASES)("$title", async ({ body, lanes, arrows: led = [], steps }) => {
  const { timeline, steps: told } = await timelineOf(driven(body));
  if (lanes.length > 0) {
    expect(draw(timeline)).toEqual(lanes);
    expect(arrows(timeline)).toEqual(led);
  }
  if (steps !== undefined) expect(told.map(({ actor, text }) => `${actor} ${text}`)).toEqual(steps);
  expect(timeline.columns.map((column) => column.lane)).toEqual(told.map((step) => step.lane));
});

it("a panic of a task has its words on the task's lane, and does not end its thread's", async () => {
  const { timeline, steps, result } = await timelineOf(
    driven(`const a = spawn(function* (): Async<void> { throw new RangeError("no"); }(), { name: "a" });
      try { yield* a; } catch (error) { console.log(String(error)); }`),
  );
  expect(timeline.points).toEqual([
    { kind: "panicked", lane: 1, column: 1, text: "RangeError: no" },
    { kind: "printed", lane: 0, column: 2, text: "RangeError: no" },
  ]);
  expect(steps.map((step) => step.text)[1]).toBe("panics: RangeError: no; wakes main");
  expect(result.printed.map((line) => line.actor)).toEqual(["main"]);
});

it("what a task prints is printed in its name", async () => {
  const { result, timeline } = await timelineOf(
    driven(`yield* spawn(function* (): Async<void> { console.log("hi"); }(), { name: "a" });`),
  );
  expect(result.printed).toEqual([{ timeNs: 0, thread: 0, threadName: "main", actor: "a", text: "hi" }]);
  expect(timeline.points).toEqual([{ kind: "printed", lane: 1, column: 1, text: "hi" }]);
});

it("a warning is a point where it was noticed, and its first sentence is part of the step", async () => {
  const { result, timeline, steps } = await timelineOf(
    driven(`const a = spawn(function* (): Async<void> { work(20); }(), { name: "a" }); yield* a;`),
  );
  const [warning] = result.warnings;
  expect(warning?.message).toMatch(/^a held its executor for 20 ms/);
  expect(timeline.points).toEqual([{ kind: "warned", lane: 1, column: 2, text: warning?.message }]);
  expect(steps[2]?.text).toMatch(
    /is warned: a held its executor for 20 ms.*waits; ends; held its executor for 20 ms/,
  );
});

it("a thread's hand-written executor is parked, and unparked through its waker", async () => {
  const { timeline, steps } = await timelineOf(`${IMPORTS}export function main(): void {
    const waker = Waker.from(current());
    thread(() => { block(5); waker.wake(); }, { name: "w" });
    park();
  }`);
  expect(steps.map(({ actor, text }) => `${actor} ${text}`)).toContain(
    "w wakes up; unparks main through a waker; ends",
  );
  expect(arrows(timeline)).toContain("wake w@2 > main@3");
});

it("of very many tasks the first have lanes of their own, and the others share one", async () => {
  const { timeline, steps } = await timelineOf(
    driven(
      `yield* joinAll(Array.from({ length: 40 }, () => spawn(function* (): Async<void> { yield* sleep(1); }())));`,
    ),
  );
  expect(timeline.lanes.map((lane) => lane.name)).toEqual([
    "main",
    ...Array.from({ length: 15 }, (_, i) => `task-${i + 1}`),
    "25 more tasks",
  ]);
  expect(steps.find((step) => step.actor === "task-40")?.lane).toBe(16);
  expect(timeline.spans.filter((span) => span.lane === 16 && span.kind === "running")).toHaveLength(50);
});
