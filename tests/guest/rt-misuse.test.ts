import { expect, it } from "vitest";
import { loadChecks, fifo, run } from "../engine.ts";
import { checkFutures, RT_IMPORTS } from "./rt-table.ts";
import { ends, type Row } from "./table.ts";

const AGAIN =
  "A future is polled after it was ready: its value has been handed out. Wait for each future once; for another value make another future.";
const NOBODY =
  "Nobody polls here: `yield*` waits only inside a future that an executor drives. Give the future to `blockOn(…)`.";
const DROPPED =
  "A future that is dropped cannot wait any more: a `finally` block or a `using` reached `yield*` while it was cleaned up. Clean up without waiting, or spawn a task that does it.";
const NO_EXECUTOR = "`spawn` needs an executor that runs: call it inside a future that `blockOn` drives.";

/** Polls a future by hand until it is ready, and once more. */
const POLL_TWICE = `class Twice<T> extends Future<void> { constructor(readonly inner: Future<T>) { super(); } override poll(cx: Context): Poll<void> { const poll = this.inner.poll(cx); if (!poll.ready) return Poll.pending;
this.inner.poll(cx); return Poll.ready(undefined); } }`;

const twice = (what: string, future: string): Row => [
  `${what} that is polled after it was ready is refused`,
  `${POLL_TWICE} function* load(): Async<number> { return 1; } const [tx, rx] = queue<number>(9); tx.trySend(1);
yield* new Twice(${future});`,
  ends("misuse", AGAIN, "4:1"),
];

const ROWS: readonly Row[] = [
  [
    "awaiting an async function's future twice is refused",
    `function* load(): Async<number> { return 1; } const f = load(); yield* f;
yield* f;`,
    ends("misuse", AGAIN, "4:1"),
  ],
  [
    "awaiting a library's future twice is refused",
    `const f = nap(1); yield* f;
yield* f;`,
    ends("misuse", AGAIN, "4:1"),
  ],
  [
    "a future that was dropped is not polled any more",
    `const f = nap(5); yield* timeout(1, f);
yield* f;`,
    ends("misuse", AGAIN, "4:1"),
  ],
  twice("an async function", "load()"),
  twice("a sleep", "nap(1)"),
  twice("a timeout", "timeout(1, nap(1))"),
  twice("a tick", "interval(1).tick()"),
  twice("a join", "join(load(), nap(1))"),
  twice("a joinAll of nothing", "joinAll([])"),
  twice("a select", "select({ a: load(), b: nap(1) })"),
  twice("a yieldNow", "pause()"),
  twice("a recv", "rx.recv()"),
  twice("a send", "tx.send(2)"),
  twice("a task's handle", "task(load())"),
  twice("a blocking job", "spawnBlocking(() => 1)"),
  twice("a joinNext", "new JoinSet<number>().joinNext()"),
  twice("a shutdown", "new JoinSet<number>().shutdown()"),
  twice("a scope", "scope(() => load())"),
  twice("a stream's next", "fromIterable([1]).next()"),
  twice("a collect", "fromIterable([1]).collect()"),
  twice("a forEach", "fromIterable([1]).forEach(() => {})"),
  [
    "yield instead of yield* is refused",
    `function* load(): Generator<unknown, number> { yield nap(5); return 1; }
yield* load() as unknown as Async<number>;`,
    ends("misuse", "A future is yielded, not waited for: write `yield*` instead of `yield`.", "3:48"),
  ],
  [
    "yielding a value is refused",
    `function* load(): Generator<unknown, number> { yield 5; return 1; }
yield* load() as unknown as Async<number>;`,
    ends(
      "misuse",
      "An async function yields 5, which is no future: `yield*` waits for a future, and nothing else can be yielded.",
      "3:48",
    ),
  ],
  [
    "yield* of what is no future is refused",
    `yield* 5 as unknown as Async<void>;`,
    ends("misuse", "`yield*` waits for a future; this is 5.", "3:1"),
  ],
  [
    "yield* of an async function instead of its call is refused",
    `function* load(): Async<number> { return 1; }
yield* load as unknown as Async<number>;`,
    ends(
      "misuse",
      "`yield*` waits for a future; this is [function load]. Call the function: `yield* load()`.",
      "4:1",
    ),
  ],
  [
    "spawn of a function instead of its call is refused",
    `function* load(): Async<number> { return 1; }
task(load as unknown as Async<number>);`,
    ends(
      "misuse",
      "spawn(future) needs a future, got [function load]. Call the function: an async function gives its future when it is called.",
      "4:1",
    ),
  ],
  [
    "a branch of select that is no future is refused by its name",
    `yield* select({ a: nap(1), b: 7 as unknown as Async<void> });`,
    ends("misuse", "select: branch `b` needs a future, got 7.", "3:8"),
  ],
  [
    "blockOn inside a future is refused",
    `nap(0).drop();
blockOn(nap(1));`,
    ends(
      "misuse",
      "`blockOn` inside a future would block the executor that drives it. Write `yield*`, or call it in a thread of its own.",
      "4:1",
    ),
  ],
  [
    "spawn without an executor is refused",
    `export function main() {
task(nap(1)); }`,
    ends("misuse", NO_EXECUTOR, "4:1"),
  ],
  [
    "spawn into a set without an executor is refused",
    `export function main() { const set = new JoinSet<void>();
set.spawn(nap(1)); }`,
    ends("misuse", NO_EXECUTOR, "4:1"),
  ],
  [
    "yield* with no executor is refused",
    `function* load(): Async<void> { yield* nap(1); }
export function main() { load().next(); }`,
    ends("misuse", NOBODY, "3:33"),
  ],
  [
    "yield* in a finally of a future that is dropped is refused",
    `function* load(): Async<void> { try { yield* nap(50); } finally {
yield* nap(1); } }
yield* timeout(5, load());`,
    ends("misuse", DROPPED, "4:1"),
  ],
  [
    "yield* in a finally of a task that is aborted is refused",
    `function* load(): Async<void> { try { yield* nap(50); } finally {
yield* nap(1); } }
const h = task(load()); yield* nap(1); h.abort(); yield* h;`,
    ends("misuse", DROPPED, "4:1"),
  ],
];

