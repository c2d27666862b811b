import { it } from "vitest";
import { checkSync } from "./rt-sync-table.ts";
import { prints, type Row } from "./table.ts";

const MUTEX: readonly Row[] = [
  [
    "a lock is kept across a wait, so nothing is lost",
    `const m = new Lock(0); function* bump(): Async<void> { for (let i = 0; i < 3; i++) { using g = yield* m.lock(); const n = g.value; yield* nap(1); g.value = n + 1; } }
yield* join(bump(), bump()); using g = yield* m.lock(); console.log(g.value);`,
    prints("6"),
  ],
  [
    "tasks get it in the order in which they began to wait",
    `const m = new Lock<string[]>([]); function* add(name: string): Async<void> { using g = yield* m.lock(); yield* pause(); g.value.push(name); }
const first = yield* m.lock(); const all = ["a", "b", "c", "d"].map((name) => task(add(name))); yield* nap(1); first.unlock(); yield* joinAll(all); using g = yield* m.lock(); console.log(g.value.join(""));`,
    prints("abcd"),
  ],
  [
    "tryLock does not jump the line: what was unlocked belongs to the next in it",
    `const m = new Lock(0); const mine = yield* m.lock(); console.log(m.tryLock().ok); const next = task((function* (): Async<void> { using g = yield* m.lock(); g.value = 1; })()); yield* pause();
mine.unlock(); console.log(m.tryLock().ok); yield* next; const again = m.tryLock(); console.log(again.ok && again.value.value);`,
    prints("false", "false", "1"),
  ],
  [
    "a task that panics, is aborted or ends while it holds the lock gives it back, unpoisoned",
    `const m = new Lock(5); const keep = (then: () => Async<void>) => (function* (): Async<void> { const g = yield* m.lock(); g.value = 6; yield* then(); })();
const a = task(keep(function* () { throw new Error("x"); })); try { yield* a; } catch {} { using g = yield* m.lock(); console.log(g.value); }
const b = task(keep(function* () { yield* nap(100); })); yield* pause(); b.abort(); { using g = yield* m.lock(); console.log(g.value); }
const c = task(keep(function* () {})); yield* c; { using g = yield* m.lock(); console.log(g.value); }`,
    prints("5", "5", "5"),
  ],
  [
    "using frees it with what was changed, also when a panic leaves the block",
    `const m = new Lock(1); function* half(): Async<void> { using g = yield* m.lock(); g.value = 2; yield* nap(1); throw new Error("x"); }
try { yield* half(); } catch {} const g = m.tryLock(); console.log(g.ok && g.value.value);`,
    prints("2"),
  ],
  [
    "a future that is dropped inside the block frees it",
    `const m = new Lock(1); function* hold(): Async<void> { using g = yield* m.lock(); yield* nap(50); }
console.log((yield* timeout(5, hold())).ok, m.tryLock().ok);`,
    prints("false true"),
  ],
  [
    "tasks in several threads share it",
    `export function main() { const m = new Lock({ n: 0 }); const bump = function* (): Async<void> { for (let i = 0; i < 5; i++) { using g = yield* m.lock(); const { n } = g.value; yield* pause(); g.value.n = n + 1; } };
  const threads = [1, 2, 3].map(() => spawn(() => blockOn(join(bump(), bump())))); for (const t of threads) t.join();
  console.log(blockOn(m.lock()).value); }`,
    prints("{ n: 30 }"),
  ],
  [
    "a lock inside a message is the same lock",
    `const m = new Lock(1); const [tx, rx] = queue<{ m: typeof m }>(1); yield* tx.send({ m }); const r = yield* rx.recv(); if (r.ok) { using g = yield* r.value.m.lock(); g.value = 2; } const g = m.tryLock(); console.log(g.ok && g.value.value);`,
    prints("2"),
  ],
  [
    "a channel's end may live in a lock's value and is used by who holds it",
    `const [tx, rx] = queue<number>(4); const m = new Lock({ tx }); function* say(n: number): Async<void> { using g = yield* m.lock(); yield* g.value.tx.send(n); }
yield* join(task(say(1)), task(say(2))); console.log(show(yield* rx.recv()), show(yield* rx.recv()));`,
    prints("ok 1 ok 2"),
  ],
  [
    "tasks share a receiver that a lock holds, one after the other",
    `const [tx, rx] = queue<number>(8); const m = new Lock(rx); for (const n of [1, 2, 3, 4]) tx.trySend(n); tx.drop(); const seen: number[] = [];
function* work(): Async<void> { for (;;) { let r; { using g = yield* m.lock(); r = yield* g.value.recv(); } if (!r.ok) return; yield* pause(); seen.push(r.value); } }
yield* joinAll([task(work()), task(work())]); console.log(seen.length);`,
    prints("4"),
  ],
];

