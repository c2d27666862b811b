import { expect, it } from "vitest";
import { run } from "../engine.ts";
import { checkFutures, RT_IMPORTS } from "./rt-table.ts";
import { prints, type Row } from "./table.ts";

const TOOLS = `const held = (name: string) => ({ [Symbol.dispose]() { console.log("using", name); } });
function* inner(name: string): Async<void> { using a = held(name + 1); using b = held(name + 2); try { yield* nap(50); } finally { console.log("finally", name); } }
function* outer(name: string): Async<void> { using c = held("outer"); try { yield* inner(name); } finally { console.log("finally outer"); } }
function* bad(ms = 50): Async<void> { try { yield* nap(ms); } finally { throw new RangeError("in finally"); } }
class Loud extends Future<void> { override poll(): Poll<void> { return Poll.pending; } override drop(): void { console.log("drop"); } }
const caught = (e: unknown) => console.log("caught", (e as Error).name, (e as Error).message);`;

/** What `outer("x")` prints when it is dropped where it waits. */
const CLEANED = ["finally x", "using x2", "using x1", "finally outer", "using outer"];

const ORDER: readonly Row[] = [
  [
    "a future that is dropped where it waits cleans up once, innermost first",
    `${TOOLS}
const f = outer("x"); yield* timeout(1, f); f.drop(); console.log("end");`,
    prints(...CLEANED, "end"),
  ],
  [
    "the loser of a select does",
    `${TOOLS}
yield* select({ f: outer("x"), t: nap(1) });`,
    prints(...CLEANED),
  ],
  [
    "an aborted task does",
    `${TOOLS}
const h = task(outer("x")); yield* nap(1); h.abort(); yield* h;`,
    prints(...CLEANED),
  ],
  [
    "a task does when its thread's body ends",
    `export function main() { spawn(() => { ${TOOLS.replaceAll("\n", " ")} blockOn((function* (): Async<void> { task(outer("x")); yield* nap(1); })()); console.log("body"); }).join(); }`,
    prints("body", ...CLEANED),
  ],
  [
    "a task does when its thread panics",
    `export function main() { try { spawn(() => { ${TOOLS.replaceAll("\n", " ")} blockOn((function* (): Async<void> { task(outer("x")); yield* nap(1); throw new Error("body"); })()); }).join(); } catch (e) { console.log((e as Error).message); } }`,
    prints(...CLEANED, "body"),
  ],
  [
    "dropping a future by hand drops the library's and one's own futures inside it",
    `${TOOLS}
function* both(): Async<void> { yield* join(inner("y"), new Loud()); } yield* timeout(1, both());`,
    prints("finally y", "using y2", "using y1", "drop"),
  ],
  [
    "what never began has nothing to clean up",
    `${TOOLS}
const f = outer("x"); f.drop(); console.log("end");`,
    prints("end"),
  ],
  [
    "what is over is not dropped again",
    `${TOOLS}
function* quick(): Async<number> { try { return 1; } finally { console.log("once"); } } const f = quick(); console.log((yield* timeout(5, f)).ok); f.drop();`,
    prints("once", "true"),
  ],
  [
    "a finally that returns ends the clean-up as in any function",
    `${TOOLS}
function* stubborn(): Async<void> { for (;;) { try { yield* nap(50); } finally { console.log("out"); break; } } console.log("went on"); } yield* timeout(1, stubborn()); console.log("end");`,
    prints("out", "went on", "end"),
  ],
];

const ABORTS: readonly Row[] = [
  [
    "a task that is aborted before its first poll never runs",
    `const h = task((function* (): Async<void> { console.log("never"); })()); h.abort(); console.log(yield* h);`,
    prints('{ ok: false, error: "cancelled" }'),
  ],
  [
    "a task that aborts itself goes on until it waits",
    `const h: TaskHandle<void> = task((function* (): Async<void> { try { yield* nap(1); h.abort(); console.log("on"); yield* nap(1); console.log("never"); } finally { console.log("cleaned"); } })()); console.log(yield* h);`,
    prints("on", "cleaned", '{ ok: false, error: "cancelled" }'),
  ],
  [
    "a task that aborts itself and never waits again ends as it would have",
    `const h: TaskHandle<number> = task((function* (): Async<number> { yield* nap(1); h.abort(); return 4; })()); console.log(yield* h);`,
    prints("{ ok: true, value: 4 }"),
  ],
  [
    "a second abort changes nothing",
    `const h = task((function* (): Async<void> { try { yield* nap(9); } finally { console.log("cleaned"); } })()); yield* nap(1); h.abort(); h.abort(); yield* pause(); h.abort(); console.log(yield* h);`,
    prints("cleaned", '{ ok: false, error: "cancelled" }'),
  ],
  [
    "a dropped task's ends of channels disconnect, from both sides",
    `const [tx, rx] = queue<number>(1); const [tx2, rx2] = queue<number>(1); const h = task((function* (): Async<void> { yield* tx.send(1); yield* nap(500); yield* rx2.recv(); })()); yield* nap(1); h.abort(); yield* h; console.log(yield* rx.recv(), yield* rx.recv(), yield* tx2.send(1));`,
    prints(
      '{ ok: true, value: 1 } { ok: false, error: "disconnected" } { ok: false, error: "disconnected" }',
    ),
  ],
];

