import type { FailingProgram } from "./programs.ts";

/** Programs of which somebody waits for ever. */
export const STANDSTILLS: readonly FailingProgram[] = [
  {
    title: "looks, then waits without the lock held between",
    body: `export function main() {
  const ready = new Mutex(false);
  const cv = new Condvar();
  const w = spawn(() => {
    let is;
    { using g = ready.lock(); is = g.value; }
    if (!is) { using g = ready.lock(); cv.wait(g); }
  });
  { using g = ready.lock(); g.value = true; }
  cv.notifyOne();
  w.join();
}`,
    bug: "lost-wake-up",
    says: ["main notified `cv` (line 11)", "worker-1 began to wait after that (line 8)"],
  },
  {
    title: "waits without looking",
    body: `export function main() {
  const ready = new Mutex(false);
  const cv = new Condvar();
  const w = spawn(() => { using g = ready.lock(); cv.wait(g); });
  { using g = ready.lock(); g.value = true; }
  cv.notifyAll();
  w.join();
}`,
    bug: "lost-wake-up",
    says: ["main notified `cv` (line 7)", "(line 5)"],
  },
  {
    title: "a condition used as a signal",
    body: `export function main() {
  const m = new Mutex(null);
  const go = new Condvar();
  const w = spawn(() => { using g = m.lock(); go.wait(g); });
  go.notifyOne();
  w.join();
}`,
    bug: "lost-wake-up",
    says: ["main notified `go` (line 6)", "worker-1 began to wait after that (line 5)"],
  },
  {
    title: "the flag is an atomic, changed without the lock",
    body: `export function main() {
  const m = new Mutex(0);
  const cv = new Condvar();
  const done = new AtomicBool(false);
  const w = spawn(() => {
    using g = m.lock();
    while (!done.load()) cv.wait(g);
  });
  done.store(true);
  cv.notifyOne();
  w.join();
}`,
    bug: "lost-wake-up",
    says: ["main notified `cv` (line 11)", "(line 8)"],
  },
  {
    title: "a Notify told all before anybody listened",
    body: `export function main() {
  const bell = new rtSync.Notify();
  rt.blockOn((function* () {
    const t = rt.spawn((function* () { yield* bell.notified(); })());
    bell.notifyWaiters();
    yield* t;
  })());
}`,
    bug: "lost-wake-up",
    says: ["notified `bell` (line 6)", "(line 5)"],
  },
  {
    title: "a producer is woken where a consumer should be",
    body: `export function main() {
  const queue = new Mutex<number[]>([]);
  const changed = new Condvar();
  const put = (n: number) => {
    using g = queue.lock();
    while (g.value.length === 1) changed.wait(g);
    g.value.push(n);
    changed.notifyOne();
  };
  const take = () => {
    using g = queue.lock();
    while (g.value.length === 0) changed.wait(g);
    g.value.shift();
    changed.notifyOne();
  };
  const ws = [spawn(take), spawn(take), spawn(() => put(1)), spawn(() => put(2))];
  for (const w of ws) w.join();
}`,
    bug: "wrong-waiter",
    says: ["notifyOne on `changed`", "waited again"],
  },
  {
    title: "notifyOne for two kinds of waiters",
    body: `export function main() {
  const state = new Mutex(0);
  const cv = new Condvar();
  const a = spawn(() => { using g = state.lock(); while (g.value < 1) cv.wait(g); });
  const b = spawn(() => { using g = state.lock(); while (g.value < 9) cv.wait(g); });
  sleep(5);
  { using g = state.lock(); g.value = 1; cv.notifyOne(); }
  a.join();
  { using g = state.lock(); g.value = 9; cv.notifyAll(); }
  b.join();
}`,
    bug: "wrong-waiter",
    says: [
      "notifyOne on `cv` (line 8) woke worker-2",
      "waited again (line 6)",
      "worker-1 waits there",
      "(line 5)",
    ],
  },
  {
    title: "two locks in two orders",
    body: `export function main() {
  const a = new Mutex(0);
  const b = new Mutex(0);
  const w = spawn(() => {
    using x = a.lock();
    using y = b.lock();
  });
  {
    using y = b.lock();
    using x = a.lock();
  }
  w.join();
}`,
    bug: "lock-order-inversion",
    says: ["took `a` (line 6) and wants `b` (line 7)", "took `b` (line 10) and wants `a` (line 11)"],
  },
  {
    title: "three philosophers",
    body: `export function main() {
  const forks = [0, 1, 2].map((n) => new Mutex(n));
  const ws = forks.map((fork, i) => spawn(() => {
    using left = fork.lock();
    using right = forks[(i + 1) % 3]!.lock();
  }));
  for (const w of ws) w.join();
}`,
    bug: "lock-order-inversion",
    says: ["(line 5)", "(line 6)", "worker-1 took", "worker-3 took"],
  },
  {
    title: "transfers to and fro",
    body: `export function main() {
  const ann = new Mutex(10);
  const bob = new Mutex(10);
  const move = (from: Mutex<number>, to: Mutex<number>) => {
    using f = from.lock();
    using t = to.lock();
    f.value -= 1;
    t.value += 1;
  };
  const w = spawn(() => move(ann, bob));
  move(bob, ann);
  w.join();
}`,
    bug: "lock-order-inversion",
    says: ["took `ann` (line 6) and wants `bob` (line 7)"],
  },
  {
    title: "two locks in two orders, and somebody else who does not wait for ever",
    body: `export function main() {
  const a = new Mutex(0);
  const b = new Mutex(0);
  const [tx, rx] = channel<string>();
  const other = tx.clone();
  spawn(() => {
    { using x = a.lock(); using y = b.lock(); }
    tx.send("ann");
  });
  spawn(() => {
    { using y = b.lock(); using x = a.lock(); }
    other.send("bob");
  });
  for (const _ of [1, 2]) assert(rx.recvTimeout(1_000).ok, "nobody came");
}`,
    bug: "lock-order-inversion",
    says: ["took `a` (line 8) and wants `b` (line 8)", "took `b` (line 12) and wants `a` (line 12)"],
  },
  {
    title: "a reader-writer lock and a mutex in two orders",
    body: `export function main() {
  const table = new RwLock(0);
  const log = new Mutex(0);
  const w = spawn(() => {
    using t = table.write();
    using l = log.lock();
  });
  {
    using l = log.lock();
    using t = table.write();
  }
  w.join();
}`,
    bug: "lock-order-inversion",
    says: ["took `table` (line 6) and wants `log` (line 7)"],
  },
  {
    title: "async locks in two orders",
    body: `export function main() {
  const a = new rtSync.Mutex(0);
  const b = new rtSync.Mutex(0);
  function* both(x: rtSync.Mutex<number>, y: rtSync.Mutex<number>) {
    using g = yield* x.lock();
    yield* rt.yieldNow();
    using h = yield* y.lock();
  }
  rt.blockOn((function* () {
    yield* rt.join(rt.spawn(both(a, b)), rt.spawn(both(b, a)));
  })());
}`,
    bug: "lock-order-inversion",
    says: ["(line 6)", "(line 8)"],
  },
  {
    title: "a join with the lock held",
    body: `export function main() {
  const m = new Mutex(0);
  using g = m.lock();
  const w = spawn(() => { using h = m.lock(); });
  w.join();
}`,
    bug: "wait-cycle",
    says: ["main waits for worker-1 to end (line 6)", "worker-1 waits for `m`, which main holds (line 5)"],
  },
  {
    title: "the same lock twice",
    body: `export function main() {
  const m = new Mutex(0);
  using g = m.lock();
  using h = m.lock();
}`,
    bug: "wait-cycle",
    says: ["waits for `m`, which it holds itself", "(line 5)"],
  },
  {
    title: "two wait for each other's message",
    body: `export function main() {
  const [toA, fromB] = channel<number>();
  const [toB, fromA] = channel<number>();
  const a = spawn(() => { fromB.recv(); toB.send(1); });
  const b = spawn(() => { fromA.recv(); toA.send(1); });
  a.join();
  b.join();
}`,
    bug: "wait-cycle",
    says: ["worker-1 waits for a message on", "(line 5)", "(line 6)"],
  },
  {
    title: "a receiver whose own sender is still there",
    body: `export function main() {
  const [tx, rx] = channel<number>();
  tx.send(1);
  for (const n of rx) yieldNow();
}`,
    bug: "wait-cycle",
    says: ["(line 5)"],
  },
  {
    title: "a blocking receive inside a task",
    body: `export function main() {
  const [tx, rx] = channel<number>();
  rt.blockOn((function* () {
    const a = rt.spawn((function* () { rx.recv(); })());
    const b = rt.spawn((function* () { tx.send(1); })());
    yield* rt.join(a, b);
  })());
}`,
    bug: "executor-blocked",
    says: ["could go on, but", "blocks the thread that drives it", "(line 5)"],
  },
  {
    title: "a blocking lock inside a task",
    body: `export function main() {
  const m = new Mutex(0);
  rt.blockOn((function* () {
    function* hold() { using g = m.lock(); yield* rtTime.sleep(1); }
    yield* rt.join(rt.spawn(hold()), rt.spawn(hold()));
  })());
}`,
    bug: "executor-blocked",
    says: ["blocks the thread that drives it", "(line 5)"],
  },
  {
    title: "work inside a poll",
    body: `export function main() {
  rt.blockOn((function* () {
    const a = rt.spawn((function* () { work(50); })());
    const b = rt.spawn((function* () { yield* rtTime.sleep(1); })());
    yield* rt.join(a, b);
  })());
}`,
    bug: "executor-blocked",
    says: ["for 50 ms with `work` (line 4)"],
    rules: { pollMaxNs: 10_000_000 },
  },
  {
    title: "a blocking sleep inside a poll",
    body: `export function main() {
  rt.blockOn((function* () {
    const a = rt.spawn((function* () { sleep(30); })());
    yield* a;
  })());
}`,
    bug: "executor-blocked",
    says: ["for 30 ms with `sleep` (line 4)"],
    rules: { pollMaxNs: 10_000_000 },
  },
  {
    title: "a worker that nobody ends",
    body: `export function main() {
  const [tx, rx] = channel<number>();
  const keep = new Mutex(tx);
  spawn(() => { rx.recv(); });
}`,
    bug: "leak",
    says: ["worker-1 waits for a message on", "(line 5)"],
  },
  {
    title: "a parked thread that nobody unparks",
    body: `export function main() {
  spawn(() => { park(); });
}`,
    bug: "leak",
    says: ["worker-1 waits to be unparked (line 3)"],
  },
  {
    title: "a barrier for three with two",
    body: `export function main() {
  const gate = new Barrier(3);
  for (const n of [1, 2]) spawn(() => { gate.wait(); });
}`,
    bug: "leak",
    says: ["worker-1 waits for the others at `gate` (line 4)", "worker-2"],
  },
  {
    title: "a task left on a semaphore",
    body: `export function main() {
  const permits = new rtSync.Semaphore(0);
  spawn(() => {
    rt.blockOn((function* () { yield* permits.acquire(); })());
  });
}`,
    bug: "leak",
    says: ["waits for permits of `permits` (line 5)"],
  },
  {
    title: "a task that holds a sender of its own inbox",
    body: `export function main() {
  rt.blockOn((function* () {
    const [tx, rx] = rtSync.unboundedChannel<number>();
    const t = rt.spawn((function* () { for (;;) { const m = yield* rx.recv(); if (!m.ok) return; tx.send(m.value); } })());
    yield* t;
  })());
}`,
    bug: "wait-cycle",
    says: ["It waits for itself", "(line 5)", "holds a sender of it itself"],
  },
];
