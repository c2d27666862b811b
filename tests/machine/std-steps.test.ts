import { expect, it } from "vitest";
import { describeSteps, describeTimeline } from "#machine";
import { fifo, load } from "../engine.ts";

const IMPORTS = `import { park, parkTimeout, current, scope, sleep, spawn } from "std/thread";
import { AtomicI32, Barrier, Condvar, Mutex, OnceLock, RwLock, syncChannel } from "std/sync"; `;

/** A program, its steps and its arrows. */
type Row = readonly [title: string, body: string, steps: readonly string[], arrows: readonly string[]];

const ROWS: readonly Row[] = [
  [
    "an RwLock that is written after it was read",
    `const lock = new RwLock(1), g = lock.read(); const w = spawn(() => { using g = lock.write(); g.value = 2; }); sleep(1); g.unlock(); w.join(); lock.tryRead(); lock.tryWrite();`,
    [
      "main: locks `lock` to read: 1; starts worker-1; sleeps",
      "worker-1: waits to write `lock`",
      "main: wakes up; unlocks `lock`; waits for worker-1 to end",
      "worker-1: locks `lock` to write: 1; unlocks `lock`: 2; ends",
      "main: joins worker-1; locks `lock` to read: 2; finds `lock` locked",
    ],
    ["spawn main > worker-1", "wake main > worker-1", "join worker-1 > main"],
  ],
  [
    "a park that is unparked",
    `const me = current(); scope((s) => { s.spawn(() => { sleep(1); me.unpark(); }); park(); parkTimeout(1); });`,
    [
      "main: starts worker-1; waits to be unparked",
      "worker-1: sleeps",
      "worker-1: wakes up; unparks main; ends",
      "main: goes on; waits to be unparked",
      "main: was not unparked in time; joins worker-1",
    ],
    ["spawn main > worker-1", "wake worker-1 > main", "join worker-1 > main"],
  ],
  [
    "a barrier",
    `const gate = new Barrier(2), w = spawn(() => { gate.wait(); }); sleep(1); gate.wait(); w.join();`,
    [
      "main: starts worker-1; sleeps",
      "worker-1: waits for the others at `gate`",
      "main: wakes up; passes `gate` as the last to arrive; waits for worker-1 to end",
      "worker-1: passes `gate`; ends",
      "main: joins worker-1",
    ],
    ["spawn main > worker-1", "wake main > worker-1", "join worker-1 > main"],
  ],
  [
    "a OnceLock",
    `const once = new OnceLock<number>(), w = spawn(() => { once.getOrInit(() => { sleep(5); return 7; }); }); sleep(1); once.get(); once.set(8); once.getOrInit(() => 9); w.join();`,
    [
      "main: starts worker-1; sleeps",
      "worker-1: begins to compute `once`; sleeps",
      "main: wakes up; finds nothing in `once`; waits until `once` is computed",
      "worker-1: wakes up; has computed `once`: 7; ends",
      "main: finds `once` set; reads `once`: 7; joins worker-1",
    ],
    ["spawn main > worker-1", "wake worker-1 > main", "join worker-1 > main"],
  ],
  [
    "a rendezvous whose sender comes first",
    `const [tx, rx] = syncChannel<number | undefined>(0); const w = spawn(() => { tx.send(7); tx.send(undefined); }); sleep(1); rx.recv(); rx.recv(); w.join();`,
    [
      "main: starts worker-1; sleeps",
      "worker-1: waits for room in `tx, rx`",
      "main: wakes up; receives 7 from `tx, rx`",
      "main: waits for a message on `tx, rx`",
      "worker-1: sends 7 on `tx, rx`; sends undefined on `tx, rx`; ends",
      "main: receives undefined from `tx, rx`; joins worker-1",
    ],
    ["spawn main > worker-1", "message worker-1 > main", "message worker-1 > main", "join worker-1 > main"],
  ],
  [
    "a rendezvous whose receiver comes first",
    `const [tx, rx] = syncChannel<number>(0); const w = spawn(() => rx.recv().ok); sleep(1); tx.send(7); w.join();`,
    [
      "main: starts worker-1; sleeps",
      "worker-1: waits for a message on `tx, rx`",
      "main: wakes up; sends 7 on `tx, rx`; waits for worker-1 to end",
      "worker-1: receives 7 from `tx, rx`; ends",
      "main: joins worker-1",
    ],
    ["spawn main > worker-1", "message main > worker-1", "join worker-1 > main"],
  ],
  [
    "poison and atomics",
    `const m = new Mutex(1), n = new AtomicI32(3); m.isPoisoned(); m.clearPoison(); n.fetchAdd(1);`,
    ["main: asks whether `m` is poisoned: no; takes the poison of `m` back; changes `n`, which held 3"],
    [],
  ],
];

it.each(ROWS)("tells of %s", async (_title, body, steps, arrows) => {
  const loaded = await load(`${IMPORTS}\nexport function main() { ${body} }`);
  const result = loaded.run({ entry: { kind: "main" }, chooser: fifo, record: true });
  expect(result.outcome).toMatchObject({ kind: "passed", message: "" });
  const told = describeSteps(result, loaded.program).map(({ actor, text }) => `${actor}: ${text}`);
  expect(told).toEqual(steps);
  const { arrows: drawn, lanes } = describeTimeline(result, loaded.program);
  expect(
    drawn.map((arrow) => `${arrow.kind} ${lanes[arrow.fromLane]?.name} > ${lanes[arrow.toLane]?.name}`),
  ).toEqual(arrows);
});

it("a spurious wake-up is told as one", async () => {
  const loaded = await load(
    `${IMPORTS}\nexport function main() { const m = new Mutex(1), c = new Condvar(); using g = m.lock(); c.wait(g); }`,
  );
  const chooser = { choose: () => 1 };
  const rules = { spuriousWakeups: true };
  const result = loaded.run({ entry: { kind: "main" }, chooser, rules, record: true });
  expect(result.outcome.kind).toBe("passed");
  expect(JSON.stringify(describeSteps(result, loaded.program))).toContain(
    "wakes up, though nobody notified `c`",
  );
});
