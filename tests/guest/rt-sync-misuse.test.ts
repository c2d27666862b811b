import { it } from "vitest";
import { checkSync } from "./rt-sync-table.ts";
import { ends, type Row } from "./table.ts";

const MISUSES: readonly Row[] = [
  [
    "a oneshot sends one value",
    `const [tx, rx] = oneshot<number>(); tx.send(1);\ntx.send(2);`,
    ends(
      "misuse",
      "main uses `tx` after it has sent its one value (main.ts:3:37). For more values use `channel` instead of `oneshot`.",
      "4:1",
    ),
  ],
  [
    "a oneshot's sender has one owner",
    `const [tx, rx] = oneshot<number>(); function* use(tx: OneshotSender<number>): Async<void> {}\ntask(use(tx)); tx.send(1);`,
    ends(
      "misuse",
      "main uses `tx` after it moved into task-1 (main.ts:4:1). It has one owner, as it sends one value: use it there, or do not give it away.",
      "4:16",
    ),
  ],
  [
    "a broadcast's receiver has one owner, and can be multiplied",
    `const [tx, rx] = broadcast<number>(2); function* use(rx: BroadcastReceiver<number>): Async<void> {}\ntask(use(rx)); rx.tryRecv();`,
    ends(
      "misuse",
      "main uses `rx` after it moved into task-1 (main.ts:4:1). Make a second one first and move that: `rx.resubscribe()`.",
      "4:16",
    ),
  ],
  [
    "a watch's receiver has one owner, and can be cloned",
    `const [tx, rx] = watch(2); function* use(rx: WatchReceiver<number>): Async<void> {}\ntask(use(rx)); rx.borrow();`,
    ends(
      "misuse",
      "main uses `rx` after it moved into task-1 (main.ts:4:1). Clone it first and move the clone: `rx.clone()`.",
      "4:16",
    ),
  ],
  [
    "a permit that moved into a task is not the old owner's to release",
    `const s = new Semaphore(1); const got = s.tryAcquire(); if (!got.ok) return; const permit = got.value; function* use(permit: Permit): Async<void> { yield* nap(5); }\ntask(use(permit)); permit.release();`,
    ends(
      "misuse",
      "main uses `permit` after it moved into task-1 (main.ts:4:1). A permit has one owner: release it there.",
      "4:20",
    ),
  ],
  [
    "a permit is released once",
    `const s = new Semaphore(1); const got = s.tryAcquire(); if (!got.ok) return; const permit = got.value; permit.release();\npermit.release();`,
    ends("misuse", "main uses `permit` after it was released (main.ts:3:104).", "4:1"),
  ],
  [
    "a receiver that was dropped is not awaited",
    `const [tx, rx] = oneshot<number>(); rx.drop();\nyield* rx;`,
    ends("misuse", "main uses `rx` after it was dropped (main.ts:3:37).", "4:1"),
  ],
  [
    "a oneshot is awaited once",
    `const [tx, rx] = oneshot<number>(); tx.send(1); yield* rx;\nyield* rx;`,
    ends(
      "misuse",
      "A future is polled after it was ready: its value has been handed out. Wait for each future once; for another value make another future.",
      "4:1",
    ),
  ],
  [
    "an end of a channel cannot be broadcast",
    `const [tx, rx] = broadcast<unknown>(2); const [a, b] = queue(1);\ntx.send(a);`,
    ends(
      "misuse",
      "A value in `tx, rx` is copied for each receiver, and an end of a channel has one owner. Send it through a channel instead.",
      "4:1",
    ),
  ],
  [
    "an end of a channel cannot be watched",
    `const [a, b] = queue(1);\nconst [tx, rx] = watch(a);`,
    ends(
      "misuse",
      "A value in a watch is copied for each receiver, and an end of a channel has one owner. Send it through a channel instead.",
      "4:18",
    ),
  ],
  [
    "a watch is not read inside sendModify",
    `const [tx, rx] = watch(1);\ntx.sendModify((n) => rx.borrow());`,
    ends(
      "misuse",
      "`tx, rx` is used inside the function that sendModify() was given, which has it for itself. Use the value that the function is given.",
      "4:22",
    ),
  ],
  [
    "a guard is not read after it was unlocked",
    `const m = new Lock(1); const g = yield* m.lock(); g.unlock();\nconsole.log(g.value);`,
    ends("misuse", "A guard is read after it was unlocked. Lock again to see the value.", "4:1"),
  ],
  [
    "a guard stays in its task",
    `const m = new Lock(1); const g = yield* m.lock(); function* use(): Async<void> { g.value = 2; }\ntask(use());`,
    ends(
      "misuse",
      "The new task would take `g` along, but a lock's guard stays in the task that locked. Unlock it first, and lock again in there.",
      "4:1",
    ),
  ],
  [
    "a guard ends with its task",
    `const m = new Lock(1); const r = yield* task((function* (): Async<MutexGuard<number>> { return yield* m.lock(); })());\nif (r.ok) r.value.unlock();`,
    ends(
      "misuse",
      "A guard of `m` is unlocked after the task that locked has ended, which gave the lock back. A guard stays in its task.",
      "4:11",
    ),
  ],
  [
    "what is read under a lock is not changed",
    `const l = new RwLock({ n: 1 }); using g = yield* l.read();\ng.value.n = 2;`,
    ends(
      "misuse",
      "main changes the value of a read guard, which may only be looked at. Take the lock with `write()` to change it.",
      "4:1",
    ),
  ],
  [
    "methods need their object",
    `const m = new Lock(1); const { lock } = m;\nlock();`,
    ends("panic", "TypeError: This method was called without its object: write `object.method()`.", "4:1"),
  ],
];

