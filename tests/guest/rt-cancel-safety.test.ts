import { it } from "vitest";
import { dropEverywhere } from "./drop-everywhere.ts";

/** [what it is, the scenario, what it says each time, suspension points] */
const ROWS: readonly (readonly [title: string, scenario: string, said: string, points?: number])[] = [
  [
    "sleep",
    `const t = Instant.now(); const nap30 = nap(30); yield* cut(nap30); yield* nap(50); say(t.elapsed() <= 80);`,
    "true",
  ],
  [
    "sleepUntil",
    `const end = Instant.now().add(30); yield* cut(sleepUntil(end)); yield* sleepUntil(end); say(Instant.now().durationSince(end));`,
    "0",
  ],
  [
    "timeout, whose future is dropped once and gives back what it holds",
    `const [tx, rx] = queue<number>(1); task((function* (): Async<void> { yield* nap(1); yield* tx.send(1); yield* nap(1); yield* tx.send(2); })());
const seen: number[] = []; let ends = 0; function* one(): Async<void> { try { const r = yield* rx.recv(); if (r.ok) seen.push(r.value); } finally { ends++; } }
const begun = cut(timeout(50, one())); yield* begun; while (seen.length < 2) yield* one(); say(seen); say(ends <= 3);`,
    "[1, 2] true",
  ],
  [
    "tick",
    `const t = Instant.now(); const b = interval(10); yield* b.tick(); yield* cut(b.tick()); const due = yield* b.tick(); say(due.durationSince(t) <= 20 && t.elapsed() === due.durationSince(t)); b.missedTicks = "skip"; yield* nap(33); say((yield* b.tick()).durationSince(due));`,
    "true 10",
  ],
  [
    "joinNext",
    `const set = new JoinSet<number>(); for (const n of [3, 1, 2]) set.spawn((function* (): Async<number> { yield* nap(n); return n; })());
const seen: unknown[] = []; const first = yield* cut(set.joinNext()); if (first !== "dropped" && first?.ok) seen.push(first.value); for (let r = yield* set.joinNext(); r !== undefined; r = yield* set.joinNext()) seen.push(r.ok && r.value); say(seen);`,
    "[1, 2, 3]",
  ],
  [
    "shutdown",
    `const set = new JoinSet<void>(); let ends = 0; for (let i = 0; i < 3; i++) set.spawn((function* (): Async<void> { try { yield* nap(100); } finally { ends++; } })()); yield* pause(); yield* cut(set.shutdown()); yield* set.shutdown(); say(ends); say(set.size);`,
    "3 0",
  ],
  [
    "waiting for a task",
    `const h = task((function* (): Async<number> { yield* nap(5); return 7; })()); const r = yield* cut(h); say(r === "dropped" ? (yield* h) : r);`,
    "{ ok: true, value: 7 }",
  ],
  [
    "spawnBlocking, whose job runs on",
    `const [tx, rx] = queue<number>(1); yield* cut(spawnBlocking(() => { sleep(5); tx.blockingSend(7); })); say(yield* rx.recv());`,
    "{ ok: true, value: 7 }",
  ],
  [
    "scope, whose tasks all end",
    `let ends = 0, begun = 0; function* child(ms: number): Async<void> { begun++; try { yield* nap(ms); } finally { ends++; } }
yield* cut(scope(function* (s): Async<void> { s.spawn(child(5)); s.spawn(child(9)); yield* child(2); })); yield* nap(1); say(begun === ends);`,
    "true",
    2,
  ],
  [
    "next of a stream",
    `const [tx, rx] = queue<number>(9); task((function* (): Async<void> { for (const n of [1, 2, 3]) { yield* nap(1); yield* tx.send(n); } })());
const s = fromReceiver(rx).map((n) => n * 10); const seen: unknown[] = []; const first = yield* cut(s.next()); if (first !== "dropped" && first.ok) seen.push(first.value); for (let r = yield* s.next(); r.ok; r = yield* s.next()) seen.push(r.value); say(seen);`,
    "[10, 20, 30]",
  ],
  [
    "next of a buffered stream",
    `const s = fromIterable([3, 1, 2]).map(function* (n): Async<number> { yield* nap(n); return n; }).bufferUnordered(2); const seen: number[] = []; const first = yield* cut(s.next()); if (first !== "dropped" && first.ok) seen.push(first.value); for (let r = yield* s.next(); r.ok; r = yield* s.next()) seen.push(r.value); say(seen.toSorted());`,
    "[1, 2, 3]",
  ],
  [
    "collect and forEach, which drop their stream",
    `let ends = 0; const work = () => fromIterable([3, 1, 2]).map(function* (n): Async<number> { try { yield* nap(n); return n; } finally { ends++; } }).bufferUnordered(3);
yield* cut(work().collect()); const afterCollect = ends; yield* work().forEach(function* (): Async<void> { yield* nap(1); }); say(afterCollect === 3 || afterCollect === 0); say(ends - afterCollect);`,
    "true 3",
    3,
  ],
  [
    "forEach",
    `let open = 0; yield* cut(fromIterable([1, 2]).forEach(function* (n): Async<void> { open++; try { yield* nap(n); } finally { open--; } })); say(open);`,
    "0",
    2,
  ],
  ["yieldNow", `yield* cut(pause()); say("on");`, "on"],
  [
    "join and joinAll",
    `let open = 0; function* one(ms: number): Async<void> { open++; try { yield* nap(ms); } finally { open--; } } yield* cut(join(one(1), joinAll([one(2), one(3)]))); say(open);`,
    "0",
    3,
  ],
  [
    "select",
    `let open = 0; function* one(ms: number): Async<void> { open++; try { yield* nap(ms); } finally { open--; } } yield* cut(select({ a: one(1), b: one(2) })); say(open);`,
    "0",
  ],
  [
    "send, which has sent nothing then",
    `const [tx, rx] = queue<number>(1); yield* tx.send(0); const drain = task((function* (): Async<number> { yield* nap(1); let count = 0; for (;;) { if (!(yield* rx.recv()).ok) return count; count++; } })());
const sent = yield* cut(tx.send(1)); tx.drop(); const got = yield* drain; say(got.ok && got.value === (sent === "dropped" ? 1 : 2));`,
    "true",
  ],
];

for (const [title, scenario, said, points] of ROWS)
  for (const when of ["suspended", "woken"] as const)
    it(`dropped at each of its suspension points, where it is ${when}: ${title}`, () =>
      dropEverywhere(scenario, said, points, when));
