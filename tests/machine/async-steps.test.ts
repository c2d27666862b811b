import { expect, it } from "vitest";
import { describeSteps, describeTimeline } from "#machine";
import { fifo, load } from "../engine.ts";

const IMPORTS = `import { type Async, blockOn, spawn as task } from "rt"; import { sleep } from "rt/time";
import { broadcast, CancellationToken, Mutex, Notify, oneshot, RwLock, Semaphore, watch } from "rt/sync"; `;

/** A program, its steps and its arrows. */
type Row = readonly [title: string, body: string, steps: readonly string[], arrows: readonly string[]];

const ROWS: readonly Row[] = [
  [
    "a oneshot",
    `const [tx, rx] = oneshot<number>(); task((function* (): Async<void> { yield* rx; })()); yield* sleep(1); tx.isClosed(); tx.send(5);`,
    [
      "main: starts task-1; sleeps until 1 ms",
      "task-1: waits for the message on `tx, rx`",
      "main: has slept; finds the receiver of `tx, rx` there; sends 5 on `tx, rx`; wakes task-1",
      "task-1: receives 5 from `tx, rx`; ends",
    ],
    ["spawn main > task-1", "message main > task-1"],
  ],
  [
    "a broadcast",
    `const [tx, rx] = broadcast<number>(1); tx.receiverCount(); rx.tryRecv(); tx.send(1); tx.send(2); rx.tryRecv(); yield* rx.recv(); const other = tx.subscribe(); tx.clone().drop(); task((function* (): Async<void> { yield* other.recv(); })()); yield* sleep(1); tx.send(3);`,
    [
      "main: counts the receivers of `tx, rx`: 1; gets nothing from `tx, rx`: it is empty; sends 1 on `tx, rx`; sends 2 on `tx, rx`; was too slow for `tx, rx` and missed values; receives 2 from `tx, rx`; … 3 more …; starts task-1; sleeps until 1 ms",
      "task-1: waits for a message on `tx, rx`",
      "main: has slept; sends 3 on `tx, rx`; wakes task-1",
      "task-1: receives 3 from `tx, rx`; ends",
    ],
    ["spawn main > task-1", "wake main > task-1"],
  ],
  [
    "a watch",
    `const [tx, rx] = watch(1); rx.hasChanged(); tx.send(2); rx.hasChanged(); rx.borrow(); tx.sendModify((n) => n + 1); yield* rx.changed(); task((function* (): Async<void> { yield* rx.changed(); yield* rx.changed(); })()); yield* sleep(1); tx.send(4); tx.drop();`,
    [
      "main: finds `tx, rx` unchanged; writes `tx, rx` = 2; finds `tx, rx` changed; reads `tx, rx`: 2; changes `tx, rx` to 3; finds `tx, rx` changed; starts task-1; sleeps until 1 ms",
      "task-1: waits for a change of `tx, rx`",
      "main: has slept; writes `tx, rx` = 4; wakes task-1; drops its end of `tx, rx`",
      "task-1: finds `tx, rx` changed; finds that `tx, rx` will not change again; ends",
    ],
    ["spawn main > task-1", "wake main > task-1"],
  ],
  [
    "a mutex of tasks",
    `const m = new Mutex(1); const g = yield* m.lock(); m.tryLock(); task((function* (): Async<void> { using g = yield* m.lock(); })()); yield* sleep(1); g.value = 2; g.unlock();`,
    [
      "main: locks `m`: 1; finds `m` locked; starts task-1; sleeps until 1 ms",
      "task-1: waits for `m`",
      "main: has slept; unlocks `m`: 2; wakes task-1",
      "task-1: locks `m`: 2; unlocks `m`: 2; ends",
    ],
    ["spawn main > task-1", "wake main > task-1"],
  ],
  [
    "an RwLock of tasks",
    `const l = new RwLock(1); const g = yield* l.read(); task((function* (): Async<void> { using g = yield* l.write(); g.value = 2; })()); yield* sleep(1); g.unlock();`,
    [
      "main: locks `l`: 1; starts task-1; sleeps until 1 ms",
      "task-1: waits for `l`",
      "main: has slept; unlocks `l`; wakes task-1",
      "task-1: locks `l`: 1; unlocks `l`: 2; ends",
    ],
    ["spawn main > task-1", "wake main > task-1"],
  ],
  [
    "a semaphore",
    `const s = new Semaphore(2); const a = yield* s.acquire(2); s.tryAcquire(); task((function* (): Async<void> { yield* s.acquire(); })()); yield* sleep(1); if (a.ok) a.value.release(); s.availablePermits(); s.addPermits(3); s.close(); yield* s.acquire();`,
    [
      "main: takes 2 permits of `s`; finds too few permits of `s`; starts task-1; sleeps until 1 ms",
      "task-1: waits for permits of `s`",
      "main: has slept; gives back what it has of `s`; wakes task-1; asks how many permits of `s` are free: 1; adds 3 to the permits of `s`; closes `s`; finds `s` closed",
      "task-1: finds `s` closed; ends",
    ],
    ["spawn main > task-1", "wake main > task-1"],
  ],
  [
    "a notify",
    `const n = new Notify(); task((function* (): Async<void> { yield* n.notified(); })()); yield* sleep(1); n.notifyOne(); n.notifyWaiters();`,
    [
      "main: starts task-1; sleeps until 1 ms",
      "task-1: waits to be notified on `n`",
      "main: has slept; notifies one who waits on `n`; wakes task-1; notifies all who wait on `n`",
      "task-1: was notified on `n`; ends",
    ],
    ["spawn main > task-1", "wake main > task-1"],
  ],
  [
    "a token",
    `const stop = new CancellationToken(); stop.isCancelled(); task((function* (): Async<void> { yield* stop.cancelled(); })()); yield* sleep(1); stop.cancel(); stop.isCancelled();`,
    [
      "main: finds `stop` not cancelled; starts task-1; sleeps until 1 ms",
      "task-1: waits until `stop` is cancelled",
      "main: has slept; cancels `stop`; wakes task-1; finds `stop` cancelled",
      "task-1: finds `stop` cancelled; ends",
    ],
    ["spawn main > task-1", "wake main > task-1"],
  ],
];

it.each(ROWS)("tells of %s", async (_title, body, steps, arrows) => {
  const loaded = await load(
    `${IMPORTS}\nexport function main() { blockOn(body()); } function* body(): Async<void> { ${body} }`,
  );
  const result = loaded.run({ entry: { kind: "main" }, chooser: fifo, record: true });
  expect(result.outcome).toMatchObject({ kind: "passed", message: "" });
  const told = describeSteps(result, loaded.program).map(({ actor, text }) => `${actor}: ${text}`);
  expect(told).toEqual(steps);
  const { arrows: drawn, lanes } = describeTimeline(result, loaded.program);
  expect(
    drawn.map((arrow) => `${arrow.kind} ${lanes[arrow.fromLane]?.name} > ${lanes[arrow.toLane]?.name}`),
  ).toEqual(arrows);
});
