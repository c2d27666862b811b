import { it } from "vitest";
import { checkFutures } from "./rt-table.ts";
import { ends, prints, type Row } from "./table.ts";

/** An async function that notes its end, however it comes. */
const WORK = `function* work(ms: number): Async<string> { let end = "dropped"; try { yield* nap(ms); end = "done"; return "w" + ms; } finally { console.log(ms, end); } }`;
/** Milliseconds of an instant, and a loop that takes ticks late: `busy` before each. */
const TICKS = `const at = (i: Instant) => i.valueOf() / 1e6;
function* take(behaviour: MissedTicks, ...busy: number[]): Async<void> { const beat = interval(100); beat.missedTicks = behaviour; const start = at(Instant.now()); const seen: string[] = []; for (const ms of busy) { sleep(ms); const due = yield* beat.tick(); seen.push(at(due) - start + "@" + (at(Instant.now()) - start)); } console.log(seen.join(" ")); }`;

const TIMEOUTS: readonly Row[] = [
  [
    "a value in time is the result, a late one is not, and one at the very instant wins",
    `${WORK}
console.log(yield* timeout(10, work(9))); console.log(yield* timeout(10, work(11))); console.log(yield* timeout(10, work(10)));`,
    prints(
      "9 done",
      '{ ok: true, value: "w9" }',
      "11 dropped",
      '{ ok: false, error: "elapsed" }',
      "10 done",
      '{ ok: true, value: "w10" }',
    ),
  ],
  [
    "it elapses at exactly its time, counted from the call of timeout",
    `const t = Instant.now(); const one = timeout(30, nap(50)); yield* nap(20); console.log((yield* one).ok, t.elapsed());`,
    prints("false 30"),
  ],
  [
    "what has elapsed before the first poll still asks the future first",
    `class Now extends Future<number> { override poll(): Poll<number> { return Poll.ready(1); } } const one = timeout(1, new Now()), two = timeout(1, nap(5)); yield* nap(3); console.log(yield* one, (yield* two).ok);`,
    prints("{ ok: true, value: 1 } false"),
  ],
  [
    "when it elapses the future is dropped once and never polled again",
    `let polls = 0, drops = 0; class Never extends Future<number> { override poll(): Poll<number> { polls++; return Poll.pending; } override drop(): void { drops++; } }
yield* timeout(5, new Never()); yield* nap(20); console.log(polls, drops);`,
    prints("2 1"),
  ],
  [
    "a future that is ready is not dropped",
    `let drops = 0; class Now extends Future<number> { override poll(): Poll<number> { return Poll.ready(1); } override drop(): void { drops++; } } yield* timeout(5, new Now()); console.log(drops);`,
    prints("0"),
  ],
  [
    "dropping a timeout drops its future",
    `${WORK}
const won = yield* select({ slow: timeout(100, work(50)), fast: nap(1) }); console.log(won.branch);`,
    prints("50 dropped", "fast"),
  ],
  [
    "timeouts nest: the inner one counts where it is shorter, the outer where that is",
    `console.log(yield* timeout(20, timeout(10, nap(50)))); console.log(yield* timeout(10, timeout(20, nap(50))));`,
    prints('{ ok: true, value: { ok: false, error: "elapsed" } }', '{ ok: false, error: "elapsed" }'),
  ],
  [
    "a panic of the future arrives, and nothing is left of the timer",
    `const t = Instant.now(); try { yield* timeout(500, (function* (): Async<void> { yield* nap(1); throw new RangeError("no"); })()); } catch (e) { console.log((e as Error).name, t.elapsed()); }`,
    prints("RangeError 1"),
  ],
  [
    "timeoutAt ends at its instant",
    `const t = Instant.now(); const end = t.add(7); yield* nap(3); console.log((yield* timeoutAt(end, nap(50))).ok, t.elapsed());`,
    prints("false 7"),
  ],
  [
    "sleepUntil ends at its instant, at once where that is past",
    `const t = Instant.now(); yield* sleepUntil(t.add(7)); console.log(t.elapsed()); yield* sleepUntil(t); console.log(t.elapsed());`,
    prints("7", "7"),
  ],
];

