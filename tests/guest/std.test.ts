import { expect, it } from "vitest";
import { outcomes, printed, run } from "../engine.ts";

const IMPORTS = `
import { spawn, sleep, yieldNow, current } from "std/thread";
import { channel, syncChannel, Mutex, Condvar, AtomicBool, SharedCell } from "std/sync";
import { Instant } from "std/time";
import { work } from "std/cpu";
import { assert, assertEq, panic } from "std/assert";
const show = (r: { ok: boolean; value?: unknown; error?: unknown }) => (r.ok ? "ok " + String(r.value) : "error " + String(r.error));
`;
const main = (body: string): string => `${IMPORTS}\nexport function main() { ${body} }`;

const PRINTS: readonly (readonly [title: string, body: string, lines: readonly string[]])[] = [
  [
    "sleeping takes exactly its time",
    `const t = Instant.now(); sleep(1500); console.log(t.elapsed());`,
    ["1500"],
  ],
  [
    "threads sleep at the same time",
    `const t = Instant.now(); const a = spawn(() => sleep(300)), b = spawn(() => sleep(200)); a.join(); b.join(); console.log(t.elapsed());`,
    ["300"],
  ],
  [
    "work occupies a core: six jobs of 10 ms on four cores take 20 ms",
    `const t = Instant.now(); const all = [1,2,3,4,5,6].map(() => spawn(() => work(10))); for (const one of all) one.join(); console.log(t.elapsed());`,
    ["20"],
  ],
  [
    "join returns what the body returned, as a copy",
    `const t = spawn(() => ({ a: [1, { b: new Map([["k", 2]]) }], n: NaN, u: undefined })); console.log(t.join());`,
    ['{ a: [1, { b: Map { "k" => 2 } }], n: NaN, u: undefined }'],
  ],
  [
    "join rethrows the panic with its name and message",
    `const t = spawn(() => { throw new RangeError("too far"); }); try { t.join(); } catch (e) { console.log((e as Error).name, (e as Error).message); }`,
    ["RangeError too far"],
  ],
  [
    "isFinished does not wait",
    `const t = spawn(() => sleep(10)); console.log(t.isFinished()); sleep(11); console.log(t.isFinished());`,
    ["false", "true"],
  ],
  [
    "threads have names",
    `const t = spawn(() => current().name, { name: "reader" }); console.log(current().name, t.thread.name, t.join(), spawn(() => current().name).join());`,
    ["main reader reader worker-2"],
  ],
  [
    "a panic nobody joins is printed",
    `spawn(() => { throw new Error("lost"); }); sleep(1);`,
    ["worker-1 panicked: Error: lost"],
  ],
  [
    "messages arrive in order, and the end is seen",
    `const [tx, rx] = channel<number>(); spawn(() => { tx.send(1); tx.send(2); }); for (const n of rx) console.log(n); console.log(show(rx.recv()));`,
    ["1", "2", "error disconnected"],
  ],
  [
    "the channel ends when the last clone goes",
    `const [tx, rx] = channel<number>(); const t2 = tx.clone(); spawn(() => { sleep(5); t2.send(2); }); spawn(() => tx.send(1)); for (const n of rx) console.log(n);`,
    ["1", "2"],
  ],
  [
    "recvTimeout: a value, a timeout at exactly its time, the end",
    `const [tx, rx] = channel<number>(); spawn(() => { sleep(10); tx.send(7); sleep(100); }); const t = Instant.now(); console.log(show(rx.recvTimeout(20)), t.elapsed()); console.log(show(rx.recvTimeout(20)), t.elapsed()); console.log(show(rx.recvTimeout(500)), t.elapsed());`,
    ["ok 7 10", "error timeout 30", "error disconnected 110"],
  ],
  [
    "tryRecv: empty, a value, the end",
    `const [tx, rx] = channel<string>(); console.log(show(rx.tryRecv())); tx.send("x"); tx.drop(); console.log(show(rx.tryRecv()), show(rx.tryRecv()));`,
    ["error empty", "ok x error disconnected"],
  ],
  [
    "a send to a dropped receiver is disconnected",
    `const [tx, rx] = channel<number>(); rx.drop(); console.log(show(tx.send(1)));`,
    ["error disconnected"],
  ],
  [
    "a bounded send waits for room",
    `const [tx, rx] = syncChannel<number>(1); spawn(() => { sleep(50); rx.recv(); sleep(5); }); const t = Instant.now(); tx.send(1); tx.send(2); console.log(t.elapsed());`,
    ["50"],
  ],
  [
    "trySend: full, then disconnected",
    `const [tx, rx] = syncChannel<number>(1); console.log(show(tx.trySend(1)), show(tx.trySend(2))); rx.drop(); console.log(show(tx.trySend(3)));`,
    ["ok undefined error full", "error disconnected"],
  ],
  [
    "a rendezvous send waits for its receiver",
    `const [tx, rx] = syncChannel<number>(0); spawn(() => { sleep(30); rx.recv(); }); const t = Instant.now(); tx.send(1); console.log(t.elapsed());`,
    ["30"],
  ],
  [
    "endpoints travel in messages",
    `const [tx, rx] = channel<{ reply: ReturnType<typeof channel<number>>[0] }>(); spawn(() => { for (const { reply } of rx) reply.send(42); }); const [reply, answers] = channel<number>(); tx.send({ reply }); tx.drop(); console.log(show(answers.recv()), show(answers.recv()));`,
    ["ok 42 error disconnected"],
  ],
  [
    "a lock's value is what the last guard left",
    `const m = new Mutex({ n: 0 }); const bump = () => { using g = m.lock(); g.value.n += 1; }; const a = spawn(bump), b = spawn(bump); a.join(); b.join(); using g = m.lock(); console.log(g.value);`,
    ["{ n: 2 }"],
  ],
  [
    "tryLock does not wait",
    `const m = new Mutex(0); const g = m.lock(); console.log(spawn(() => { const r = m.tryLock(); return r.ok; }).join()); g.unlock(); console.log(m.tryLock().ok);`,
    ["false", "true"],
  ],
  [
    "a panic under the lock poisons it",
    `const m = new Mutex(1); try { spawn(() => { m.lock(); throw new Error("x"); }).join(); } catch {} try { m.lock(); } catch (e) { console.log((e as Error).name); }`,
    ["PoisonError"],
  ],
  [
    "a condition wakes its waiter with the changed value",
    `const m = new Mutex({ ready: false }); const c = new Condvar(); const t = spawn(() => { using g = m.lock(); const same = g.value; while (!g.value.ready) c.wait(g); return same === g.value; }); sleep(5); { using g = m.lock(); g.value.ready = true; } c.notifyOne(); console.log(t.join());`,
    ["true"],
  ],
  [
    "waitTimeout says that the time ran out, at exactly its time",
    `const m = new Mutex(0); const c = new Condvar(); using g = m.lock(); const t = Instant.now(); console.log(c.waitTimeout(g, 25), t.elapsed());`,
    ["true 25"],
  ],
  [
    "atomics: swap and compareExchange",
    `const a = new AtomicBool(false); console.log(a.swap(true), show(a.compareExchange(false, true)), show(a.compareExchange(true, false)), a.load());`,
    ["false error true ok true false"],
  ],
  [
    "yieldNow ends a spin-wait",
    `const flag = new AtomicBool(false); spawn(() => flag.store(true)); while (!flag.load()) yieldNow(); console.log("done");`,
    ["done"],
  ],
  [
    "an Instant can be handed to another thread",
    `const t = Instant.now(); sleep(5); console.log(spawn(() => t.elapsed()).join());`,
    ["5"],
  ],
  [
    "structuredClone copies",
    `const a = { x: [1] }; const b = structuredClone(a); b.x.push(2); console.log(a, b);`,
    ["{ x: [1] } { x: [1, 2] }"],
  ],
];

