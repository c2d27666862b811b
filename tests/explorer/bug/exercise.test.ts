import { expect, it } from "vitest";
import type { BugName } from "#abi";
import { findBug, search } from "#explorer";
import { loadChecks } from "../../engine.ts";

/** In an exercise a standstill seldom ends the run: whoever checks waits with a limit, and expects something in time. */
interface WrongAnswer {
  readonly title: string;
  readonly main: string;
  readonly checks: string;
  readonly bug: BugName | null;
  readonly says?: readonly string[];
}

const CHECK_BLOCKING = `import { check, expect, now } from "check";
import * as rt from "rt";
import * as rtTime from "rt/time";
import { answer } from "./main";
check("in-time", "in time", () => {
  let late = -1;
  rt.blockOn((function* () {
    const beside = rt.spawn((function* () { yield* rtTime.sleep(5); late = now() - 5; })());
    yield* rt.join(rt.spawn(answer()), beside);
  })());
  expect(late === 0, "The other task was " + late + " ms late.");
});`;

const CHECK_SLOT = `import { check, expect } from "check";
import { spawn } from "std/thread";
import { channel } from "std/sync";
import { set } from "./main";
check("all", "all", () => {
  const [tx, rx] = channel<number>();
  for (const to of [false, false, true, true]) { const done = tx.clone(); spawn(() => { set(to); done.send(1); }); }
  for (let i = 0; i < 4; i++) expect(rx.recvTimeout(100).ok, "Not all came back.");
}, { mayLeave: true });`;

const ANSWERS: readonly WrongAnswer[] = [
  {
    title: "a sleep that blocks, beside a task that wants to go on",
    main: `import { sleep } from "std/thread";
export function* answer() { sleep(40); }`,
    checks: CHECK_BLOCKING,
    bug: "executor-blocked",
    says: ["with `sleep` (line 2)", "was not polled for 35 ms"],
  },
  {
    title: "a sleep that blocks before anybody else is there",
    main: `import { sleep } from "std/thread";
export function* answer() { return 1; }
export function warmUp() { sleep(40); }`,
    checks: `import { check, expect, now } from "check";
import * as rt from "rt";
import { answer, warmUp } from "./main";
check("in-time", "in time", () => {
  rt.blockOn((function* () { warmUp(); yield* rt.spawn(answer()); })());
  expect(now() === 0, "It came at " + now() + " ms.");
});`,
    bug: null,
  },
  {
    title: "a sleep that blocks, in a task of the check itself",
    main: `export const LATE_MAX_MS = 0;`,
    checks: `import { check, expect, now } from "check";
import { sleep } from "std/thread";
import * as rt from "rt";
import * as rtTime from "rt/time";
import { LATE_MAX_MS } from "./main";
check("in-time", "in time", () => {
  rt.blockOn((function* () {
    const beside = rt.spawn((function* () { yield* rtTime.sleep(5); })());
    yield* rt.join(rt.spawn((function* () { sleep(40); })()), beside);
  })());
  expect(now() - 40 < LATE_MAX_MS, "It came late.");
});`,
    bug: null,
  },
  {
    title: "two locks in two orders, while the check waits with a limit",
    main: `import { Mutex } from "std/sync";
const [a, b] = [new Mutex(0), new Mutex(0)];
export function up() {
  using x = a.lock();
  using y = b.lock();
}
export function down() {
  using y = b.lock();
  using x = a.lock();
}`,
    checks: `import { check, expect } from "check";
import { spawn } from "std/thread";
import { channel } from "std/sync";
import { up, down } from "./main";
check("both", "both", () => {
  const [tx, rx] = channel<number>();
  for (const go of [up, down]) { const done = tx.clone(); spawn(() => { go(); done.send(1); }); }
  for (const n of [1, 2]) expect(rx.recvTimeout(100).ok, "Nothing came.");
}, { mayLeave: true });`,
    bug: "lock-order-inversion",
    says: ["(line 5)", "(line 9)"],
  },
  {
    title: "news between the look and the wait, while the check waits with a limit",
    main: `import { Condvar, Mutex } from "std/sync";
const open = new Mutex(false);
const opened = new Condvar();
export function raise() {
  using it = open.lock();
  it.value = true;
  opened.notifyAll();
}
function isOpen() {
  using it = open.lock();
  return it.value;
}
export function pass() {
  if (isOpen()) return;
  using it = open.lock();
  opened.wait(it);
}`,
    checks: `import { check, expect } from "check";
import { spawn } from "std/thread";
import { channel } from "std/sync";
import { raise, pass } from "./main";
check("passes", "passes", () => {
  const [tx, rx] = channel<number>();
  spawn(() => { pass(); tx.send(1); });
  raise();
  expect(rx.recvTimeout(100).ok, "Nothing came.");
}, { mayLeave: true });`,
    bug: "lost-wake-up",
    says: ["notified `opened` (line 7)", "(line 16)"],
  },
  {
    title: "one kind woken for the other, while the check waits with a limit",
    main: `import { Condvar, Mutex } from "std/sync";
const full = new Mutex(false);
const changed = new Condvar();
export function set(to: boolean) {
  using it = full.lock();
  while (it.value === to) changed.wait(it);
  it.value = to;
  changed.notifyOne();
}`,
    checks: CHECK_SLOT,
    bug: "wrong-waiter",
    says: ["notifyOne on `changed` (line 8)", "waited again (line 6)"],
  },
  {
    title: "nobody notified, while the check waits with a limit",
    main: `import { Condvar, Mutex } from "std/sync";
const full = new Mutex(false);
const changed = new Condvar();
export function set(to: boolean) {
  using it = full.lock();
  while (it.value === to) changed.wait(it);
  it.value = to;
}`,
    checks: CHECK_SLOT,
    bug: null,
  },
  {
    title: "a task that waits for a message of the next, and blocks its thread",
    main: `import { channel } from "std/sync";
import * as rt from "rt";
export function exchange() {
  const [tx, rx] = channel<number>();
  rt.blockOn((function* () {
    yield* rt.join(rt.spawn((function* () { rx.recv(); })()), rt.spawn((function* () { tx.send(1); })()));
  })());
}`,
    checks: `import { check, expect } from "check";
import { spawn } from "std/thread";
import { channel } from "std/sync";
import { exchange } from "./main";
check("ends", "ends", () => {
  const [tx, rx] = channel<number>();
  spawn(() => { exchange(); tx.send(1); });
  expect(rx.recvTimeout(100).ok, "It did not end.");
}, { mayLeave: true });`,
    bug: "executor-blocked",
    says: ["with `recv` (line 6)", "task-2 could go on, and was not polled for 100 ms"],
  },
];

it.each(ANSWERS)("$title: $bug", async ({ main, checks, bug: expected, says }) => {
  const loaded = await loadChecks(main, checks);
  const { outcome, failure } = search(loaded, {
    entry: { kind: "check", index: 0 },
    programHash: loaded.program.hash,
    runsMax: 100,
    callsMax: Number.MAX_SAFE_INTEGER,
    rules: { mayLeave: true },
  });
  expect(outcome).toMatchObject({ kind: "check-failed" });
  const bug = failure && findBug(failure.result, loaded.program);
  expect({ name: bug?.name ?? null, sentence: bug?.sentence }).toMatchObject({ name: expected });
  for (const part of says ?? []) expect(bug?.sentence).toContain(part);
});