const INTERVALS: readonly Row[] = [
  [
    "an interval ticks at once and then at every period, with the instant that was due",
    `${TICKS} yield* take("burst", 0, 0, 0, 0);`,
    prints("0@0 100@100 200@200 300@300"),
  ],
  [
    "it does not drift, whatever is done between ticks",
    `${TICKS} yield* take("burst", 0, 30, 99, 1, 100);`,
    prints("0@0 100@100 200@200 300@300 400@400"),
  ],
  [
    "burst: ticks that were missed come at once, then the old rhythm goes on",
    `${TICKS} yield* take("burst", 0, 250, 0, 0, 0);`,
    prints("0@0 100@250 200@250 300@300 400@400"),
  ],
  [
    "delay: a new rhythm begins where the late tick was taken",
    `${TICKS} yield* take("delay", 0, 250, 0, 0, 0);`,
    prints("0@0 100@250 350@350 450@450 550@550"),
  ],
  [
    "skip: missed ticks are left out, the old rhythm goes on",
    `${TICKS} yield* take("skip", 0, 250, 0, 0, 200, 0);`,
    prints("0@0 100@250 300@300 400@400 500@600 700@700"),
  ],
  [
    "a tick up to 5 ms late is not missed, one later is",
    `${TICKS} yield* take("delay", 0, 105, 0); yield* take("delay", 0, 106, 0); yield* take("skip", 0, 105, 0); yield* take("skip", 0, 205, 0);`,
    prints("0@0 100@105 200@200", "0@0 100@106 206@206", "0@0 100@105 200@200", "0@0 100@205 300@300"),
  ],
  [
    "intervalAt begins at its instant, also where that is past",
    `${TICKS} const t = Instant.now(); const later = intervalAt(t.add(30), 10); yield* later.tick(); yield* later.tick(); console.log(t.elapsed()); const past = intervalAt(t, 25); console.log(at(yield* past.tick()), at(yield* past.tick()), at(yield* past.tick()), t.elapsed());`,
    prints("40", "0 25 50 50"),
  ],
  [
    "reset and its sisters begin a new rhythm",
    `const t = Instant.now(); const b = interval(100); yield* b.tick(); yield* nap(30); b.reset(); yield* b.tick(); console.log(t.elapsed()); b.resetImmediately(); yield* b.tick(); console.log(t.elapsed()); b.resetAfter(5); yield* b.tick(); console.log(t.elapsed()); b.resetAt(t.add(200)); yield* b.tick(); yield* b.tick(); console.log(t.elapsed(), b.period);`,
    prints("130", "130", "135", "300 100"),
  ],
  [
    "a reset reaches whoever waits for the tick",
    `const t = Instant.now(); const b = interval(100); yield* b.tick(); const h = task((function* (): Async<void> { yield* b.tick(); console.log(t.elapsed()); yield* b.tick(); console.log(t.elapsed()); })()); yield* nap(10); b.resetAfter(5); yield* nap(10); b.resetAfter(300); yield* h;`,
    prints("15", "320"),
  ],
  [
    "a tick that loses a select is still to come",
    `const t = Instant.now(); const b = interval(100); yield* b.tick(); for (let i = 0; i < 5; i++) yield* select({ tick: b.tick(), nap: nap(15) }); yield* b.tick(); console.log(t.elapsed());`,
    prints("100"),
  ],
  [
    "what is no behaviour, no period, no instant and no duration is refused",
    `const tries = [() => { interval(5).missedTicks = "burts" as MissedTicks; }, () => interval(0), () => sleepUntil(5 as unknown as Instant), () => timeout(-1, nap(1)), () => timeoutAt(nap as unknown as Instant, nap(1))];
for (const attempt of tries) try { attempt(); } catch (e) { console.log((e as Error).name + ": " + (e as Error).message); }`,
    prints(
      'RangeError: missedTicks is "burst", "delay" or "skip", not burts.',
      "RangeError: interval(ms) needs a period longer than 0 ms.",
      "TypeError: sleepUntil(instant) needs an Instant, got 5. `Instant.now().add(100)` is one.",
      "RangeError: timeout(ms, future) needs a number of milliseconds from 0 to 8640000000, got -1",
      "TypeError: timeoutAt(instant, future) needs an Instant, got [function sleep]. `Instant.now().add(100)` is one.",
    ),
  ],
];

const MISTAKES: readonly Row[] = [
  [
    "a timeout of a function instead of its call is refused",
    `function* load(): Async<number> { return 1; }
yield* timeout(5, load as unknown as Async<number>);`,
    ends(
      "misuse",
      "timeout(ms, future) needs a future, got [function load]. Call the function: an async function gives its future when it is called.",
      "4:8",
    ),
  ],
];

it.each([...TIMEOUTS, ...INTERVALS, ...MISTAKES])("%s", (_title, program, expected) =>
  checkFutures(program, expected),
);
