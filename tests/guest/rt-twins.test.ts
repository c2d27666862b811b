import { testTwins, type Twins } from "../twins.ts";
import { RT_IMPORTS } from "./rt-table.ts";

const program = (body: string): string =>
  `import { assert } from "std/assert"; import { SharedCell } from "std/sync"; import { spawn, sleep } from "std/thread"; ${RT_IMPORTS}
export function main() { blockOn(body()); } function* body(): Async<void> {
${body}
}`;

const ADD = `let total = 0; function* add(n: number): Async<number> { const before = total; yield* pause(); total = before + n; return n; } function* safe(n: number): Async<number> { yield* pause(); total += n; return n; }`;

/** Each with a mistake that some schedule shows, and without. */
const TWINS: readonly (readonly [title: string, wrong: string, right: string, rules?: Twins["rules"]])[] = [
  [
    "JoinSet: who ends first is open, unless one waits for all",
    `const set = new JoinSet<number>(); for (const n of [1, 2]) set.spawn((function* (): Async<number> { yield* pause(); return n; })()); const first = yield* set.joinNext(); assert(first?.ok === true && first.value === 1);`,
    `const set = new JoinSet<number>(); for (const n of [1, 2]) set.spawn((function* (): Async<number> { yield* pause(); return n; })()); let sum = 0; for (let r = yield* set.joinNext(); r !== undefined; r = yield* set.joinNext()) if (r.ok) sum += r.value; assert(sum === 3);`,
  ],
  [
    "tasks that are spawned outlive who spawned them; those of a scope do not",
    `let done = 0; function* child(): Async<void> { yield* pause(); done++; } function* work(): Async<void> { task(child()); task(child()); yield* pause(); yield* pause(); } yield* work(); assert(done === 2);`,
    `let done = 0; function* child(): Async<void> { yield* pause(); done++; } yield* scope(function* (s): Async<void> { s.spawn(child()); s.spawn(child()); yield* pause(); yield* pause(); }); assert(done === 2);`,
  ],
  [
    "a blocking job may or may not be done, unless it is waited for",
    `const cell = new SharedCell(0); const f = spawnBlocking(() => cell.set(1)); yield* pause(); const seen = cell.get(); yield* f; assert(seen === 1);`,
    `const cell = new SharedCell(0); const f = spawnBlocking(() => cell.set(1)); yield* f; assert(cell.get() === 1);`,
  ],
  [
    "what is read before a yield* may be old after it, in a stream that runs several at once",
    `${ADD} const [tx, rx] = queue<number>(4); for (const n of [1, 2]) { const own = tx.clone(); task((function* (): Async<void> { yield* own.send(n); })()); } tx.drop(); yield* fromReceiver(rx).map(add).bufferUnordered(2).collect(); assert(total === 3);`,
    `${ADD} const [tx, rx] = queue<number>(4); for (const n of [1, 2]) { const own = tx.clone(); task((function* (): Async<void> { yield* own.send(n); })()); } tx.drop(); yield* fromReceiver(rx).map(safe).bufferUnordered(2).collect(); assert(total === 3);`,
  ],
  [
    "merge promises no order between its streams, only within each",
    `const [tx, rx] = queue<number>(1), [tx2, rx2] = queue<number>(1); task((function* (): Async<void> { yield* tx.send(1); })()); task((function* (): Async<void> { yield* tx2.send(2); })()); const got = yield* fromReceiver(rx).merge(fromReceiver(rx2)).collect(); assert(got[0] === 1);`,
    `const [tx, rx] = queue<number>(1), [tx2, rx2] = queue<number>(1); task((function* (): Async<void> { yield* tx.send(1); })()); task((function* (): Async<void> { yield* tx2.send(2); })()); const got = yield* fromReceiver(rx).merge(fromReceiver(rx2)).collect(); assert(got.length === 2 && got.includes(1) && got.includes(2));`,
  ],
  [
    "a value that another thread sends at the very instant may be late",
    `const [tx, rx] = queue<number>(1); spawn(() => { sleep(10); tx.blockingSend(1); }); const r = yield* timeout(10, rx.recv()); assert(r.ok);`,
    `const [tx, rx] = queue<number>(1); spawn(() => { sleep(10); tx.blockingSend(1); }); const r = yield* timeout(10.001, rx.recv()); assert(r.ok);`,
    { clock: "idle" },
  ],
  [
    "a tick and a value of the same instant: either may win a select, unless it is biased",
    `const beat = interval(10); yield* beat.tick(); const won = yield* select({ tick: beat.tick(), nap: nap(10) }); assert(won.branch === "tick");`,
    `const beat = interval(10); yield* beat.tick(); const won = yield* selectBiased({ tick: beat.tick(), nap: nap(10) }); assert(won.branch === "tick");`,
  ],
];

for (const [title, wrong, right, rules] of TWINS)
  testTwins(title, { wrong: program(wrong), right: program(right), ...(rules && { rules }) });
