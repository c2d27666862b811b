import { it } from "vitest";
import { checkFutures } from "./rt-table.ts";
import { ends, prints, refusesMoved, type Row } from "./table.ts";

const WORK = `const t0 = Instant.now(); function* work(name: string, ms: number): Async<string> { let end = "dropped"; try { yield* nap(ms); end = "done"; return name; } finally { console.log(name, end, t0.elapsed()); } }
function* boom(ms: number): Async<never> { yield* nap(ms); throw new RangeError("boom " + ms); }
const caught = (e: unknown) => console.log("caught", (e as Error).name, (e as Error).message, t0.elapsed());`;

const BLOCKING: readonly Row[] = [
  [
    "spawnBlocking runs its job in another thread, beside the tasks of this one",
    `const t = Instant.now(); const [n] = yield* join(spawnBlocking(() => { sleep(30); return current().name; }), (function* (): Async<void> { for (let i = 0; i < 3; i++) { yield* nap(10); console.log(t.elapsed()); } })()); console.log(n, t.elapsed());`,
    prints("10", "20", "30", "worker-1 30"),
  ],
  [
    "the job runs from the call on, whether anybody waits or not",
    `const t = Instant.now(); const f = spawnBlocking(() => { sleep(10); console.log("job", t.elapsed()); return 1; }, { name: "cruncher" }); yield* nap(50); console.log(yield* f, t.elapsed());`,
    prints("job 10", "1 50"),
  ],
  [
    "a panic of the job arrives where the future is waited for",
    `try { yield* spawnBlocking(() => { throw new RangeError("too far"); }); } catch (e) { console.log((e as Error).name, (e as Error).message); }`,
    prints("RangeError too far"),
  ],
  [
    "dropping the future lets the job run on",
    `yield* timeout(5, spawnBlocking(() => { sleep(10); console.log("still here"); })); yield* nap(20);`,
    prints("still here"),
  ],
  [
    "what the job captures moves into its thread",
    `const [tx, rx] = queue<number>(1); const done = spawnBlocking(() => { tx.blockingSend(4); }); const first = yield* rx.recv(); yield* done; console.log(first, yield* rx.recv());`,
    prints('{ ok: true, value: 4 } { ok: false, error: "disconnected" }'),
  ],
  [
    "an end of a channel that moved into the job is gone",
    `const [tx, rx] = queue<number>(1);
const f = spawnBlocking(() => { tx.blockingSend(4); });
tx.trySend(5); yield* f; yield* rx.recv();`,
    refusesMoved("tx", "worker-1", "4:11", "5:1"),
  ],
];

const SETS: readonly Row[] = [
  [
    "joinNext gives results in the order in which tasks end, then undefined",
    `${WORK}
const set = new JoinSet<string>(); for (const ms of [30, 10, 20]) set.spawn(work("w" + ms, ms)); console.log(set.size); for (let r = yield* set.joinNext(); r !== undefined; r = yield* set.joinNext()) console.log(r.ok && r.value, set.size); console.log(set.size);`,
    prints("3", "w10 done 10", "w10 2", "w20 done 20", "w20 1", "w30 done 30", "w30 0", "0"),
  ],
  [
    "those that ended long ago come in the order of their ends as well",
    `const set = new JoinSet<number>(); for (const n of [3, 1, 2]) set.spawn((function* (): Async<number> { yield* nap(n); return n; })()); yield* nap(10); const seen = []; for (let r = yield* set.joinNext(); r !== undefined; r = yield* set.joinNext()) seen.push(r.ok && r.value); console.log(seen, yield* set.joinNext());`,
    prints("[1, 2, 3] undefined"),
  ],
  [
    "tasks can be added while somebody waits",
    `const set = new JoinSet<number>(); const add = (n: number) => set.spawn((function* (): Async<number> { yield* nap(n); return n; })()); add(50); task((function* (): Async<void> { yield* nap(5); add(10); })()); const t = Instant.now(); console.log(yield* set.joinNext(), t.elapsed());`,
    prints("{ ok: true, value: 10 } 15"),
  ],
  [
    "a panic arrives at joinNext and leaves the others alone",
    `${WORK}
const set = new JoinSet<string>(); set.spawn(boom(1)); set.spawn(work("other", 3)); try { yield* set.joinNext(); } catch (e) { caught(e); } console.log(yield* set.joinNext());`,
    prints("caught RangeError boom 1 1", "other done 3", '{ ok: true, value: "other" }'),
  ],
  [
    "an aborted task is given as cancelled, where it was dropped",
    `${WORK}
const set = new JoinSet<string>(); const slow = set.spawn(work("slow", 100)); set.spawn(work("fast", 10)); yield* nap(1); slow.abort(); console.log(yield* set.joinNext(), slow.isFinished()); console.log(yield* set.joinNext());`,
    prints(
      "slow dropped 1",
      '{ ok: false, error: "cancelled" } true',
      "fast done 10",
      '{ ok: true, value: "fast" }',
    ),
  ],
  [
    "shutdown aborts all and waits until they are gone",
    `${WORK}
const set = new JoinSet<string>(); set.spawn(work("a", 5)); set.spawn(work("b", 50)); set.spawn(boom(3)); yield* nap(10); yield* set.shutdown(); console.log("gone", set.size, t0.elapsed());`,
    prints("a done 5", "b dropped 10", "gone 0 10", "task-3 panicked: RangeError: boom 3"),
  ],
  [
    "using a set aborts what is left at the end of the block",
    `${WORK}
{ using set = new JoinSet<string>(); set.spawn(work("a", 50)); yield* nap(1); } console.log("left"); yield* nap(1);`,
    prints("left", "a dropped 1"),
  ],
  [
    "a set that a dropped future uses goes with it",
    `${WORK}
function* many(): Async<void> { using set = new JoinSet<string>(); set.spawn(work("a", 50)); set.spawn(work("b", 60)); yield* set.joinNext(); } yield* timeout(5, many()); yield* pause(); console.log("end");`,
    prints("a dropped 5", "b dropped 5", "end"),
  ],
  [
    "a set whose tasks wait for one another is a deadlock with names",
    `const [tx, rx] = queue<number>(1); const set = new JoinSet<void>();
set.spawn((function* (): Async<void> { yield* rx.recv(); })());
yield* set.joinNext();
yield* tx.send(1);`,
    ends(
      "deadlock",
      "main waits for task-1 to end. task-1 waits for a message on `tx, rx`, which main could send. Nobody can go on.",
      "5:1",
    ),
  ],
];