const STANDSTILLS: readonly Row[] = [
  [
    "a task that locks twice waits for itself",
    `const m = new Lock(1); using g = yield* m.lock();\nyield* m.lock();`,
    ends(
      "deadlock",
      "main waits for `m`, which it holds itself (taken at main.ts:3:34). Nobody can go on.",
      "4:1",
    ),
  ],
  [
    "two tasks that lock in opposite orders wait for each other",
    `const a = new Lock(1), b = new Lock(2); function* take(x: Lock<number>, y: Lock<number>): Async<void> { using g = yield* x.lock();\nyield* nap(1);\nusing h = yield* y.lock(); }\nconst t = task(take(a, b)), u = task(take(b, a)); yield* t; yield* u;`,
    ends(
      "deadlock",
      "task-1 waits for `b`, which task-2 holds (taken at main.ts:3:115). task-2 waits for `a`, which task-1 holds (taken at main.ts:3:115). Nobody can go on.",
      "5:11",
    ),
  ],
  [
    "a task that reads twice with a writer between waits for itself",
    `const l = new RwLock(1); function* w(): Async<void> { using g = yield* l.write(); }\nusing g = yield* l.read(); task(w()); yield* pause();\nyield* l.read();`,
    ends(
      "deadlock",
      "main waits to read `l`, which it reads itself (taken at main.ts:4:11), in line behind task-1. Nobody can go on.",
      "5:1",
    ),
  ],
  [
    "a small request waits behind a large one that waits for its own permit",
    `const s = new Semaphore(2); function* w(): Async<void> { yield* s.acquire(2); }\nconst g = yield* s.acquire(); const t = task(w()); yield* pause();\nyield* s.acquire();`,
    ends(
      "deadlock",
      "main waits for a permit of `s`, of which it has 1 itself (taken at main.ts:4:11), in line behind task-1. Nobody can go on.",
      "5:1",
    ),
  ],
  [
    "a lock that a blocked thread holds is named with its thread and line",
    `const m = new Lock(1); const g = yield* m.lock(); const t = spawn(() => { blockOn(m.lock()); }, { name: "other" });\nt.join();`,
    ends(
      "deadlock",
      "main waits for other to end. other waits for `m`, which main holds (taken at main.ts:3:34). Nobody can go on.",
      "4:1",
    ),
  ],
  [
    "more permits than there are never come",
    `const s = new Semaphore(2);\nyield* s.acquire(3);`,
    ends("stuck", "main waits for 3 permits of `s`, which has 2. Nothing will ever wake it.", "4:1"),
  ],
  [
    "notifyWaiters is not kept for who comes later",
    `const n = new Notify(); n.notifyWaiters();\nyield* n.notified();`,
    ends("stuck", "main waits to be notified on `n`. Nothing will ever wake it.", "4:1"),
  ],
  [
    "a child's cancellation is not its parent's",
    `const stop = new CancellationToken(); stop.childToken().cancel();\nyield* stop.cancelled();`,
    ends("stuck", "main waits until `stop` is cancelled. Nothing will ever wake it.", "4:1"),
  ],
  [
    "a watch that its own watcher could change",
    `const [tx, rx] = watch(1);\nyield* rx.changed();`,
    ends(
      "deadlock",
      "main waits for a change of `tx, rx` while it holds a sender of it itself, so the channel never ends. Nobody can go on.",
      "4:1",
    ),
  ],
  [
    "a oneshot that its own receiver could send",
    `const [tx, rx] = oneshot();\nyield* rx;`,
    ends(
      "deadlock",
      "main waits for the message on `tx, rx` while it holds a sender of it itself, so the channel never ends. Nobody can go on.",
      "4:1",
    ),
  ],
  [
    "a broadcast that its own receiver could send",
    `const [tx, rx] = broadcast(1);\nyield* rx.recv();`,
    ends(
      "deadlock",
      "main waits for a message on `tx, rx` while it holds a sender of it itself, so the channel never ends. Nobody can go on.",
      "4:1",
    ),
  ],
  [
    "a sender that waits for its own receiver to go",
    `const [tx, rx] = oneshot();\nyield* tx.closed();`,
    ends(
      "deadlock",
      "main waits until the receiver of `tx, rx` is dropped, which it owns itself. Nobody can go on.",
      "4:1",
    ),
  ],
];

it.each([...MISUSES, ...STANDSTILLS])("%s", (_title, program, expected) => checkSync(program, expected));