it.each(PRINTS)("%s", async (_title, body, lines) => {
  expect(await printed(main(body))).toEqual(lines);
});

const ENDS: readonly (readonly [title: string, body: string, kind: string, message: string | RegExp])[] = [
  ["an uncaught error is a panic", `throw new TypeError("bad");`, "panic", "TypeError: bad"],
  ["a thrown string is a panic", `throw "oops";`, "panic", "thrown value: oops"],
  ["assertEq shows both sides", `assertEq([1, 2], [1, 3]);`, "panic", "Panic: got [1, 2], expected [1, 3]"],
  [
    "assertEq tells a text from a number",
    `const deep = (v: number) => ({ a: { b: { c: { d: { e: v } } } } }); assertEq(deep(1), deep(1)); assertEq("1", 1 as never, "types differ");`,
    "panic",
    "Panic: types differ",
  ],
  [
    "assertEq compares the eightieth item",
    `const long = (last: number) => Array.from({ length: 80 }, (_, i) => (i === 79 ? last : 0)); assertEq(long(1), long(2), "differ");`,
    "panic",
    "Panic: differ",
  ],
  [
    "assertEq compares the sixth level",
    `const deep = (v: number) => ({ a: { b: { c: { d: { e: v } } } } }); assertEq(deep(1), deep(2), "differ");`,
    "panic",
    "Panic: differ",
  ],
  [
    "waiting for a message while holding the sender is a deadlock",
    `const [tx, rx] = channel<number>(); rx.recv(); tx.drop();`,
    "deadlock",
    "main waits for a message on `tx, rx` while it holds a sender of it itself, so the channel never ends. Nobody can go on.",
  ],
  [
    "two locks in opposite order can deadlock",
    `const a = new Mutex(0), b = new Mutex(0); const t = spawn(() => { using x = b.lock(); sleep(1); using y = a.lock(); }); using x = a.lock(); sleep(1); using y = b.lock(); t.join();`,
    "deadlock",
    /main waits for `b`, which worker-1 holds.*worker-1 waits for `a`, which main holds/,
  ],
  [
    "locking twice is a deadlock",
    `const m = new Mutex(0); using a = m.lock(); using b = m.lock();`,
    "deadlock",
    /main waits for `m`, which it holds itself/,
  ],
  [
    "a wait that nobody will end is stuck",
    `const m = new Mutex(0), c = new Condvar(); using g = m.lock(); c.wait(g);`,
    "stuck",
    "main waits to be notified on `c`. Nothing will ever wake it.",
  ],
  [
    "a thread that outlives the body by more than a second is a leak",
    `spawn(() => sleep(5000));`,
    "leak",
    "worker-1 was still there 1,000 ms after the rest had ended: it sleeps until 5,000 ms.",
  ],
  [
    "joining twice is misuse",
    `const t = spawn(() => 1); t.join(); t.join();`,
    "misuse",
    "worker-1 is joined a second time. A thread can be joined once: keep what join() returned.",
  ],
  [
    "sending a function is misuse",
    `const [tx] = channel<unknown>(); tx.send({ job: { onDone: () => 1 } });`,
    "misuse",
    /`value.job.onDone` is a function/,
  ],
  [
    "a moved sender is gone",
    `const [tx, rx] = channel<number>(); spawn(() => { tx.send(1); }); tx.send(2); rx.drop();`,
    "misuse",
    /main uses `tx` after it moved into worker-1 \(main\.ts:\d+:\d+\)\. Clone it first and move the clone: `tx\.clone\(\)`\./,
  ],
  [
    "a dropped sender is gone",
    `const [tx] = channel<number>(); tx.drop(); tx.send(1);`,
    "misuse",
    /main uses `tx` after it was dropped/,
  ],
  [
    "a misuse counts even where it is caught",
    `const [tx] = channel<number>(); tx.drop(); try { tx.send(1); } catch {}`,
    "misuse",
    /dropped/,
  ],
  [
    "unlocking twice is misuse",
    `const m = new Mutex(0); const g = m.lock(); g.unlock(); g.unlock();`,
    "misuse",
    "A guard is unlocked after it was unlocked. Unlock it once, or leave that to `using`.",
  ],
  [
    "a guard cannot be captured",
    `const m = new Mutex(0); using g = m.lock(); spawn(() => g.value);`,
    "misuse",
    /The new thread would take `g` along, but a lock's guard stays in the thread that locked/,
  ],
  [
    "another thread's write to a variable is misuse",
    `let n = 0; spawn(() => { n = 1; }).join(); console.log(n);`,
    "misuse",
    /worker-1 changes its own copy of `n`; nobody else sees that/,
  ],
  [
    "another thread's push is misuse",
    `const items: number[] = []; spawn(() => { items.push(1); }).join();`,
    "misuse",
    /worker-1 changes its own copy of `items`/,
  ],
  [
    "another thread's field write is misuse",
    `const o = { a: { n: 1 } }; spawn(() => { o.a.n = 2; }).join();`,
    "misuse",
    /worker-1 changes its own copy of `o.a`/,
  ],
  [
    "a late write to an unlocked value fails",
    `const m = new Mutex({ n: 0 }); const g = m.lock(); const v = g.value; g.unlock(); v.n = 1;`,
    "panic",
    /read-only|not writable|extensible/,
  ],
  [
    "a negative sleep is a clear error",
    `sleep(-5);`,
    "panic",
    "RangeError: sleep(ms) needs a number of milliseconds from 0 to 8640000000, got -5",
  ],
  [
    "Promise says what to use instead",
    `Promise.resolve(1);`,
    "panic",
    "ReferenceError: Promise does not exist on this machine. Use threads (std/thread) and channels (std/sync).",
  ],
];

