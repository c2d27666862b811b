import { expect, it } from "vitest";
import { run } from "../engine.ts";
import { checkFutures, RT_IMPORTS } from "./rt-table.ts";
import { ends, prints, type Row } from "./table.ts";

const ROWS: readonly Row[] = [
  [
    "an async function does nothing until it is polled",
    `function* shout(): Async<void> { console.log("now"); }
const later = shout(); console.log("made"); yield* later;`,
    prints("made", "now"),
  ],
  [
    "yield* gives what the async function returns",
    `function* two(): Async<number> { yield* nap(1); return 2; } console.log(yield* two());`,
    prints("2"),
  ],
  [
    "blockOn returns the value of its future, of any kind",
    `export function main() { class Five extends Future<number> { override poll(): Poll<number> { return Poll.ready(5); } } console.log(blockOn(new Five()), blockOn((function* (): Async<string> { return "x"; })())); }`,
    prints("5 x"),
  ],
  [
    "waits inside each other take the longest, not the sum",
    `const t = Instant.now(); function* wait(ms: number): Async<number> { yield* nap(ms); return ms; } console.log(yield* join(wait(30), wait(20), nap(5)), t.elapsed());`,
    prints("[30, 20, undefined] 30"),
  ],
  [
    "joinAll gives the values in order, also of none",
    `const t = Instant.now(); console.log(yield* joinAll([3, 1, 2].map(function* (ms): Async<number> { yield* nap(ms); return ms; })), yield* joinAll([]), t.elapsed());`,
    prints("[3, 1, 2] [] 3"),
  ],
  [
    "tryJoin gives all values where none fails",
    `function* good(n: number): Async<{ ok: true; value: number }> { yield* nap(n); return { ok: true, value: n }; } console.log(yield* tryJoin(good(1), good(2)));`,
    prints("{ ok: true, value: [1, 2] }"),
  ],
  [
    "tryJoin stops at the first error and drops the rest",
    `const t = Instant.now(); function* bad(): Async<{ ok: false; error: string }> { yield* nap(2); return { ok: false, error: "no" }; }
function* slow(): Async<{ ok: true; value: number }> { try { yield* nap(50); return { ok: true, value: 1 }; } finally { console.log("dropped"); } }
console.log(yield* tryJoin(slow(), bad()), t.elapsed());`,
    prints("dropped", '{ ok: false, error: "no" } 2'),
  ],
  [
    "select gives the branch that is ready first and drops the others",
    `function* slow(): Async<void> { try { yield* nap(50); } finally { console.log("dropped"); } }
const t = Instant.now(); const won = yield* select({ slow: slow(), fast: nap(5) }); console.log(won.branch, won.value, t.elapsed());`,
    prints("dropped", "fast undefined 5"),
  ],
  [
    "a branch that is false takes no part",
    `const off: boolean = false; const won = yield* select({ a: off && nap(1), b: undefined, c: null, d: nap(3) }); console.log(won.branch);`,
    prints("d"),
  ],
  [
    "selectBiased asks in the order written",
    `class Now extends Future<number> { constructor(readonly n: number) { super(); } override poll(): Poll<number> { return Poll.ready(this.n); } }
for (let i = 0; i < 3; i++) console.log((yield* selectBiased({ a: new Now(1), b: new Now(2) })).branch);`,
    prints("a", "a", "a"),
  ],
  [
    "a spawned task runs beside its maker",
    `const h = task((function* (): Async<number> { console.log("task"); yield* nap(5); return 7; })()); console.log("maker"); console.log(yield* h);`,
    prints("maker", "task", "{ ok: true, value: 7 }"),
  ],
  [
    "a task goes on when nobody waits for it, also after blockOn",
    `export function main() { const t = Instant.now(); blockOn((function* (): Async<void> { task((function* (): Async<void> { yield* nap(20); console.log("late", t.elapsed()); })()); })()); console.log("out", t.elapsed()); }`,
    prints("out 0", "late 20"),
  ],
  [
    "the next blockOn drives the tasks that are left",
    `export function main() { blockOn((function* (): Async<void> { task((function* (): Async<void> { yield* nap(5); console.log("task"); })()); })()); blockOn(nap(10)); console.log("end"); }`,
    prints("task", "end"),
  ],
  [
    "tasks of another thread than the first are dropped when its body ends",
    `export function main() { spawn(() => blockOn((function* (): Async<void> { task((function* (): Async<void> { try { yield* nap(500); console.log("never"); } finally { console.log("dropped"); } })()); yield* nap(1); })())).join(); console.log("joined"); }`,
    prints("dropped", "joined"),
  ],
  [
    "a task's panic arrives where it is waited for, with name and message",
    `const h = task((function* (): Async<void> { yield* nap(1); throw new RangeError("too far"); })()); try { yield* h; } catch (e) { console.log((e as Error).name, (e as Error).message); }`,
    prints("RangeError too far"),
  ],
  [
    "a panic that nobody waits for is printed, and others go on",
    `task((function* (): Async<void> { throw new Error("lost"); })(), { name: "lonely" }); yield* nap(1); console.log("on");`,
    prints("on", "lonely panicked: Error: lost"),
  ],
  [
    "abort drops the future where it stands; waiting for it says so",
    `const h = task((function* (): Async<void> { try { yield* nap(50); } finally { console.log("cleaned"); } })()); yield* nap(1); h.abort(); console.log(yield* h, h.isFinished());`,
    prints("cleaned", '{ ok: false, error: "cancelled" } true'),
  ],
  [
    "abort of a task that is over changes nothing",
    `const h = task((function* (): Async<number> { return 1; })()); yield* nap(1); h.abort(); console.log(h.isFinished(), yield* h);`,
    prints("true { ok: true, value: 1 }"),
  ],
  [
    "dropping a handle lets the task run on",
    `{ const h = task((function* (): Async<void> { yield* nap(3); console.log("still here"); })()); yield* select({ h, t: nap(1) }); } yield* nap(5);`,
    prints("still here"),
  ],
  [
    "a result that is no plain data can be had in its own thread",
    `const h = task((function* (): Async<() => number> { return () => 5; })()); const r = yield* h; console.log(r.ok && r.value());`,
    prints("5"),
  ],
  [
    "yieldNow lets the other tasks go first",
    `const log = (n: string) => (function* (): Async<void> { for (let i = 0; i < 2; i++) { console.log(n, i); yield* pause(); } })(); yield* join(task(log("a")), task(log("b")));`,
    prints("a 0", "b 0", "a 1", "b 1"),
  ],
  [
    "what the fields of a future by hand hold goes with it into its task",
    `const [tx, rx] = channel<number>(); const [tx2, rx2] = channel<string>();
class Taking extends Future<string> { readonly #rx: Receiver<number>; tx2: Sender<string>; constructor(rx: Receiver<number>, tx2: Sender<string>) { super(); this.#rx = rx; this.tx2 = tx2; } override poll(): Poll<string> { const got = this.#rx.tryRecv(); return Poll.ready(got.ok ? \`got \${got.value}\` : got.error); } }
tx.send(1); const h = task(new Taking(rx, tx2)); console.log(yield* h, rx2.recv());`,
    prints('{ ok: true, value: "got 1" } { ok: false, error: "disconnected" }'),
  ],
  [
    "a channel ends when the tasks that own its senders are over",
    `const [tx, rx] = queue<number>(2); function* send(tx: Tx<number>, n: number): Async<void> { for (let i = 0; i < n; i++) yield* tx.send(i); }
task(send(tx.clone(), 2)); task(send(tx, 1)); const got: number[] = []; for (;;) { const r = yield* rx.recv(); if (!r.ok) break; got.push(r.value); } console.log(got.toSorted());`,
    prints("[0, 0, 1]"),
  ],
  [
    "an aborted task drops its sender",
    `const [tx, rx] = queue<number>(1); const h = task((function* (): Async<void> { yield* nap(1000); yield* tx.send(1); })()); yield* nap(1); h.abort(); console.log(yield* rx.recv());`,
    prints('{ ok: false, error: "disconnected" }'),
  ],
  [
    "a task that never begins drops its sender as well",
    `const [tx, rx] = queue<number>(1); task((function* (): Async<void> { yield* tx.send(1); })()).abort(); console.log(yield* rx.recv());`,
    prints('{ ok: false, error: "disconnected" }'),
  ],
  [
    "a bounded send waits for room, an unbounded one never",
    `const [tx, rx] = queue<number>(1); const [utx, urx] = unboundedChannel<number>(); const t = Instant.now(); task((function* (): Async<void> { yield* nap(9); yield* rx.recv(); yield* nap(1); })());
yield* tx.send(1); utx.send(1); utx.send(2); console.log(t.elapsed()); yield* tx.send(2); console.log(t.elapsed(), tx.trySend(3).ok, urx.tryRecv());`,
    prints("0", "9 false { ok: true, value: 1 }"),
  ],
  [
    "senders that wait are served in order",
    `const [tx, rx] = queue<number>(1); yield* tx.send(0); for (const n of [1, 2, 3]) { const own = tx.clone(); task((function* (): Async<void> { yield* own.send(n); })()); } yield* nap(1); tx.drop(); const got = []; for (;;) { const r = yield* rx.recv(); if (!r.ok) break; got.push(r.value); } console.log(got);`,
    prints("[0, 1, 2, 3]"),
  ],
  [
    "executors in several threads work together",
    `export function main() { const [tx, rx] = queue<number>(1); const other = spawn(() => blockOn((function* (): Async<number> { let sum = 0; for (;;) { const r = yield* rx.recv(); if (!r.ok) return sum; sum += r.value; } })())); blockOn((function* (): Async<void> { for (let i = 1; i <= 4; i++) yield* tx.send(i); })()); tx.drop(); console.log(other.join()); }`,
    prints("10"),
  ],
  [
    "a task of another thread can be waited for and aborted",
    `export function main() { const [tx, rx] = queue<TaskHandle<number>>(2); const other = spawn(() => blockOn((function* (): Async<void> { yield* tx.send(task((function* (): Async<number> { yield* nap(3); return 3; })())); yield* tx.send(task((function* (): Async<number> { yield* nap(900); return 0; })())); tx.drop(); yield* nap(20); })()));
blockOn((function* (): Async<void> { for (;;) { const r = yield* rx.recv(); if (!r.ok) return; const won = yield* select({ h: r.value, t: nap(9) }); if (won.branch === "t") r.value.abort(); console.log(won.branch); } })()); other.join(); }`,
    prints("h", "t"),
  ],
  [
    "a future can be handed to another thread before it has begun",
    `export function main() { function* name(): Async<string> { yield* nap(1); return current().name; } const f = name(); console.log(spawn(() => blockOn(f)).join()); }`,
    prints("worker-1"),
  ],
  [
    "a sleep counts from the call that makes it",
    `const t = Instant.now(); const s = nap(10); yield* nap(4); yield* s; console.log(t.elapsed());`,
    prints("10"),
  ],
  [
    "a blockOn of one's own: park until the waker unparks",
    `export function main() { const cx = new Context(Waker.from(current())); const f = (function* (): Async<number> { yield* nap(5); yield* nap(5); return 9; })(); let polls = 0; for (;;) { polls++; const p = f.poll(cx); if (p.ready) { console.log(p.value, polls); break; } park(); } }`,
    prints("9 3"),
  ],
  [
    "an executor of one's own: wakers that send the task's number",
    `export function main() { const [tx, rx] = channel<number>(); const jobs = [3, 1, 2].map(function* (ms): Async<void> { yield* nap(ms); console.log(ms); }); let left = jobs.length; jobs.forEach((_, i) => tx.send(i));
while (left > 0) { const r = rx.recv(); if (r.ok && jobs[r.value]!.poll(new Context(Waker.from(tx, r.value))).ready) left--; } }`,
    prints("1", "2", "3"),
  ],
  [
    "a waker works from another thread, and clones wake the same task",
    `export function main() { const [tx, rx] = channel<Waker>(); const waker = spawn(() => { const r = rx.recv(); sleep(7); if (r.ok) r.value.clone().wake(); }); let polls = 0; const f = new (class extends Future<number> { override poll(cx: Context): Poll<number> { if (polls++ > 0) return Poll.ready(polls); tx.send(cx.waker); return Poll.pending; } })(); const t = Instant.now(); console.log(blockOn(f), t.elapsed()); waker.join(); }`,
    prints("2 7"),
  ],
  [
    "willWake tells wakers of different tasks apart",
    `const seen: Waker[] = []; class Look extends Future<void> { override poll(cx: Context): Poll<void> { seen.push(cx.waker); return Poll.ready(undefined); } } yield* new Look(); yield* new Look(); yield* task((function* (): Async<void> { yield* new Look(); })()); console.log(seen[0]!.willWake(seen[1]!), seen[0]!.willWake(seen[2]!));`,
    prints("true false"),
  ],
  [
    "an iterator's own drop is still there",
    `export function main() { const numbers = (function* () { yield 1; yield 2; yield 3; })() as unknown as { drop(n: number): Iterable<number> }; console.log([...numbers.drop(1)]); }`,
    prints("[2, 3]"),
  ],
  [
    "a task that waits for itself for ever is named in the deadlock",
    `const [tx, rx] = queue<number>(1); const [tx2, rx2] = queue<number>(1); task((function* (): Async<void> { yield* rx.recv(); yield* tx2.send(1); })(), { name: "a" }); task((function* (): Async<void> { yield* rx2.recv(); yield* tx.send(1); })(), { name: "b" }); yield* nap(1); yield* new (class extends Future<void> { override poll(): Poll<void> { return Poll.pending; } })();`,
    ends(
      "deadlock",
      "a waits for a message on `tx, rx`, which b could send. b waits for a message on `tx2, rx2`, which a could send. Nobody can go on.",
      "3:107",
    ),
  ],
  [
    "a task that blocks its thread while another could free it is a deadlock",
    `const [tx, rx] = channel<number>(); task((function* (): Async<void> { yield* nap(1); rx.recv(); })(), { name: "a" }); const h = task((function* (): Async<void> { yield* nap(1); tx.send(1); })(), { name: "b" }); yield* h;`,
    ends(
      "deadlock",
      "a waits for a message on `tx, rx`, which b could send. b cannot run while a blocks the thread. Nobody can go on.",
      "3:86",
    ),
  ],
  [
    "a task cannot run while its thread waits for another thread that waits for the task",
    `export function main() { const [tx, rx] = queue<number>(1); const other = spawn(() => void blockOn(rx.recv())); blockOn((function* (): Async<void> { task((function* (): Async<void> { yield* pause(); yield* tx.send(1); })(), { name: "a" }); })()); other.join(); }`,
    ends(
      "deadlock",
      "main waits for worker-1 to end. worker-1 waits for a message on `tx, rx`, which a could send. a cannot run while main waits for worker-1 to end. Nobody can go on.",
      "3:248",
    ),
  ],
  [
    "a future whose waker was never kept is stuck",
    `yield* new (class extends Future<void> { override poll(): Poll<void> { return Poll.pending; } })();`,
    ends("stuck", "main waits to be woken. Nothing will ever wake it.", "3:1"),
  ],
  [
    "a task that outlives the body by more than a second is a leak",
    `task((function* (): Async<void> { yield* nap(5000); })(), { name: "slow" });`,
    ends("leak", "slow was still there 1,000 ms after the rest had ended: it sleeps until 5,000 ms.", "3:35"),
  ],
  [
    "a receiver that moved into a task is gone",
    `const [tx, rx] = queue<number>(1); task((function* (): Async<void> { yield* rx.recv(); })()); yield* rx.recv(); tx.drop();`,
    ends(
      "misuse",
      "main uses `rx` after it moved into task-1 (main.ts:3:36). A receiver has one owner: use it there, or do not give it away.",
      "3:95",
    ),
  ],
];