const SCOPES: readonly Row[] = [
  [
    "scope gives what its body returns, when every task of it is over",
    `${WORK}
const r = yield* scope(function* (s): Async<string> { s.spawn(work("slow", 30)); s.spawn(work("fast", 10)); yield* nap(1); return "body"; }); console.log(r, t0.elapsed());`,
    prints("fast done 10", "slow done 30", "body 30"),
  ],
  [
    "the body can wait for its tasks, also for results that are no plain data",
    `console.log(yield* scope(function* (s): Async<number> { const h = s.spawn((function* (): Async<() => number> { yield* nap(1); return () => 7; })()); yield* nap(5); const r = yield* h; return r.ok ? r.value() : 0; }));`,
    prints("7"),
  ],
  [
    "a task of the scope can start further ones",
    `${WORK}
yield* scope(function* (s): Async<void> { s.spawn((function* (): Async<void> { yield* nap(5); s.spawn(work("grandchild", 10)); })()); }); console.log("end", t0.elapsed());`,
    prints("grandchild done 15", "end 15"),
  ],
  [
    "a panic of a task drops body and siblings, and arrives when they are gone",
    `${WORK}
try { yield* scope(function* (s): Async<void> { s.spawn(work("sibling", 50)); s.spawn(boom(3)); yield* work("body", 100); }); } catch (e) { caught(e); }`,
    prints("body dropped 3", "sibling dropped 3", "caught RangeError boom 3 3"),
  ],
  [
    "a panic of the body drops the tasks, and arrives when they are gone",
    `${WORK}
try { yield* scope(function* (s): Async<void> { s.spawn(work("child", 50)); yield* boom(2); }); } catch (e) { caught(e); }`,
    prints("child dropped 2", "caught RangeError boom 2 2"),
  ],
  [
    "the first panic arrives, the body does not see it before",
    `${WORK}
try { yield* scope(function* (s): Async<void> { const h = s.spawn(boom(1)); s.spawn(boom(2)); try { yield* h; } catch { console.log("seen"); } }); } catch (e) { caught(e); }`,
    prints("caught RangeError boom 1 1"),
  ],
  [
    "a task that is aborted is no panic",
    `${WORK}
console.log(yield* scope(function* (s): Async<string> { const h = s.spawn(work("child", 50)); yield* nap(1); h.abort(); const r = yield* h; return r.ok ? "?" : r.error; }));`,
    prints("child dropped 1", "cancelled"),
  ],
  [
    "dropping a scope drops its body and aborts its tasks",
    `${WORK}
yield* timeout(5, scope(function* (s): Async<void> { s.spawn(work("child", 50)); yield* work("body", 60); })); yield* pause(); console.log("end");`,
    prints("body dropped 5", "child dropped 5", "end"),
  ],
  [
    "scopes nest: a panic goes through all of them, and takes nobody outside",
    `${WORK}
task(work("outside", 20)); try { yield* scope(function* (outer): Async<void> { outer.spawn(work("outer", 50)); yield* scope(function* (inner): Async<void> { inner.spawn(work("inner", 50)); inner.spawn(boom(1)); }); }); } catch (e) { caught(e); } yield* nap(30);`,
    prints("inner dropped 1", "outer dropped 1", "caught RangeError boom 1 1", "outside done 20"),
  ],
  [
    "nothing of a scope runs before it is polled",
    `const s = scope(() => { console.log("body"); return nap(1); }); console.log("made"); yield* s;`,
    prints("made", "body"),
  ],
  [
    "a task started when the scope is over is refused",
    `let leaked: { spawn(f: Async<void>): unknown } | undefined; function* nothing(): Async<void> {} yield* scope(function* (s): Async<void> { leaked = s; });
leaked?.spawn(nothing());`,
    ends(
      "misuse",
      "This scope is over, so it cannot have further tasks: start them before its body returns, or use `spawn` for a task that outlives it.",
      "4:1",
    ),
  ],
  [
    "a body that returns no future is refused",
    `yield* scope((() => 5) as unknown as () => Async<number>);`,
    ends("misuse", "scope(body): what the body returns needs a future, got 5.", "3:1"),
  ],
];

it.each([...BLOCKING, ...SETS, ...SCOPES])("%s", (_title, program, expected) =>
  checkFutures(program, expected),
);
