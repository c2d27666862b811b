import type { FailingProgram } from "./programs.ts";

/** Programs after those that others had written without knowing the patterns: the same mistakes, otherwise put. */
export const FURTHER: readonly FailingProgram[] = [
  {
    title: "an empty text, where a name should have been made",
    body: `export function main() {
  const name = new Mutex("");
  const w = spawn(() => { using g = name.lock(); g.value = "tea"; });
  let length;
  { using g = name.lock(); length = g.value.length; assert(length > 0, "no name"); }
  w.join();
}`,
    bug: "use-before-init",
    says: ["main used `name` (line 6) before anybody had set it"],
  },
  {
    title: "a result that is not there yet, though the number has a value",
    body: `export function main() {
  const result = new SharedCell(0);
  const w = spawn(() => { assertEq(result.get(), 42); });
  result.set(42);
  w.join();
}`,
    bug: "use-before-init",
    says: ["worker-1 used `result` (line 4) before main set it to 42 (line 5)"],
  },
  {
    title: "a flag says that it is made, before it is",
    body: `export function main() {
  const made = new AtomicBool(false);
  const path = new SharedCell("");
  const w = spawn(() => { made.store(true); path.set("/tmp"); });
  if (made.load()) assert(path.get() !== "", "no path");
  w.join();
}`,
    bug: "use-before-init",
    says: ["main used `path` (line 6) before anybody had set it"],
  },
  {
    title: "two let go, and both see that nobody is left",
    body: `export function main() {
  const users = new AtomicI32(2);
  const closed = new AtomicI32(0);
  const leave = () => {
    users.fetchSub(1);
    if (users.load() === 0) closed.fetchAdd(1);
  };
  const ws = [spawn(leave), spawn(leave)];
  for (const w of ws) w.join();
  assertEq(closed.load(), 1);
}`,
    bug: "check-then-act",
    says: ["changed `users` to 1 (line 6)", "(line 7)", "both saw 0, and both acted on it"],
  },
  {
    title: "three arrive, and two of them take themselves for the last",
    body: `export function main() {
  const there = new AtomicI32(0);
  const opened = new AtomicI32(0);
  const arrive = () => {
    there.fetchAdd(1);
    if (there.load() === 3) opened.fetchAdd(1);
  };
  scope((s) => { for (const n of [1, 2, 3]) s.spawn(arrive); });
  assertEq(opened.load(), 1);
}`,
    bug: "check-then-act",
    says: ["changed `there`", "both saw 3"],
  },
  {
    title: "the news comes under the lock, between the look and the wait",
    body: `export function main() {
  const door = new Mutex({ open: false });
  const cv = new Condvar();
  const isOpen = () => { using g = door.lock(); return g.value.open; };
  const w = spawn(() => {
    if (isOpen()) return;
    using g = door.lock();
    cv.wait(g);
  });
  { using g = door.lock(); g.value.open = true; cv.notifyAll(); }
  w.join();
}`,
    bug: "lost-wake-up",
    says: ["main notified `cv` (line 11)", "(line 9)"],
  },
  {
    title: "waits with a limit for news that has come already",
    body: `export function main() {
  const ready = new Mutex(false);
  const cv = new Condvar();
  const w = spawn(() => {
    using g = ready.lock();
    return cv.waitTimeout(g, 100);
  });
  { using g = ready.lock(); g.value = true; }
  cv.notifyOne();
  assert(w.join() === false, "too late");
}`,
    bug: "lost-wake-up",
    says: ["main notified `cv` (line 10)", "(line 7)"],
  },
  {
    title: "asks an atomic, then waits with a limit",
    body: `export function main() {
  const lock = new Mutex(0);
  const cv = new Condvar();
  const done = new AtomicBool(false);
  const w = spawn(() => {
    if (done.load()) return true;
    using g = lock.lock();
    return !cv.waitTimeout(g, 50);
  });
  done.store(true);
  cv.notifyAll();
  assertEq(w.join(), true);
}`,
    bug: "lost-wake-up",
    says: ["main notified `cv` (line 12)", "(line 9)"],
  },
  {
    title: "one line waits for a full slot and for an empty one",
    body: `export function main() {
  const full = new Mutex(false);
  const changed = new Condvar();
  const set = (to: boolean) => {
    using g = full.lock();
    changed.waitWhile(g, (now) => now === to);
    g.value = to;
    changed.notifyOne();
  };
  const ws = [false, false, true, true].map((to) => spawn(() => set(to)));
  for (const w of ws) w.join();
}`,
    bug: "wrong-waiter",
    says: ["notifyOne on `changed` (line 9)", "waited again (line 7)"],
  },
  {
    title: "two sides of a table take turns, and one of a side wakes its neighbor",
    body: `export function main() {
  const turn = new Mutex("left");
  const moved = new Condvar();
  const play = (side: string, other: string) => {
    const g = turn.lock();
    while (g.value !== side) moved.wait(g);
    g.value = other;
    moved.notifyOne();
    g.unlock();
  };
  const ws = [1, 2].flatMap(() => [spawn(() => play("right", "left")), spawn(() => play("left", "right"))]);
  for (const w of ws) w.join();
}`,
    bug: "wrong-waiter",
    says: ["notifyOne on `moved` (line 9)", "waited again (line 7)"],
  },
  {
    title: "half of a pair goes with the loser of a select, while the sender waits for room",
    body: `export function main() {
  rt.blockOn((function* () {
    const [tx, rx] = rtSync.channel<string>(1);
    rt.spawn((function* () { yield* tx.send("cup"); yield* rtTime.sleep(20); yield* tx.send("pot"); })());
    function* pair() { const a = yield* rx.recv(); const b = yield* rx.recv(); return [a, b]; }
    yield* rt.select({ pair: pair(), late: rtTime.sleep(10) });
    const next = yield* rx.recv();
    assertEq(next.ok && next.value, "cup");
  })());
}`,
    bug: "dropped-message",
    says: ['received "cup" from `tx, rx` (line 6)', "dropped while it waited"],
  },
  {
    title: "the message and the end of the select in one poll",
    body: `export function main() {
  rt.blockOn((function* () {
    const [tx, rx] = rtSync.channel<string>(1);
    const [stopTx, stop] = rtSync.channel<number>(1);
    const t = rt.spawn((function* () {
      function* pair() { const a = yield* rx.recv(); const b = yield* rx.recv(); return [a, b]; }
      yield* rt.select({ pair: pair(), stop: stop.recv() });
      const rest = yield* rx.recv();
      assertEq(rest.ok && rest.value, "first");
    })());
    yield* rt.yieldNow();
    yield* tx.send("first");
    yield* stopTx.send(1);
    yield* tx.send("second");
    yield* t;
  })());
}`,
    bug: "dropped-message",
    says: ['received "first" from `tx, rx` (line 7)'],
  },
  {
    title: "tries to receive until something comes, and nothing does",
    body: `export function main() {
  const [tx, rx] = channel<number>();
  const keep = new Mutex(tx);
  while (!rx.tryRecv().ok) yieldNow();
}`,
    bug: "spinning",
    says: ["main spins: it called `tryRecv` on `tx, rx`", "(line 5), always in vain"],
  },
  {
    title: "tries a lock that somebody keeps while he waits",
    body: `export function main() {
  const m = new Mutex(0);
  using g = m.lock();
  const w = spawn(() => { for (;;) { if (m.tryLock().ok) return; yieldNow(); } });
  w.join();
}`,
    bug: "spinning",
    says: ["worker-1 spins", "`tryLock` on `m`", "(line 5), always in vain"],
  },
  {
    title: "a future that wakes itself, poll by poll",
    body: `export function main() {
  class Never extends rt.Future<void> {
    poll(cx: rt.Context): rt.Poll<void> { cx.waker.wake(); return rt.Poll.pending; }
  }
  rt.blockOn((function* () { yield* rt.spawn((function* () { yield* new Never(); })()); })());
}`,
    bug: "spinning",
    says: ["task-1 spins: it was polled", "each time woke itself (line 4)"],
  },
  {
    title: "a blocking receive inside a task, while main waits with a limit",
    body: `export function main() {
  const [doneTx, done] = channel<number>();
  spawn(() => {
    const [tx, rx] = channel<number>();
    rt.blockOn((function* () {
      yield* rt.join(rt.spawn((function* () { rx.recv(); })()), rt.spawn((function* () { tx.send(1); })()));
    })());
    doneTx.send(1);
  });
  assert(done.recvTimeout(100).ok, "nothing came");
}`,
    bug: "executor-blocked",
    says: ["could go on, but", "blocks the thread that drives it", "(line 7)"],
  },
];