it.each(ROWS)("%s", async (_title, program, expected) => {
  await checkFutures(program, expected);
});

it("every order of two tasks is tried, and every branch of a select can win", async () => {
  const source = `${RT_IMPORTS}
export function main() { blockOn(body()); }
class Now extends Future<void> { override poll(): Poll<void> { return Poll.ready(undefined); } }
function* body(): Async<void> {
  const order: string[] = [];
  const say = (name: string) => (function* (): Async<void> { order.push(name); })();
  yield* join(task(say("a")), task(say("b")), task(say("c")));
  order.push((yield* select({ x: new Now(), y: new Now() })).branch);
  console.log(order.join(""));
}`;
  const { load, seeded } = await import("../engine.ts");
  const loaded = await load(source);
  const seen = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const result = loaded.run({ entry: { kind: "main" }, chooser: seeded(seed) });
    seen.add(result.printed[0]?.text ?? result.outcome.message);
  }
  const orders = ["abc", "acb", "bac", "bca", "cab", "cba"];
  expect([...seen].toSorted()).toEqual(orders.flatMap((order) => [`${order}x`, `${order}y`]));
});

it("a future that is made and never polled is a warning with its line", async () => {
  const source = `${RT_IMPORTS}
function* load(): Async<void> { yield* nap(1); }
export function main() {
  blockOn((function* (): Async<void> {
    load();
    nap(5);
    const kept = join(nap(1), load());
    yield* load();
    select({ a: nap(1) }).drop();
  })());
}`;
  const { warnings, outcome } = await run(source);
  expect(outcome.kind).toBe("passed");
  expect(warnings.map(({ place }) => place?.line)).toEqual([5, 6, 7, 7, 7]);
  expect(warnings[0]?.message).toBe(
    "A future is made here and never polled, so nothing of it happens: wait for it with `yield*`, or give it to `spawn`.",
  );
});
