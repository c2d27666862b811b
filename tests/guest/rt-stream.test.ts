import { it } from "vitest";
import { checkFutures } from "./rt-table.ts";
import { ends, prints, type Row } from "./table.ts";

/** An async function that counts how many of it run at once. */
const JOBS = `let running = 0, most = 0, dropped = 0; const t0 = Instant.now(); const log: string[] = [];
function* job(ms: number): Async<number> { running++; most = Math.max(most, running); let isDone = false; try { yield* nap(ms); isDone = true; log.push(ms + "@" + t0.elapsed()); return ms; } finally { running--; if (!isDone) dropped++; } }`;

const ROWS: readonly Row[] = [
  [
    "next gives the items one by one, then says that they have ended, and goes on saying so",
    `const s = fromIterable(["a", "b"]); console.log(yield* s.next(), yield* s.next(), yield* s.next(), yield* s.next());`,
    prints(
      '{ ok: true, value: "a" } { ok: true, value: "b" } { ok: false, error: "ended" } { ok: false, error: "ended" }',
    ),
  ],
  [
    "map, filter and take, asked only for what is needed",
    `let asked = 0; function* numbers(): Generator<number> { try { for (;;) yield asked++; } finally { console.log("closed"); } } console.log(yield* fromIterable(numbers()).filter((n) => n % 2 === 1).map((n) => n * 10).take(3).collect(), asked);`,
    prints("closed", "[10, 30, 50] 6"),
  ],
  [
    "take(0) ends at once and drops the rest",
    `function* numbers(): Generator<number> { try { yield 1; } finally { console.log("never begun"); } } console.log(yield* fromIterable(numbers()).take(0).collect());`,
    prints("[]"),
  ],
  [
    "any iterable will do",
    `console.log(yield* fromIterable(new Set([1, 2])).collect(), yield* fromIterable("xy").collect(), yield* fromIterable(new Map([[1, 2]])).collect());`,
    prints('[1, 2] ["x", "y"] [[1, 2]]'),
  ],
  [
    "a receiver's stream ends when the senders are gone",
    `const [tx, rx] = queue<number>(1); task((function* (): Async<void> { for (const n of [1, 2, 3]) { yield* nap(10); yield* tx.send(n); } })()); const t = Instant.now(); console.log(yield* fromReceiver(rx).collect(), t.elapsed());`,
    prints("[1, 2, 3] 30"),
  ],
  [
    "a receiver's stream that is dropped drops the receiver",
    `const [tx, rx] = queue<number>(5); yield* tx.send(1); yield* tx.send(2); console.log(yield* fromReceiver(rx).take(1).collect(), yield* tx.send(3));`,
    prints('[1] { ok: false, error: "disconnected" }'),
  ],
  [
    "forEach sees to one item after the other",
    `const t = Instant.now(); yield* fromIterable([1, 2]).forEach((n) => console.log(n)); yield* fromIterable([5, 7]).forEach(function* (ms): Async<void> { yield* nap(ms); console.log(ms, t.elapsed()); });`,
    prints("1", "2", "5 5", "7 12"),
  ],
  [
    "bufferUnordered gives values as they come, never more than the limit at once, and the limit while there are more",
    `${JOBS}
console.log(yield* fromIterable([30, 10, 20, 5]).map(job).bufferUnordered(2).collect(), most, t0.elapsed(), log);`,
    prints('[10, 30, 20, 5] 2 35 ["10@10", "30@30", "20@30", "5@35"]'),
  ],
  [
    "buffered gives values in order, one that waits for its turn counts",
    `${JOBS}
console.log(yield* fromIterable([30, 10, 20, 5]).map(job).buffered(2).collect(), most, t0.elapsed(), log);`,
    prints('[30, 10, 20, 5] 2 50 ["10@10", "30@30", "5@35", "20@50"]'),
  ],
  [
    "bufferUnordered(1) is one after the other, a limit beyond the number is all at once",
    `${JOBS}
yield* fromIterable([3, 2, 1]).map(job).bufferUnordered(1).collect(); console.log(most, t0.elapsed()); yield* fromIterable([3, 2, 1]).map(job).bufferUnordered(99).collect(); console.log(most, t0.elapsed());`,
    prints("1 6", "3 9"),
  ],
  [
    "dropping a buffered stream drops everything in flight",
    `${JOBS}
yield* timeout(7, fromIterable([30, 10, 20, 5]).map(job).bufferUnordered(3).collect()); console.log(running, dropped, most); yield* timeout(7, fromIterable([30, 20, 5]).map(job).buffered(3).collect()); console.log(running, dropped);`,
    prints("0 3 3", "0 5"),
  ],
  [
    "futures that a dropped stream never came to are dropped with it",
    `${JOBS}
yield* timeout(7, fromIterable([10, 20, 30].map(job)).bufferUnordered(1).collect()); console.log(running, dropped);`,
    prints("0 1"),
  ],
  [
    "a panic of one drops the others and arrives",
    `${JOBS}
try { yield* fromIterable([50, 1, 60]).map(function* (ms): Async<void> { yield* job(ms); if (ms === 1) throw new Error("one"); }).bufferUnordered(3).collect(); } catch (e) { console.log((e as Error).message, running, dropped, t0.elapsed()); }`,
    prints("one 0 2 1"),
  ],
  [
    "merge gives items of both as they come, in turns where both have some",
    `console.log(yield* fromIterable([1, 3, 5]).merge(fromIterable([2, 4])).collect());
const [tx, rx] = queue<string>(1); task((function* (): Async<void> { yield* nap(5); yield* tx.send("late"); })()); console.log(yield* fromReceiver(rx).merge(fromIterable(["now"])).collect());`,
    prints("[1, 2, 3, 4, 5]", '["now", "late"]'),
  ],
  [
    "a stream by hand needs pollNext and has everything else",
    `class Countdown extends Stream<number> { constructor(private n: number) { super(); } override pollNext(): Poll<{ ok: true; value: number } | { ok: false; error: "ended" }> { return Poll.ready(this.n > 0 ? { ok: true, value: this.n-- } : { ok: false, error: "ended" }); } override drop(): void { console.log("dropped at", this.n); } }
console.log(yield* new Countdown(3).map((n) => n * n).collect()); { using two = new Countdown(9); console.log(yield* two.next()); }`,
    prints("dropped at 0", "[9, 4, 1]", "{ ok: true, value: 9 }", "dropped at 8"),
  ],
  [
    "what is no limit, no function and no future is refused",
    `const tries = [() => fromIterable([1]).take(-1), () => fromIterable([nap(0)].slice(1)).buffered(0), () => fromIterable([nap(0)].slice(1)).bufferUnordered(1.5), () => fromIterable([1]).map(5 as unknown as (n: number) => number), () => fromIterable(5 as unknown as number[])];
for (const attempt of tries) try { attempt(); } catch (e) { console.log((e as Error).name + ": " + (e as Error).message); }`,
    prints(
      "RangeError: take(count) needs a whole number from 0, got -1",
      "RangeError: buffered(limit) needs a whole number from 1, got 0",
      "RangeError: bufferUnordered(limit) needs a whole number from 1, got 1.5",
      "TypeError: map(f) needs a function, got 5",
      "TypeError: fromIterable needs something to iterate over, got 5",
    ),
  ],
  [
    "a receiver's stream moves into the task that names it",
    `const [tx, rx] = queue<number>(3); const s = fromReceiver(rx); function* one(): Async<void> { yield* s.next(); }
task(one());
tx.trySend(1); yield* s.next();`,
    ends(
      "misuse",
      "main uses `s` after it moved into task-1 (main.ts:4:1). A receiver has one owner: use it there, or do not give it away.",
      "5:16",
    ),
  ],
  [
    "a buffered stream of what is no future is refused",
    `function* load(): Async<number> { return 1; }
yield* fromIterable([load]).map((f) => f as unknown as Async<number>).buffered(2).collect();`,
    ends(
      "misuse",
      "an item of a buffered stream needs a future, got [function load]. Call the function: an async function gives its future when it is called.",
      "4:1",
    ),
  ],
];

it.each(ROWS)("%s", (_title, program, expected) => checkFutures(program, expected));