const RW_LOCK: readonly Row[] = [
  [
    "readers read together, a writer is alone",
    `const t = Instant.now(); const l = new RwLock(1); function* read(): Async<number> { using g = yield* l.read(); yield* nap(10); return g.value; } function* write(): Async<void> { using g = yield* l.write(); yield* nap(10); g.value++; }
console.log(yield* join(read(), read(), write(), read()), t.elapsed());`,
    prints("[1, 1, undefined, 2] 30"),
  ],
  [
    "a reader that comes after a writer waits behind it, though others read",
    `const l = new RwLock<string[]>([]); const first = yield* l.read(); const order: string[] = [];
const w = task((function* (): Async<void> { using g = yield* l.write(); order.push("writer"); })()); yield* pause(); console.log(l.tryRead().ok);
const r = task((function* (): Async<void> { using g = yield* l.read(); order.push("reader"); })()); yield* pause(); console.log(order.length); first.unlock(); yield* join(w, r); console.log(order);`,
    prints("false", "0", '["writer", "reader"]'),
  ],
  [
    "tryRead and tryWrite",
    `const l = new RwLock(1); const a = l.tryRead(), b = l.tryRead(); console.log(a.ok, b.ok, l.tryWrite().ok); if (a.ok) a.value.unlock(); console.log(l.tryWrite().ok); if (b.ok) b.value.unlock(); const w = l.tryWrite(); console.log(w.ok, l.tryRead().ok, l.tryWrite().ok);`,
    prints("true true false", "false", "true false false"),
  ],
  [
    "a writer that is dropped in line lets the readers behind it go on",
    `const l = new RwLock(1); const first = yield* l.read(); const w = task((function* (): Async<void> { yield* timeout(5, l.write()); })()); yield* pause(); const t = Instant.now(); using g = yield* l.read(); console.log(t.elapsed());`,
    prints("5"),
  ],
  [
    "a task that ends while it writes gives the lock back and leaves the value",
    `const l = new RwLock(1); const a = task((function* (): Async<void> { const g = yield* l.write(); g.value = 2; throw new Error("x"); })()); try { yield* a; } catch {} using g = yield* l.read(); console.log(g.value);`,
    prints("1"),
  ],
];