const PANICS: readonly Row[] = [
  [
    "a panic while the loser of a select is dropped arrives there",
    `${TOOLS}
try { yield* select({ bad: bad(), t: nap(1) }); } catch (e) { caught(e); }`,
    prints("caught RangeError in finally"),
  ],
  [
    "a panic while a timeout drops its future arrives there",
    `${TOOLS}
try { yield* timeout(1, bad()); } catch (e) { caught(e); }`,
    prints("caught RangeError in finally"),
  ],
  [
    "a panic while tryJoin drops the rest arrives there, the rest is dropped all the same",
    `${TOOLS}
function* no(): Async<{ ok: false; error: string }> { yield* nap(1); return { ok: false, error: "no" }; } function* slow(f: Async<void>): Async<{ ok: true; value: number }> { yield* f; return { ok: true, value: 1 }; }
try { yield* tryJoin(slow(bad()), no(), slow(inner("y"))); } catch (e) { caught(e); }`,
    prints("finally y", "using y2", "using y1", "caught RangeError in finally"),
  ],
  [
    "a panic while a task is aborted arrives where the task is waited for",
    `${TOOLS}
const h = task(bad()); yield* nap(1); h.abort(); try { yield* h; } catch (e) { caught(e); }`,
    prints("caught RangeError in finally"),
  ],
  [
    "a panic while a task is aborted that nobody waits for is printed",
    `${TOOLS}
const h = task(bad()); yield* nap(1); h.abort(); yield* nap(1); console.log("end");`,
    prints("end", "task-1 panicked: RangeError: in finally"),
  ],
  [
    "a panic while a thread's tasks are dropped is printed",
    `export function main() { spawn(() => { ${TOOLS.replaceAll("\n", " ")} blockOn((function* (): Async<void> { task(bad()); yield* nap(1); })()); }).join(); console.log("joined"); }`,
    prints("joined", "task-1 panicked: RangeError: in finally"),
  ],
  [
    "a panic in a finally can be caught by what waits for that future",
    `${TOOLS}
const f = bad(); yield* select({ f: (function* (): Async<void> { try { yield* f; } catch (e) { caught(e); } })(), t: nap(1) });`,
    prints("caught RangeError in finally"),
  ],
];

it.each([...ORDER, ...ABORTS, ...PANICS])("%s", (_title, program, expected) =>
  checkFutures(program, expected),
);

/** Each ends with the panic "first"; the second one comes while it drops what is left. */
const SECOND_PANICS: readonly (readonly [what: string, body: string])[] = [
  ["join", "yield* join(first(), bad());"],
  ["select", "yield* select({ a: bad(), b: first() });"],
  ["a timeout's future", "yield* timeout(9, join(first(), bad()));"],
  ["scope", "yield* scope(function* (s): Async<void> { s.spawn(bad()); yield* nap(0); yield* first(); });"],
  ["the body of a scope", "yield* scope(function* (s): Async<void> { s.spawn(first()); yield* bad(); });"],
  ["a buffered stream", "yield* fromIterable([first(), bad()]).buffered(2).collect();"],
];

it.each(SECOND_PANICS)(
  "the first panic arrives, a second one is told as a warning: %s",
  async (_what, body) => {
    const { outcome, warnings } = await run(`${RT_IMPORTS}
export function main() { blockOn(body()); } function* body(): Async<void> {
${TOOLS} function* first(): Async<void> { yield* nap(1); throw new Error("first"); }
${body} }`);
    expect(outcome).toMatchObject({ kind: "panic", message: "Error: first" });
    expect(warnings.map(({ message }) => message)).toEqual([
      "A second panic came while the first was being cleaned up after: RangeError: in finally. Rust ends the whole program there: let nothing throw in `finally` blocks and `drop`.",
    ]);
  },
);

it("a future that its task forgot to drop can go on in another task", () =>
  checkFutures(
    `class Forgets extends Future<void> { constructor(readonly inner: Future<void>) { super(); } override poll(cx: Context): Poll<void> { return this.inner.poll(cx); } }
const t = Instant.now(), long = nap(50); const h = task(new Forgets(long)); yield* nap(1); h.abort(); yield* h; yield* long; console.log(t.elapsed());`,
    prints("50"),
  ));

/** Each drops something that has a lock's guard which nobody will get; the lock must be free then. */
const GUARDS: readonly (readonly [what: string, body: string])[] = [
  [
    "a buffered stream whose first value is late",
    "yield* timeout(5, fromIterable([nap(50), m.lock()]).map((f) => f as Future<unknown>).buffered(2).collect());",
  ],
  [
    "a collect that is dropped",
    "yield* timeout(5, fromIterable([m.lock(), nap(50)]).map((f) => f as Future<unknown>).buffered(2).collect());",
  ],
  [
    "a collect whose stream panics",
    "function* boom(): Async<void> { yield* nap(1); throw new Error(); } try { yield* fromIterable([m.lock(), boom()]).map((f) => f as Future<unknown>).buffered(2).collect(); } catch {}",
  ],
  [
    "a scope that is dropped while it waits for its tasks",
    "yield* timeout(5, scope(function* (s) { s.spawn(nap(50)); return yield* m.lock(); }));",
  ],
  [
    "a scope whose task panics after the body has returned",
    "function* boom(): Async<void> { yield* nap(1); throw new Error(); } try { yield* scope(function* (s) { s.spawn(boom()); return yield* m.lock(); }); } catch {}",
  ],
];

it.each(GUARDS)("a guard that nobody will get is let go: %s", async (_what, body) => {
  const { outcome, printed } = await run(`${RT_IMPORTS} import { Mutex as AsyncMutex } from "rt/sync";
export function main() { blockOn(body()); } function* body(): Async<void> { const m = new AsyncMutex(0);
${body} console.log(m.tryLock().ok); }`);
  expect(`${outcome.kind} ${outcome.message}`.trim()).toBe("passed");
  expect(printed.map(({ text }) => text)).toEqual(["true"]);
});
