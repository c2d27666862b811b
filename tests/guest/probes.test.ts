import { expect, it } from "vitest";
import type { Outcome } from "#machine";
import { fifo, loadChecks } from "../engine.ts";

const LEARNER = `import { Context, Future, Poll, Waker } from "rt"; import { sleep } from "rt/time"; import { current, park, spawn } from "std/thread"; import { Mutex } from "std/sync";\n`;

/** The outcome of one hidden check about a learner's module. */
async function outcomeOf(learner: string, body: string): Promise<Outcome> {
  const checks = `import * as learner from "./main";
import { check, expect, now, probe, spy, wakeCounter } from "check";
import { blockOn, Future, Poll } from "rt"; import { sleep } from "rt/time"; import { spawn, sleep as block } from "std/thread"; import { current } from "std/thread";
check("it", "it", () => { ${body} });`;
  const program = await loadChecks(LEARNER + learner, checks);
  return program.run({ entry: { kind: "check", index: 0 }, chooser: fifo }).outcome;
}

const JOIN2 = (pollLeft: string, drop: string): string => `
export class Join2<A, B> extends Future<[A, B]> {
  #a: { v: A } | null = null; #b: { v: B } | null = null;
  constructor(readonly left: Future<A>, readonly right: Future<B>) { super(); }
  override poll(cx: Context): Poll<[A, B]> {
    if (${pollLeft}) { const p = this.left.poll(cx); if (p.ready) this.#a = { v: p.value }; }
    if (this.#b === null) { const p = this.right.poll(cx); if (p.ready) this.#b = { v: p.value }; }
    return this.#a && this.#b ? Poll.ready([this.#a.v, this.#b.v]) : Poll.pending;
  }
  override drop(): void { ${drop} }
}`;
const DROPS = "if (this.#a === null) this.left.drop(); if (this.#b === null) this.right.drop();";
const JOIN2_CHECK = `const left = probe<number>(), right = probe<string>(), { cx, wakes } = wakeCounter(); const both = new learner.Join2(left, right);
expect(left.polls === 0, "eager"); both.poll(cx); left.finish(1); expect(wakes() === 1, "not woken"); both.poll(cx); right.wake(); both.poll(cx);
expect(left.pollsAfterEnd === 0, "the left side was polled " + left.pollsAfterEnd + " times after it was ready"); expect(left.end === "ready" && right.end === "open", "ends");
both.drop(); expect(right.drops === 1 && right.end === "dropped" && left.drops === 0, () => "dropped " + left.drops + " and " + right.drops);`;

const BLOCK_ON = (wait: string): string => `
export function blockOn<T>(future: Future<T>): T { const cx = new Context(Waker.from(current())); for (;;) { const p = future.poll(cx); if (p.ready) return p.value; ${wait} } }`;
const BLOCK_ON_CHECK = `const nap = spy(sleep(20)); learner.blockOn(nap); expect(nap.polls === 2, () => "polled " + nap.polls + " times"); expect(now() === 20 && nap.end === "ready", "late");
const never = probe<number>(); class Early extends Future<number> { override poll(cx: Parameters<typeof never.poll>[0]): ReturnType<typeof never.poll> { if (never.polls === 0) { const p = never.poll(cx); never.finish(4); return p; } return never.poll(cx); } } expect(learner.blockOn(new Early()) === 4, "lost");`;

const THREAD_FUTURE = (keep: string): string => `
export function threadFuture<T>(job: () => T): Future<T> {
  const state = new Mutex<{ value: T | null; waker: Waker | null }>({ value: null, waker: null }); let begun = false;
  class Threaded extends Future<T> { override poll(cx: Context): Poll<T> {
    using g = state.lock(); if (g.value.value !== null) return Poll.ready(g.value.value); ${keep};
    if (!begun) { begun = true; spawn(() => { const value = job(); using g = state.lock(); g.value.value = value; g.value.waker?.wake(); }); }
    return Poll.pending; } }
  return new Threaded();
}`;
const THREAD_FUTURE_CHECK = `const first = wakeCounter(), latest = wakeCounter(); const f = learner.threadFuture(() => { block(5); return 7; }); f.poll(first.cx); f.poll(latest.cx); block(10);
expect(first.wakes() === 0 && latest.wakes() === 1, () => "woken: the first " + first.wakes() + ", the latest " + latest.wakes()); const p = f.poll(latest.cx); expect(p.ready && p.value === 7, "no value");`;

const TIMEOUT = (elapsed: string): string => `
export class Timeout<T> extends Future<T | "elapsed"> {
  #timer: Future<void> | null = null; #over = false;
  constructor(readonly ms: number, readonly inner: Future<T>) { super(); }
  override poll(cx: Context): Poll<T | "elapsed"> { this.#timer ??= sleep(this.ms); const p = this.inner.poll(cx); if (p.ready) { this.#timer.drop(); return p; } if (!this.#timer.poll(cx).ready) return Poll.pending; ${elapsed} return Poll.ready("elapsed"); }
  override drop(): void { this.inner.drop(); this.#timer?.drop(); }
}`;
const TIMEOUT_CHECK = `const inner = spy(sleep(50)); expect(blockOn(new learner.Timeout(10, inner)) === "elapsed", "no"); block(100); expect(inner.drops === 1, () => "the future was dropped " + inner.drops + " times"); expect(inner.end === "dropped", inner.end);
const failing = probe<number>(); failing.fail("boom"); let said = ""; try { blockOn(new learner.Timeout(10, failing)); } catch (e) { said = (e as Error).message; } expect(said === "boom" && failing.end === "panicked", said);`;

const ROWS: readonly (readonly [
  what: string,
  check: string,
  right: string,
  wrong: string,
  message: string,
])[] = [
  [
    "a join of two that polls the finished side again",
    JOIN2_CHECK,
    JOIN2("this.#a === null", DROPS),
    JOIN2("true", DROPS),
    "the left side was polled 1 times after it was ready",
  ],
  [
    "a join of two that drops nothing",
    JOIN2_CHECK,
    JOIN2("this.#a === null", DROPS),
    JOIN2("this.#a === null", ""),
    "dropped 0 and 0",
  ],
  [
    "a join of two that drops both",
    JOIN2_CHECK,
    JOIN2("this.#a === null", DROPS),
    JOIN2("this.#a === null", "this.left.drop(); this.right.drop();"),
    "dropped 1 and 1",
  ],
  [
    "a blockOn that polls for nothing",
    BLOCK_ON_CHECK,
    BLOCK_ON("park();"),
    BLOCK_ON("future.poll(cx); park();"),
    "polled 3 times",
  ],
  [
    "a future that wakes its first waker",
    THREAD_FUTURE_CHECK,
    THREAD_FUTURE("g.value.waker = cx.waker"),
    THREAD_FUTURE("g.value.waker ??= cx.waker"),
    "woken: the first 1, the latest 0",
  ],
  [
    "a timeout that does not drop",
    TIMEOUT_CHECK,
    TIMEOUT("this.inner.drop();"),
    TIMEOUT(""),
    "the future was dropped 0 times",
  ],
];

it.each(ROWS)("probes tell: %s", async (_what, check, right, wrong, message) => {
  expect(await outcomeOf(right, check)).toMatchObject({ kind: "passed", message: "" });
  expect(await outcomeOf(wrong, check)).toMatchObject({ kind: "check-failed", message });
});