const SEMAPHORE: readonly Row[] = [
  [
    "at most as many at once as there are permits",
    `const t = Instant.now(); const limit = new Semaphore(2); let now = 0, most = 0; function* job(): Async<void> { const got = yield* limit.acquire(); if (!got.ok) return; using permit = got.value; most = Math.max(most, ++now); yield* nap(10); now--; }
yield* joinAll([1, 2, 3, 4, 5].map(job)); console.log(most, t.elapsed(), limit.availablePermits());`,
    prints("2 30 2"),
  ],
  [
    "a large request at the front holds small ones back, and gets what is given back first",
    `const s = new Semaphore(3); const got = s.tryAcquire(2); const order: number[] = []; function* take(n: number): Async<void> { const r = yield* s.acquire(n); order.push(n); if (r.ok) r.value.release(); }
const big = task(take(3)), small = task(take(1)); yield* nap(1); console.log(order.length, s.availablePermits(), s.tryAcquire().ok); if (got.ok) got.value.release(); yield* join(big, small); console.log(order, s.availablePermits());`,
    prints("0 0 false", "[3, 1] 3"),
  ],
  [
    "tryAcquire says why not",
    `const s = new Semaphore(1); console.log(show(s.tryAcquire(2))); s.close(); console.log(show(s.tryAcquire()));`,
    prints("error no-permits", "error closed"),
  ],
  [
    "closing wakes who waits; permits that are out stay good",
    `const s = new Semaphore(1); const got = s.tryAcquire(); function* wait(): Async<string> { return show(yield* s.acquire()); } const a = task(wait()), b = task(wait()); yield* pause(); s.close(); console.log(yield* join(a, b)); if (got.ok) got.value.release(); console.log(s.availablePermits(), show(yield* s.acquire()));`,
    prints('[{ ok: true, value: "error closed" }, { ok: true, value: "error closed" }]', "1 error closed"),
  ],
  [
    "a closed semaphore turns even those away whose turn it was",
    `const s = new Semaphore(1); const got = s.tryAcquire(); const a = task((function* (): Async<string> { return show(yield* s.acquire()); })()); yield* pause(); if (got.ok) got.value.release(); s.close(); console.log(yield* a, s.availablePermits());`,
    prints('{ ok: true, value: "error closed" } 1'),
  ],
  [
    "addPermits serves who waits, in order",
    `const s = new Semaphore(0); const order: string[] = []; function* wait(name: string, n: number): Async<void> { yield* s.acquire(n); order.push(name); yield* nap(100); } task(wait("a", 2)); task(wait("b", 1)); yield* pause(); s.addPermits(1); yield* nap(1); console.log(order); s.addPermits(2); yield* nap(1); console.log(order, s.availablePermits());`,
    prints("[]", '["a", "b"] 0'),
  ],
  [
    "a permit moves into a task and is given back when the task ends",
    `const s = new Semaphore(1); function* work(permit: Permit): Async<void> { yield* nap(5); } const t = Instant.now(); for (let i = 0; i < 3; i++) { const got = yield* s.acquire(); if (got.ok) task(work(got.value)); } console.log(t.elapsed(), s.availablePermits()); yield* nap(6); console.log(s.availablePermits());`,
    prints("10 0", "1"),
  ],
  [
    "a permit that moved away is no matter at the end of its block",
    `const s = new Semaphore(1); function* work(permit: Permit): Async<void> { yield* nap(5); } { const got = yield* s.acquire(); if (got.ok) { using permit = got.value; task(work(permit)); } } console.log(s.availablePermits()); yield* nap(6); console.log(s.availablePermits());`,
    prints("0", "1"),
  ],
  [
    "a permit can be sent to another thread and given back there",
    `export function main() { const s = new Semaphore(1); const [tx, rx] = channel<Permit>(); const t = spawn(() => { const r = rx.recv(); sleep(3); if (r.ok) r.value.release(); });
  blockOn((function* (): Async<void> { const got = yield* s.acquire(); if (got.ok) tx.send(got.value); const at = Instant.now(); yield* s.acquire(); console.log(at.elapsed()); })()); t.join(); }`,
    prints("3"),
  ],
  [
    "a permit in a lock's value is given back by whoever holds the lock",
    `const s = new Semaphore(1); const got = s.tryAcquire(); const m = new Lock(got.ok ? [got.value] : []); yield* task((function* (): Async<void> { using g = yield* m.lock(); g.value[0]?.release(); })()); console.log(s.availablePermits());`,
    prints("1"),
  ],
  [
    "what a join that is dropped had taken already goes back",
    `const a = new Semaphore(1), b = new Semaphore(0), m = new Lock(0); const cut = yield* timeout(5, join(a.acquire(), m.lock(), b.acquire())); console.log(cut.ok, a.availablePermits(), m.tryLock().ok);`,
    prints("false 1 true"),
  ],
  [
    "numbers that make no sense are refused",
    `const s = new Semaphore(1); for (const f of [() => new Semaphore(-1), () => s.acquire(0), () => s.tryAcquire(1.5), () => s.addPermits(NaN)]) try { f(); } catch (e) { console.log((e as Error).message); }`,
    prints(
      "new Semaphore(permits) needs a whole number from 0, got -1",
      "acquire(n) needs a whole number from 1, got 0",
      "tryAcquire(n) needs a whole number from 1, got 1.5",
      "addPermits(n) needs a whole number from 0, got NaN",
    ),
  ],
];

