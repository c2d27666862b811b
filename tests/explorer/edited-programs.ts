/** Programs that fail under some schedule, and what a learner might make of each next. */

const COUNTER = `import { spawn } from "std/thread";
import { AtomicI32, Mutex, SharedCell } from "std/sync";
export function main() {
  const balance = new SharedCell(0);
  const add = () => {
    balance.set(balance.get() + 1);
  };
  const worker = spawn(add, { name: "worker" });
  add();
  worker.join();
  if (balance.get() !== 2) throw new Error("lost " + balance.get());
}`;

const [BODY, FIRST] = ["balance.set(balance.get() + 1);", "  const balance"];
const withLock = (body: string) =>
  COUNTER.replace(FIRST, `  const lock = new Mutex(0);\n${FIRST}`).replace(BODY, body);

/** One update is lost where main is left between its read and its write. */
export const LOST_UPDATE = {
  code: COUNTER,
  calls: COUNTER.replace(
    FIRST,
    `  const log = new Mutex(0);\n  { using guard = log.lock(); guard.value = 1; }\n  console.log("begins");\n${FIRST}`,
  ),
  sameCalls: COUNTER.replace("  const add", "  balance.set(balance.get());\n  const add"),
  sibling: COUNTER.replace(FIRST, `  const other = new SharedCell(7);\n  other.set(8);\n${FIRST}`),
  renamed: COUNTER.replaceAll("balance", "money").replaceAll("worker", "helper"),
  locked: withLock(`using guard = lock.lock();\n    ${BODY}`),
  lockedTwice: withLock(
    "let seen = 0;\n    { using guard = lock.lock(); seen = balance.get(); }\n    { using guard = lock.lock(); balance.set(seen + 1); }",
  ),
  atomic: COUNTER.replace("new SharedCell", "new AtomicI32")
    .replace(BODY, "balance.fetchAdd(1);")
    .replaceAll("balance.get()", "balance.load()"),
  alone: COUNTER.replace('const worker = spawn(add, { name: "worker" });', "add();").replace(
    "worker.join();",
    "",
  ),
  otherwise: COUNTER.replace('"lost "', '"found only "'),
} as const;

const PHILOSOPHERS = `import { spawn } from "std/thread";
import { Mutex } from "std/sync";
export function main() {
  const [left, right] = [new Mutex(0), new Mutex(0)];
  const eat = (one: Mutex<number>, two: Mutex<number>) => {
    using first = one.lock();
    using second = two.lock();
    second.value += first.value;
  };
  const other = spawn(() => eat(right, left));
  eat(left, right);
  other.join();
}`;

export const DEADLOCK = {
  code: PHILOSOPHERS,
  more: PHILOSOPHERS.replace(
    "  const [left",
    "  const table = new Mutex(1);\n  { using guard = table.lock(); guard.value++; }\n  const [left",
  ),
  ordered: PHILOSOPHERS.replace("eat(right, left)", "eat(left, right)"),
} as const;

const TASKS = `import { blockOn, spawn, yieldNow, type Async } from "rt";
import { Mutex } from "rt/sync";
export function main() {
  let count = 0;
  const seen: number[] = [];
  function* add(id: number): Async<void> {
    const before = count;
    yield* yieldNow();
    seen.push(id);
    count = before + (seen[0] === 2 ? 1 : 2 - seen.length);
  }
  blockOn((function* (): Async<void> {
    const one = spawn(add(1));
    const two = spawn(add(2));
    yield* one;
    yield* two;
    if (seen[0] === 2) throw new Error("two came first");
  })());
}`;

/** Fails where the second task is polled first. */
export const TASK_ORDER = {
  code: TASKS,
  third: TASKS.replace(
    "    const one",
    "    const zero = spawn((function* (): Async<void> {})());\n    yield* zero;\n    const one",
  ),
  renamed: TASKS.replaceAll("one", "first")
    .replaceAll("two;", "second;")
    .replace("const two", "const second"),
  inTurn: TASKS.replace(
    "    const two = spawn(add(2));\n    yield* one;\n",
    "    yield* one;\n    const two = spawn(add(2));\n",
  ),
} as const;

const SLEEPS = `import { sleep, spawn } from "std/thread";
import { SharedCell } from "std/sync";
export function main() {
  const done = new SharedCell(0);
  const worker = spawn(() => { done.set(1); });
  sleep(100);
  if (done.get() !== 1) throw new Error("not done");
}`;

/** Fails where the timer fires before the thread has begun. */
export const LATE_TIMER = {
  code: SLEEPS,
  longer: SLEEPS.replace("sleep(100)", "console.log(1);\n  sleep(200)"),
  joins: SLEEPS.replace("sleep(100)", "worker.join()"),
} as const;

const NOTIFIES = `import { spawn, sleep } from "std/thread";
import { Condvar, Mutex } from "std/sync";
export function main() {
  const turn = new Mutex("");
  const changed = new Condvar();
  const wait = (name: string) => {
    using guard = turn.lock();
    changed.wait(guard);
    guard.value += name;
  };
  const first = spawn(() => wait("a"));
  const second = spawn(() => wait("b"));
  sleep(1);
  changed.notifyOne();
  sleep(1);
  changed.notifyOne();
  first.join();
  second.join();
  if (turn.lock().value !== "ab") throw new Error("out of order");
}`;

/** Fails where the second waiter is woken first. */
export const WAITER_ORDER = {
  code: NOTIFIES,
  logs: NOTIFIES.replace(
    "  const turn",
    '  const log = new Mutex("");\n  { using guard = log.lock(); guard.value = "x"; }\n  const turn',
  ),
  all: NOTIFIES.replaceAll("notifyOne", "notifyAll"),
} as const;
