import type { OutcomeKind } from "#abi";
import { testTwins } from "../twins.ts";
import { wholeProgram } from "./rt-sync-table.ts";

const IMPORTS =
  'import { spawn, sleep } from "std/thread"; import { assert } from "std/assert"; import { Instant } from "std/time";';

/** The same program twice: with a mistake that some schedule shows, and without. */
const TWINS: readonly (readonly [title: string, failure: OutcomeKind, buggy: string, repaired: string])[] = [
  [
    "oneshot: looking once is not waiting",
    "panic",
    `const [tx, rx] = oneshot<number>(); function* answer(tx: OneshotSender<number>): Async<void> { yield* pause(); tx.send(1); } task(answer(tx)); yield* pause(); yield* pause(); assert(rx.tryRecv().ok);`,
    `const [tx, rx] = oneshot<number>(); function* answer(tx: OneshotSender<number>): Async<void> { yield* pause(); tx.send(1); } task(answer(tx)); yield* pause(); yield* pause(); assert((yield* rx).ok);`,
  ],
  [
    "broadcast: who subscribes in its own task may miss what is sent meanwhile",
    "panic",
    `const [tx, first] = broadcast<number>(4); const own = tx.clone(); const t = task((function* (): Async<number> { const rx = own.subscribe(); own.drop(); let n = 0; while ((yield* rx.recv()).ok) n++; return n; })()); yield* pause(); tx.send(1); tx.send(2); tx.drop(); const r = yield* t; assert(r.ok && r.value === 2);`,
    `const [tx, first] = broadcast<number>(4); const rx = tx.subscribe(); const t = task((function* (): Async<number> { let n = 0; while ((yield* rx.recv()).ok) n++; return n; })()); yield* pause(); tx.send(1); tx.send(2); tx.drop(); const r = yield* t; assert(r.ok && r.value === 2);`,
  ],
  [
    "broadcast: a slow receiver between threads loses values, unless there is room",
    "panic",
    `export function main() { const [tx, rx] = broadcast<number>(1); const t = spawn(() => blockOn((function* (): Async<number> { let n = 0; for (;;) { const r = yield* rx.recv(); if (r.ok) n++; else if (r.error === "disconnected") return n; } })())); tx.send(1); tx.send(2); tx.drop(); assert(t.join() === 2); }`,
    `export function main() { const [tx, rx] = broadcast<number>(2); const t = spawn(() => blockOn((function* (): Async<number> { let n = 0; for (;;) { const r = yield* rx.recv(); if (r.ok) n++; else if (r.error === "disconnected") return n; } })())); tx.send(1); tx.send(2); tx.drop(); assert(t.join() === 2); }`,
  ],
  [
    "watch: a watcher sees the last value, not each",
    "panic",
    `export function main() { const [tx, rx] = watch(0); const t = spawn(() => blockOn((function* (): Async<number> { let sum = 0; while ((yield* rx.changed()).ok) sum += rx.borrow(); return sum; })())); tx.send(1); tx.send(2); tx.drop(); assert(t.join() === 3); }`,
    `export function main() { const [tx, rx] = watch(0); const t = spawn(() => blockOn((function* (): Async<number> { let last = 0; while ((yield* rx.changed()).ok) last = rx.borrow(); return last; })())); tx.send(1); tx.send(2); tx.drop(); assert(t.join() === 2); }`,
  ],
  [
    "watch: reading and sending can lose an update between threads; sendModify cannot",
    "panic",
    `export function main() { const [tx, rx] = watch(0); const other = tx.clone(); const t = spawn(() => { other.send(other.borrow() + 1); }); tx.send(tx.borrow() + 1); t.join(); assert(rx.borrow() === 2); }`,
    `export function main() { const [tx, rx] = watch(0); const other = tx.clone(); const t = spawn(() => { other.sendModify((n) => n + 1); }); tx.sendModify((n) => n + 1); t.join(); assert(rx.borrow() === 2); }`,
  ],
  [
    "mutex: unlocking across a wait loses an update, holding the lock does not",
    "panic",
    `const m = new Lock(0); function* bump(): Async<void> { let n = 0; { using g = yield* m.lock(); n = g.value; } yield* pause(); using g = yield* m.lock(); g.value = n + 1; } yield* join(task(bump()), task(bump())); using g = yield* m.lock(); assert(g.value === 2);`,
    `const m = new Lock(0); function* bump(): Async<void> { using g = yield* m.lock(); const n = g.value; yield* pause(); g.value = n + 1; } yield* join(task(bump()), task(bump())); using g = yield* m.lock(); assert(g.value === 2);`,
  ],
  [
    "mutex: two locks in opposite orders, in two threads",
    "deadlock",
    `export function main() { const a = new Lock(0), b = new Lock(0); const both = function* (x: Lock<number>, y: Lock<number>): Async<void> { using g = yield* x.lock(); using h = yield* y.lock(); }; const t = spawn(() => blockOn(both(a, b))); blockOn(both(b, a)); t.join(); }`,
    `export function main() { const a = new Lock(0), b = new Lock(0); const both = function* (x: Lock<number>, y: Lock<number>): Async<void> { using g = yield* x.lock(); using h = yield* y.lock(); }; const t = spawn(() => blockOn(both(a, b))); blockOn(both(a, b)); t.join(); }`,
  ],
  [
    "RwLock: what was read may be old when the write lock comes",
    "panic",
    `const l = new RwLock(0); let made = 0; function* init(): Async<void> { let isEmpty = false; { using g = yield* l.read(); isEmpty = g.value === 0; } yield* pause(); if (!isEmpty) return; using g = yield* l.write(); g.value = 1; made++; } yield* join(task(init()), task(init())); assert(made === 1);`,
    `const l = new RwLock(0); let made = 0; function* init(): Async<void> { let isEmpty = false; { using g = yield* l.read(); isEmpty = g.value === 0; } yield* pause(); if (!isEmpty) return; using g = yield* l.write(); if (g.value === 1) return; g.value = 1; made++; } yield* join(task(init()), task(init())); assert(made === 1);`,
  ],
  [
    "RwLock: reading twice is a deadlock where a writer comes between",
    "deadlock",
    `const l = new RwLock(0); function* twice(): Async<void> { using g = yield* l.read(); yield* pause(); using h = yield* l.read(); } function* write(): Async<void> { yield* pause(); using g = yield* l.write(); } yield* join(task(twice()), task(write()));`,
    `const l = new RwLock(0); function* twice(): Async<void> { { using g = yield* l.read(); yield* pause(); } using h = yield* l.read(); } function* write(): Async<void> { yield* pause(); using g = yield* l.write(); } yield* join(task(twice()), task(write()));`,
  ],
  [
    "notify: a notification for all is lost on who looks first and waits then",
    "stuck",
    `export function main() { const n = new Notify(); const [tx, rx] = watch(false); const t = spawn(() => { tx.send(true); n.notifyWaiters(); }); blockOn((function* (): Async<void> { while (!rx.borrow()) yield* n.notified(); })()); t.join(); }`,
    `export function main() { const n = new Notify(); const [tx, rx] = watch(false); const t = spawn(() => { tx.send(true); n.notifyWaiters(); }); blockOn((function* (): Async<void> { for (;;) { const changed = n.notified(); if (rx.borrow()) { changed.drop(); return; } yield* changed; } })()); t.join(); }`,
  ],
  [
    "notify: two notifications that come before anybody waits are one; permits are counted",
    "stuck",
    `const n = new Notify(); let got = 0; function* take(): Async<void> { yield* n.notified(); got++; } function* give(): Async<void> { n.notifyOne(); n.notifyOne(); } yield* join(task(take()), task(take()), task(give()));`,
    `const n = new Semaphore(0); let got = 0; function* take(): Async<void> { yield* n.acquire(); got++; } function* give(): Async<void> { n.addPermits(1); n.addPermits(1); } yield* join(task(take()), task(take()), task(give()));`,
  ],
  [
    "semaphore: taking permits one by one is a deadlock, taking them together is none",
    "deadlock",
    `const s = new Semaphore(2); function* two(): Async<void> { const a = yield* s.acquire(); yield* pause(); const b = yield* s.acquire(); if (a.ok) a.value.release(); if (b.ok) b.value.release(); } yield* join(task(two()), task(two()));`,
    `const s = new Semaphore(2); function* two(): Async<void> { const a = yield* s.acquire(2); yield* pause(); if (a.ok) a.value.release(); } yield* join(task(two()), task(two()));`,
  ],
  [
    "semaphore: asking how many are free and then taking one lets another thread come between",
    "panic",
    `export function main() { const s = new Semaphore(1); const take = () => { if (s.availablePermits() === 0) return; const got = s.tryAcquire(); assert(got.ok); }; const t = spawn(take); take(); t.join(); }`,
    `export function main() { const s = new Semaphore(1); const take = () => { const got = s.tryAcquire(); if (!got.ok) assert(s.availablePermits() <= 1); }; const t = spawn(take); take(); t.join(); }`,
  ],
  [
    "token: who only looks before it waits may wait for ever",
    "deadlock",
    `export function main() { const stop = new CancellationToken(); const [tx, rx] = queue<number>(1); const t = spawn(() => blockOn((function* (): Async<void> { while (!stop.isCancelled()) yield* rx.recv(); })())); stop.cancel(); t.join(); tx.drop(); }`,
    `export function main() { const stop = new CancellationToken(); const [tx, rx] = queue<number>(1); const t = spawn(() => blockOn((function* (): Async<void> { while ((yield* stop.runUntilCancelled(rx.recv())).ok); })())); stop.cancel(); t.join(); tx.drop(); }`,
  ],
  [
    "channel: trySend loses what does not fit, send waits",
    "panic",
    `const [tx, rx] = queue<number>(1); const t = task((function* (): Async<number> { let n = 0; while ((yield* rx.recv()).ok) n++; return n; })()); for (const i of [1, 2]) { yield* pause(); tx.trySend(i); } tx.drop(); const r = yield* t; assert(r.ok && r.value === 2);`,
    `const [tx, rx] = queue<number>(1); const t = task((function* (): Async<number> { let n = 0; while ((yield* rx.recv()).ok) n++; return n; })()); for (const i of [1, 2]) { yield* pause(); yield* tx.send(i); } tx.drop(); const r = yield* t; assert(r.ok && r.value === 2);`,
  ],
];

for (const [title, fails, wrong, right] of TWINS)
  testTwins(title, {
    fails,
    wrong: `${IMPORTS}${wholeProgram(wrong)}`,
    right: `${IMPORTS}${wholeProgram(right)}`,
  });
