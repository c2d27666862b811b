import { describe, it } from "vitest";
import { dropEverywhere } from "./drop-everywhere.ts";

type Scenario = readonly [title: string, body: string, said: string, points?: number];

const USED = `import { broadcast, CancellationToken, Mutex as Lock, Notify, oneshot, RwLock, Semaphore, watch } from "rt/sync";`;

/**
 * One future of each kind, dropped wherever it can stand: nothing that it waited for may be lost, and whoever stands
 * behind it goes on.
 */
const SCENARIOS: readonly Scenario[] = [
  [
    "channel: a send that is dropped sends nothing, and the line goes on",
    `const [tx, rx] = queue<string>(1); yield* tx.send("first"); task((function* (): Async<void> { yield* nap(1); yield* rx.recv(); yield* rx.recv(); })());
const cut1 = yield* cut(tx.send("mine")); yield* nap(3); say((yield* timeout(5, tx.send("after"))).ok);`,
    "true",
  ],
  [
    "channel: a receive that is dropped takes nothing",
    `const [tx, rx] = queue<number>(4); task((function* (): Async<void> { yield* nap(1); tx.trySend(1); tx.trySend(2); yield* nap(9); })());
const got = yield* cut(rx.recv()); const seen = got === "dropped" || !got.ok ? [] : [got.value]; while (seen.length < 2) { const r = yield* rx.recv(); if (r.ok) seen.push(r.value); } say(seen.join());`,
    "1,2",
  ],
  [
    "oneshot: a value is not taken by a receive that is dropped",
    `const [tx, rx] = oneshot<number>(); task((function* (): Async<void> { yield* nap(1); tx.send(5); })());
const got = yield* cut(rx.recv()); const r = got === "dropped" ? yield* rx : got; say(r.ok && r.value);`,
    "5",
  ],
  [
    "oneshot: what is not dropped arrives, and the sender is told so",
    `const [tx, rx] = oneshot<number>(); const sent = task((function* (): Async<boolean> { yield* nap(1); return tx.send(5).ok; })());
const got = yield* cut(rx); const r = yield* sent; say(got === "dropped" || (got.ok && got.value === 5 && r.ok && r.value));`,
    "true",
  ],
  [
    "oneshot: closed() that is dropped leaves the sender as it was",
    `const [tx, rx] = oneshot<number>(); task((function* (): Async<void> { using own = rx; yield* nap(1); })()); yield* cut(tx.closed()); yield* nap(2); yield* tx.closed(); say(tx.isClosed());`,
    "true",
  ],
  [
    "broadcast: a receive that is dropped skips nothing",
    `const [tx, rx] = broadcast<number>(4); task((function* (): Async<void> { yield* nap(1); tx.send(1); tx.send(2); yield* nap(9); })());
const got = yield* cut(rx.recv()); const seen = got === "dropped" || !got.ok ? [] : [got.value]; while (seen.length < 2) { const r = yield* rx.recv(); if (r.ok) seen.push(r.value); } say(seen.join());`,
    "1,2",
  ],
  [
    "watch: changed() that is dropped leaves the change unseen",
    `const [tx, rx] = watch(0); task((function* (): Async<void> { yield* nap(1); tx.send(1); yield* nap(9); })());
const got = yield* cut(rx.changed()); if (got === "dropped") yield* rx.changed(); say(rx.borrow()); const more = rx.hasChanged(); say(more.ok && more.value);`,
    "1 false",
  ],
  [
    "watch: waitFor that is dropped can be asked again",
    `const [tx, rx] = watch(0); task((function* (): Async<void> { for (let i = 1; i <= 3; i++) { yield* nap(1); tx.send(i); } yield* nap(9); })());
const got = yield* cut(rx.waitFor((n) => n >= 3)); const r = got === "dropped" ? yield* rx.waitFor((n) => n >= 3) : got; say(r.ok && r.value);`,
    "3",
    3,
  ],
  [
    "mutex: a lock that was given to it goes to the next in line, with its value",
    `const m = new Lock(0); task((function* (): Async<void> { using g = yield* m.lock(); yield* nap(1); g.value = 10; })()); yield* pause(); const next = task((function* (): Async<void> { yield* nap(0.5); using g = yield* m.lock(); g.value += 1; })()); const got = yield* cut(m.lock()); if (got !== "dropped") got.unlock(); yield* next; const now = m.tryLock(); say(now.ok && now.value.value);`,
    "11",
  ],
  [
    "RwLock: a writer that is dropped in line holds no reader back",
    `const l = new RwLock(0); task((function* (): Async<void> { using g = yield* l.read(); yield* nap(1); })()); yield* pause(); const next = task((function* (): Async<number> { yield* nap(0.5); using g = yield* l.read(); return g.value; })()); const got = yield* cut(l.write()); if (got !== "dropped") { got.value = 0; got.unlock(); } const r = yield* next; say(r.ok && r.value); yield* nap(2); say(l.tryWrite().ok);`,
    "0 true",
  ],
  [
    "RwLock: a reader that is dropped gives its turn back",
    `const l = new RwLock(0); task((function* (): Async<void> { using g = yield* l.write(); yield* nap(1); })()); yield* pause(); const got = yield* cut(l.read()); if (got !== "dropped") got.unlock(); yield* nap(2); say(l.tryWrite().ok);`,
    "true",
  ],
  [
    "semaphore: permits that were put aside for it go to the next in line",
    `const s = new Semaphore(2); const a = s.tryAcquire(), b = s.tryAcquire(); const next = task((function* (): Async<boolean> { yield* nap(0.5); return (yield* s.acquire(2)).ok; })());
task((function* (): Async<void> { yield* nap(1); if (a.ok) a.value.release(); yield* nap(1); if (b.ok) b.value.release(); })()); const got = yield* cut(s.acquire(2)); if (got !== "dropped" && got.ok) got.value.release(); const r = yield* next; say(r.ok && r.value); say(s.availablePermits());`,
    "true 2",
  ],
  [
    "notify: a notification that reached it goes to the next who waits, or is kept",
    `const n = new Notify(); const next = task((function* (): Async<boolean> { yield* nap(0.5); return (yield* timeout(5, n.notified())).ok; })());
task((function* (): Async<void> { yield* nap(1); n.notifyOne(); })()); const got = yield* cut(n.notified()); const r = yield* next; say((got === "dropped") === (r.ok && r.value));`,
    "true",
  ],
  [
    "notify: a notification for one that nobody else waits for is kept",
    `const n = new Notify(); task((function* (): Async<void> { yield* nap(1); n.notifyOne(); })()); const got = yield* cut(n.notified()); yield* nap(2); say((yield* timeout(1, n.notified())).ok === (got === "dropped"));`,
    "true",
  ],
  [
    "notify: a notification for all that reached it is not passed on",
    `const n = new Notify(); task((function* (): Async<void> { yield* nap(1); n.notifyWaiters(); })()); yield* cut(n.notified()); yield* nap(2); say((yield* timeout(1, n.notified())).ok);`,
    "false",
  ],
  [
    "token: cancelled() and what runs until then can be dropped and asked again",
    `const stop = new CancellationToken(); task((function* (): Async<void> { yield* nap(3); stop.cancel(); })()); let clean = 0; function* work(): Async<void> { try { yield* nap(1); yield* nap(9); } finally { clean++; } }
const got = yield* cut(stop.runUntilCancelled(work())); yield* stop.cancelled(); say(stop.isCancelled() && clean <= 1);`,
    "true",
    2,
  ],
  [
    "an async function that holds a lock and a permit gives both back wherever it is dropped",
    `const m = new Lock(0), s = new Semaphore(1), l = new RwLock(0); task((function* (): Async<void> { using g = yield* m.lock(); yield* nap(1); })()); yield* pause();
function* work(): Async<void> { const got = yield* s.acquire(); if (!got.ok) return; using permit = got.value; using g = yield* m.lock(); yield* nap(1); using w = yield* l.write(); yield* nap(1); }
yield* cut(work()); yield* nap(3); say(s.availablePermits()); say(m.tryLock().ok); say(l.tryWrite().ok);`,
    "1 true true",
    3,
  ],
];

describe.each(["suspended", "woken"] as const)("dropped when %s", (when) => {
  for (const [title, body, said, points = 1] of SCENARIOS)
    it(title, () => dropEverywhere(body, said, when === "woken" ? 0 : points, when, USED));
});
