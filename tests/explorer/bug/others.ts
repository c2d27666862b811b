import type { FailingProgram } from "./programs.ts";

/** Loops without end, messages that vanish, waits that are not repeated. */
export const OTHERS: readonly FailingProgram[] = [
  {
    title: "an item stolen between the notification and the lock",
    body: `export function main() {
  const queue = new Mutex<number[]>([]);
  const filled = new Condvar();
  const take = () => {
    using g = queue.lock();
    if (g.value.length === 0) filled.wait(g);
    if (g.value.shift() === undefined) panic("nothing to take");
  };
  const ws = [spawn(take), spawn(take)];
  for (const n of [1, 2]) { using g = queue.lock(); g.value.push(n); filled.notifyOne(); }
  for (const w of ws) w.join();
}`,
    bug: "if-for-while",
    says: ["waited on `filled` (line 7)", "went on without looking again"],
  },
  {
    title: "all woken for one item",
    body: `export function main() {
  const queue = new Mutex<number[]>([]);
  const filled = new Condvar();
  const take = () => {
    using g = queue.lock();
    if (g.value.length === 0) filled.wait(g);
    assert(g.value.length > 0, "woken for nothing");
    g.value.shift();
  };
  const ws = [spawn(take), spawn(take)];
  sleep(1);
  { using g = queue.lock(); g.value.push(1); filled.notifyAll(); }
  for (const w of ws) w.join();
}`,
    bug: "if-for-while",
    says: ["waited on `filled` (line 7)", "had been there first"],
  },
  {
    title: "a spurious wake-up taken for a notification",
    body: `export function main() {
  const ready = new Mutex(false);
  const cv = new Condvar();
  const w = spawn(() => {
    using g = ready.lock();
    if (!g.value) cv.wait(g);
    assert(g.value, "went on too early");
  });
  { using g = ready.lock(); g.value = true; }
  cv.notifyOne();
  w.join();
}`,
    bug: "if-for-while",
    says: ["worker-1 waited on `cv` (line 7)", "woke up though nobody had notified it"],
    rules: { spuriousWakeups: true },
  },
  {
    title: "a spurious wake-up whose damage main sees",
    body: `export function main() {
  const jobs = new Mutex<number[]>([]);
  const cv = new Condvar();
  const w = spawn(() => {
    using g = jobs.lock();
    if (g.value.length === 0) cv.wait(g);
    return g.value.length;
  });
  { using g = jobs.lock(); g.value.push(1); cv.notifyOne(); }
  assertEq(w.join(), 1);
}`,
    bug: "if-for-while",
    says: ["worker-1 waited on `cv` (line 7)"],
    rules: { spuriousWakeups: true },
  },
  {
    title: "two receives under one timeout",
    body: `export function main() {
  rt.blockOn((function* () {
    const [tx, rx] = rtSync.unboundedChannel<string>();
    tx.send("first");
    function* both() { const a = yield* rx.recv(); const b = yield* rx.recv(); return [a, b]; }
    yield* rtTime.timeout(5, both());
    tx.send("second");
    const next = yield* rx.recv();
    assert(next.ok && next.value === "first", "the first message is gone");
  })());
}`,
    bug: "dropped-message",
    says: ['received "first" from `tx, rx` (line 6)', "dropped while it waited"],
  },
  {
    title: "a message taken, then the future waits and is dropped",
    body: `export function main() {
  const seen = new SharedCell(0);
  rt.blockOn((function* () {
    const [tx, rx] = rtSync.unboundedChannel<string>();
    tx.send("job-one");
    function* handle() { const a = yield* rx.recv(); yield* rtTime.sleep(20); seen.set(seen.get() + 1); }
    yield* rtTime.timeout(5, handle());
  })());
  assertEq(seen.get(), 1);
}`,
    bug: "dropped-message",
    says: ['received "job-one" from `tx, rx` (line 7)', "dropped while it waited"],
  },
  {
    title: "a message taken by the loser of a select",
    body: `export function main() {
  rt.blockOn((function* () {
    const [tx, rx] = rtSync.channel<string>(4);
    const [out, got] = rtSync.channel<string>(1);
    yield* tx.send("parcel");
    yield* out.send("full");
    function* forward() { const a = yield* rx.recv(); if (a.ok) yield* out.send(a.value); }
    yield* rt.select({ beat: rtTime.sleep(5), forward: forward() });
    yield* got.recv();
    const last = yield* rtTime.timeout(5, got.recv());
    assert(last.ok, "nothing came");
  })());
}`,
    bug: "dropped-message",
    says: ['received "parcel"', "(line 8)"],
  },
  {
    title: "a task aborted while it holds a message",
    body: `export function main() {
  const done = new SharedCell(0);
  rt.blockOn((function* () {
    const [tx, rx] = rtSync.unboundedChannel<string>();
    const t = rt.spawn((function* () { const a = yield* rx.recv(); yield* rtTime.sleep(50); done.set(1); })());
    tx.send("order-7");
    yield* rtTime.sleep(10);
    t.abort();
  })());
  assertEq(done.get(), 1);
}`,
    bug: "dropped-message",
    says: ['received "order-7"', "(line 6)"],
  },
  {
    title: "waits for a plain variable",
    body: `export function main() {
  let done = false;
  const w = spawn(() => { while (!done) yieldNow(); });
  done = true;
  w.join();
}`,
    bug: "stale-copy",
    says: ["worker-1 waits in a loop (line 4) for `done`", "a copy of its own"],
  },
  {
    title: "waits for a plain field",
    body: `export function main() {
  const state = { stop: false };
  const w = spawn(() => { for (;;) { if (state.stop) break; yieldNow(); } });
  const v = spawn(() => { while (!state.stop) {} });
  w.join();
  v.join();
}`,
    bug: "stale-copy",
    says: ["for `state.stop`"],
  },
  {
    title: "spins on a flag that nobody sets",
    body: `export function main() {
  const go = new AtomicBool(false);
  const w = spawn(() => { while (!go.load()) yieldNow(); });
  w.join();
}`,
    bug: "spinning",
    says: ["worker-1 spins: it looked at `go`", "(line 4)", "always saw 0"],
  },
  {
    title: "spins on a lock's value",
    body: `export function main() {
  const ready = new Mutex(false);
  const w = spawn(() => {
    for (;;) {
      using g = ready.lock();
      if (g.value) break;
    }
  });
  w.join();
}`,
    bug: "spinning",
    says: ["worker-1 spins: it looked at `ready`", "(line 6)", "always saw false"],
  },
];