const NOTIFY: readonly Row[] = [
  [
    "a notification that nobody waits for is kept, but only one",
    `const n = new Notify(); n.notifyOne(); n.notifyOne(); console.log((yield* timeout(1, n.notified())).ok, (yield* timeout(1, n.notified())).ok);`,
    prints("true false"),
  ],
  [
    "notifyOne wakes the one that has waited longest",
    `const n = new Notify(); const order: string[] = []; function* wait(name: string): Async<void> { yield* n.notified(); order.push(name); } const all = ["a", "b", "c"].map((name) => task(wait(name))); yield* pause(); for (const _ of all) { n.notifyOne(); yield* nap(1); } console.log(order.join(""));`,
    prints("abc"),
  ],
  [
    "notifyWaiters wakes all who wait and keeps nothing",
    `const n = new Notify(); let woken = 0; function* wait(): Async<void> { yield* n.notified(); woken++; } const all = [wait(), wait(), wait()].map((f) => task(f)); yield* pause(); n.notifyWaiters(); yield* joinAll(all); console.log(woken, (yield* timeout(1, n.notified())).ok);`,
    prints("3 false"),
  ],
  [
    "notifyWaiters reaches a future that was made before, polled or not",
    `const n = new Notify(); const early = n.notified(); n.notifyWaiters(); const late = n.notified(); console.log((yield* timeout(1, early)).ok, (yield* timeout(1, late)).ok);`,
    prints("true false"),
  ],
  [
    "a kept notification is taken before that",
    `const n = new Notify(); const early = n.notified(); n.notifyWaiters(); n.notifyOne(); yield* early; console.log((yield* timeout(1, n.notified())).ok);`,
    prints("false"),
  ],
  [
    "another thread notifies",
    `export function main() { const n = new Notify(); const t = spawn(() => { sleep(4); n.notifyOne(); }); const at = Instant.now(); blockOn(n.notified()); console.log(at.elapsed()); t.join(); }`,
    prints("4"),
  ],
];

const TOKEN: readonly Row[] = [
  [
    "cancelling wakes all who wait, once and for ever",
    `const stop = new CancellationToken(); function* wait(): Async<number> { yield* stop.cancelled(); return 1; } const a = task(wait()), b = task(wait()); yield* nap(1); console.log(stop.isCancelled()); stop.cancel(); stop.cancel(); yield* join(a, b); yield* stop.cancelled(); console.log(stop.isCancelled());`,
    prints("false", "true"),
  ],
  [
    "children are cancelled with their parent, not the other way round",
    `const root = new CancellationToken(), a = root.childToken(), b = root.childToken(), leaf = a.childToken(); a.cancel(); console.log(root.isCancelled(), a.isCancelled(), b.isCancelled(), leaf.isCancelled()); root.cancel(); console.log(b.isCancelled(), root.childToken().isCancelled());`,
    prints("false true false true", "true true"),
  ],
  [
    "runUntilCancelled gives the value, or drops the future",
    `const stop = new CancellationToken(); function* slow(): Async<number> { try { yield* nap(50); return 1; } finally { console.log("dropped"); } }
console.log(show(yield* stop.runUntilCancelled((function* (): Async<number> { yield* nap(1); return 7; })()))); const r = task(stop.runUntilCancelled(slow())); yield* nap(1); stop.cancel(); const got = yield* r; console.log(got.ok && show(got.value));`,
    prints("ok 7", "dropped", "error cancelled"),
  ],
  [
    "what is cancelled already is not begun",
    `const stop = new CancellationToken(); stop.cancel(); function* work(): Async<void> { console.log("begun"); } console.log(show(yield* stop.runUntilCancelled(work())));`,
    prints("error cancelled"),
  ],
  [
    "a drop guard cancels when its block is left, unless it is disarmed",
    `const a = new CancellationToken(), b = new CancellationToken(); { using ga = a.dropGuard(); using gb = b.dropGuard(); gb.disarm(); } console.log(a.isCancelled(), b.isCancelled());
const c = new CancellationToken(); const t = task((function* (): Async<void> { using guard = c.dropGuard(); yield* nap(100); })()); yield* pause(); t.abort(); yield* c.cancelled(); console.log(c.isCancelled());`,
    prints("true false", "true"),
  ],
  [
    "cancelling from another thread reaches tasks and children there",
    `export function main() { const root = new CancellationToken(), child = root.childToken(); const t = spawn(() => { const at = Instant.now(); blockOn(child.cancelled()); return at.elapsed(); }); sleep(6); root.cancel(); console.log(t.join()); }`,
    prints("6"),
  ],
  [
    "a panic in a future that runs until cancelled arrives",
    `const stop = new CancellationToken(); try { yield* stop.runUntilCancelled((function* (): Async<void> { yield* nap(1); throw new Error("no"); })()); } catch (e) { console.log((e as Error).message); }`,
    prints("no"),
  ],
];

it.each([...MUTEX, ...RW_LOCK, ...SEMAPHORE, ...NOTIFY, ...TOKEN])("%s", (_title, program, expected) =>
  checkSync(program, expected),
);