it.each(ENDS)("%s", async (_title, body, kind, message) => {
  const { outcome } = await run(main(body));
  expect(outcome.kind, outcome.message).toBe(kind);
  if (typeof message === "string") expect(outcome.message).toBe(message);
  else expect(outcome.message).toMatch(message);
  expect(outcome.place === undefined || outcome.place.file === "main.ts").toBe(true);
});

it("an unsynchronised counter loses updates in some schedules, a locked one in none", async () => {
  const racy = `const c = new SharedCell(0); const f = () => c.set(c.get() + 1); const a = spawn(f), b = spawn(f); a.join(); b.join(); assertEq(c.get(), 2);`;
  expect(await outcomes(main(racy), 100)).toEqual(new Set(["passed", "panic"]));
  const safe = `const m = new Mutex(0); const f = () => { using g = m.lock(); g.value += 1; }; const a = spawn(f), b = spawn(f); a.join(); b.join(); assertEq(m.lock().value, 2);`;
  expect(await outcomes(main(safe), 300)).toEqual(new Set(["passed"]));
});

it("a notification that may come before the wait is lost in some schedules", async () => {
  const lost = `const m = new Mutex(0), c = new Condvar(); const t = spawn(() => { using g = m.lock(); c.wait(g); }); c.notifyOne(); t.join();`;
  const kinds = await outcomes(main(lost), 100);
  expect(kinds.has("passed") && (kinds.has("deadlock") || kinds.has("stuck"))).toBe(true);
});

it("instances of module-level classes travel with their class, other instances are refused", async () => {
  const top = `${IMPORTS}
class Job { constructor(readonly n: number) {} twice() { return this.n * 2; } }
export function main() {
  const job = spawn(() => new Job(21)).join();
  console.log(job instanceof Job, job.twice(), job);
}`;
  expect(await printed(top)).toEqual(["true 42 Job { n: 21 }"]);
  const inner = main(`class Job { n = 1; } spawn(() => new Job()).join();`);
  const { outcome } = await run(inner);
  expect(outcome).toMatchObject({
    kind: "misuse",
    message: expect.stringMatching(/is an instance of a class that is not declared at the top of a module/),
  });
});