it.each(ROWS)("%s", (_title, program, expected) => checkFutures(program, expected));

/** [title, body of an async function from line 3, the warnings: place and message] */
const WARNINGS: readonly (readonly [title: string, body: string, warnings: readonly string[]])[] = [
  [
    "an async function that is called and never polled",
    `function* load(): Async<void> {}
load(); yield* nap(1);`,
    [
      "4:1 A future is made here and never polled, so nothing of it happens: wait for it with `yield*`, or give it to `spawn`.",
    ],
  ],
  [
    "library futures that are made and never polled",
    `nap(1);
interval(5).tick();
timeout(5, fromIterable([1]).collect()); yield* nap(1);`,
    ["3:1", "4:1", "5:12", "5:1"].map(
      (place) =>
        `${place} A future is made here and never polled, so nothing of it happens: wait for it with \`yield*\`, or give it to \`spawn\`.`,
    ),
  ],
  [
    "a spawnBlocking that nobody waits for is none: its job runs",
    `spawnBlocking(() => 1); yield* nap(1);`,
    [],
  ],
  [
    "a waker that is woken after its task has ended",
    `let kept: Waker | undefined; class Keeps extends Future<void> { override poll(cx: Context): Poll<void> { kept = cx.waker; return Poll.pending; } }
const h = task(new Keeps()); yield* nap(1); h.abort(); yield* h;
kept?.wake();`,
    [
      "5:1 A waker of task-1 is woken after the task has ended. Nothing comes of it: a future that is dropped should take its waker back.",
    ],
  ],
  [
    "a call of std that blocks a task's thread while others could go on",
    `task(nap(1)); yield* nap(0);
sleep(3);
sleep(25); yield* nap(1);`,
    [
      "5:1 main held its executor for 28 ms, 25 ms of it at main.ts:5:1, without a `yield*` that waits. Another task had to wait. Let `spawnBlocking` do what blocks or computes.",
    ],
  ],
  [
    "none where a poll takes up to 10 ms, or nobody else is there",
    `task(nap(1)); yield* nap(0); sleep(10); yield* nap(5); sleep(50); yield* nap(1);`,
    [],
  ],
  [
    "a std lock that is held across yield*, with both places",
    `const total = new Mutex(0); function* add(): Async<void> {
using g = total.lock();
yield* nap(1); g.value++; }
yield* task(add());`,
    [
      "5:1 task-1 waits here while it holds `total`, locked at main.ts:4:11. A task of this thread that locks it meanwhile blocks the thread, and with it the task that would unlock it: unlock before `yield*`, or use `Mutex` of `rt/sync`.",
    ],
  ],
  [
    "a std read lock that is held across yield*",
    `const data = new RwLock(0);
const g = data.read();
yield* nap(1); g.unlock();`,
    [
      "5:1 main waits here while it holds `data`, locked at main.ts:4:11. A task of this thread that locks it meanwhile blocks the thread, and with it the task that would unlock it: unlock before `yield*`, or use `Mutex` of `rt/sync`.",
    ],
  ],
  [
    "none where the lock is let go before",
    `const total = new Mutex(0); { using g = total.lock(); g.value++; } const data = new RwLock(0); { using a = data.read(); using b = data.read(); a.value + b.value; } yield* nap(1);`,
    [],
  ],
];

it.each(WARNINGS)("a warning: %s", async (_title, body, expected) => {
  const imports = 'import { Mutex, RwLock } from "std/sync"; import { sleep } from "std/thread"; ';
  const source = `${imports}${RT_IMPORTS}
export function main() { blockOn(body()); } function* body(): Async<void> {
${body}
}`;
  const { outcome, warnings } = await run(source);
  expect(`${outcome.kind} ${outcome.message}`.trim()).toBe("passed");
  expect(warnings.map(({ place, message }) => `${place?.line}:${place?.column} ${message}`)).toEqual(
    expected,
  );
});

it("a poll beyond the check's limit is starved, and the message names the line that took the time", async () => {
  const main = `import { type Async, spawn } from "rt";
import { sleep as nap } from "rt/time";
import { sleep } from "std/thread";
export function* serve(): Async<void> {
  spawn(nap(1));
  yield* nap(0);
  sleep(1);
  sleep(4);
}`;
  const checks = (options: string): string => `import { serve } from "./main";
import { check, expect, liveTasks } from "check";
import { blockOn } from "rt";
check("busy", "busy", () => { blockOn(serve()); expect(liveTasks() === 1, "liveTasks"); }, ${options});`;
  const outcomeOf = async (options: string): Promise<unknown> => {
    const program = await loadChecks(main, checks(options));
    const [listed] = program.run({ entry: { kind: "list" }, chooser: fifo }).checks ?? [];
    const rules = listed?.rules ?? {};
    return program.run({ entry: { kind: "check", index: 0 }, chooser: fifo, rules }).outcome;
  };
  expect(await outcomeOf("{ pollMs: 4.5 }")).toMatchObject({
    kind: "starved",
    message:
      "main held its executor for 5 ms, 4 ms of it at main.ts:8:3, without a `yield*` that waits. At most 4.5 ms are allowed here. Let `spawnBlocking` do what blocks or computes.",
    place: { line: 8, column: 3 },
  });
  expect(await outcomeOf("{ pollMs: 5 }")).toMatchObject({ kind: "passed" });
});
