import type { FailingProgram } from "./programs.ts";

/** Programs that look like one mistake and fail for another reason, or for one that has no name. */
export const TRAPS: readonly FailingProgram[] = [
  {
    title: "counts right, but the check expects too much",
    body: `export function main() {
  const count = new AtomicI32(0);
  const ws = [1, 2].map(() => spawn(() => { count.fetchAdd(1); }));
  for (const w of ws) w.join();
  assertEq(count.load(), 3);
}`,
    bug: null,
  },
  {
    title: "an update is lost, but the panic is about something else",
    body: `export function main() {
  const count = new SharedCell(0);
  const ws = [1, 2].map(() => spawn(() => { count.set(count.get() + 1); }));
  for (const w of ws) w.join();
  const other = new SharedCell(5);
  assertEq(other.get(), 6);
}`,
    bug: null,
  },
  {
    title: "the last to come wins, whoever reads first",
    body: `export function main() {
  const last = new SharedCell("none");
  const ws = ["a", "b"].map((name) => spawn(() => { last.get(); last.set(name); }));
  for (const w of ws) w.join();
  assertEq(last.get(), "b");
}`,
    bug: null,
  },
  {
    title: "nobody ever sets it",
    body: `export function main() {
  const config = new SharedCell<number | null>(null);
  const w = spawn(() => { yieldNow(); });
  if (config.get() === null) panic("no configuration");
  w.join();
}`,
    bug: null,
  },
  {
    title: "sleeps, but the value is simply wrong",
    body: `export function main() {
  const result = new SharedCell(0);
  const w = spawn(() => { result.set(41); });
  w.join();
  sleep(10);
  assertEq(result.get(), 42);
}`,
    bug: null,
  },
  {
    title: "the flag is set, but nobody notifies",
    body: `export function main() {
  const ready = new Mutex(false);
  const cv = new Condvar();
  const w = spawn(() => { using g = ready.lock(); while (!g.value) cv.wait(g); });
  { using g = ready.lock(); g.value = true; }
  w.join();
}`,
    bug: null,
  },
  {
    title: "one item notified and taken, the second never comes",
    body: `export function main() {
  const queue = new Mutex<number[]>([]);
  const cv = new Condvar();
  const w = spawn(() => {
    for (const n of [1, 2]) {
      using g = queue.lock();
      while (g.value.length === 0) cv.wait(g);
      g.value.shift();
    }
  });
  { using g = queue.lock(); g.value.push(1); }
  cv.notifyOne();
  w.join();
}`,
    bug: null,
  },
  {
    title: "waits until three are there, and two come",
    body: `export function main() {
  const there = new Mutex(0);
  const cv = new Condvar();
  const come = () => {
    using g = there.lock();
    g.value += 1;
    cv.notifyOne();
    while (g.value < 3) cv.wait(g);
  };
  const ws = [spawn(come), spawn(come)];
  for (const w of ws) w.join();
}`,
    bug: null,
  },
  {
    title: "four at a gate for five, each notifying one",
    body: `export function main() {
  const there = new Mutex(0);
  const cv = new Condvar();
  const come = () => {
    using g = there.lock();
    g.value += 1;
    cv.notifyOne();
    while (g.value < 5) cv.wait(g);
  };
  const ws = [1, 2, 3, 4].map(() => spawn(come));
  for (const w of ws) w.join();
}`,
    bug: null,
  },
  {
    title: "paused, and nobody resumes",
    body: `export function main() {
  const paused = new Mutex(true);
  const cv = new Condvar();
  const w = spawn(() => { using g = paused.lock(); while (g.value) cv.wait(g); });
  cv.notifyAll();
  w.join();
}`,
    bug: null,
  },
  {
    title: "a while around the wait, and a wrong expectation",
    body: `export function main() {
  const ready = new Mutex(0);
  const cv = new Condvar();
  const w = spawn(() => {
    using g = ready.lock();
    while (g.value === 0) cv.wait(g);
    assertEq(g.value, 2);
  });
  { using g = ready.lock(); g.value = 1; cv.notifyOne(); }
  w.join();
}`,
    bug: null,
    rules: { spuriousWakeups: true },
  },
  {
    title: "locks in one order, but one held over a join",
    body: `export function main() {
  const a = new Mutex(0);
  const b = new Mutex(0);
  const w = spawn(() => { using x = a.lock(); using y = b.lock(); });
  using x = a.lock();
  { using y = b.lock(); }
  w.join();
}`,
    bug: "wait-cycle",
    says: ["waits for worker-1 to end (line 8)", "worker-1 waits for `a`, which main holds (line 5)"],
  },
  {
    title: "two readers that both want to write",
    body: `export function main() {
  const table = new RwLock(0);
  const change = () => { using r = table.read(); using w = table.write(); };
  const w = spawn(change);
  change();
  w.join();
}`,
    bug: "wait-cycle",
    says: ["`table`", "(line 4)"],
  },
  {
    title: "a compareExchange that is right, and a wrong sum",
    body: `export function main() {
  const n = new AtomicI32(0);
  const add = () => {
    for (;;) {
      const now = n.load();
      if (n.compareExchange(now, now + 1).ok) return;
    }
  };
  const ws = [spawn(add), spawn(add)];
  for (const w of ws) w.join();
  assertEq(n.load(), 3);
}`,
    bug: null,
  },
  {
    title: "a select whose loser had taken nothing",
    body: `export function main() {
  rt.blockOn((function* () {
    const [tx, rx] = rtSync.unboundedChannel<number>();
    let sum = 0;
    tx.send(3);
    for (let i = 0; i < 3; i++) {
      const won = yield* rt.select({ tick: rtTime.sleep(5), n: rx.recv() });
      if (won.branch === "n" && won.value.ok) sum += won.value.value;
    }
    assertEq(sum, 4);
  })());
}`,
    bug: null,
  },
  {
    title: "counts for ever, and waits for nobody",
    body: `export function main() {
  const n = new AtomicI32(0);
  for (;;) n.fetchAdd(1);
}`,
    bug: null,
  },
  {
    title: "an endless loop of its own",
    body: `export function main() {
  let n = 1;
  while (n > 0) n = (n % 7) + 1;
}`,
    bug: null,
  },
  {
    title: "a panic that no thread has to do with",
    body: `export function main() {
  const w = spawn(() => 1);
  w.join();
  panic("not written yet");
}`,
    bug: null,
  },
  {
    title: "looks at the counter early, fails on a list",
    body: `export function main() {
  const count = new AtomicI32(0);
  const list = new Mutex<number[]>([]);
  console.log(count.load());
  const ws = [1, 2].map((n) => spawn(() => { count.fetchAdd(1); using g = list.lock(); g.value.push(n); }));
  for (const w of ws) w.join();
  using g = list.lock();
  assertEq(g.value.length, 3);
}`,
    bug: null,
  },
  {
    title: "a lock's value read, then changed in a second look that is right",
    body: `export function main() {
  const total = new Mutex(0);
  const add = () => {
    { using g = total.lock(); console.log(g.value); }
    { using g = total.lock(); g.value += 1; }
  };
  const ws = [spawn(add), spawn(add)];
  for (const w of ws) w.join();
  const end = total.lock().value;
  assertEq(end, 3);
}`,
    bug: null,
    // Nothing in a trace tells a look that is only printed from one that decides.
    also: "check-then-act",
  },
  {
    title: "a load that is only printed, beside fetchAdds that are right",
    body: `export function main() {
  const n = new AtomicI32(0);
  const ws = [1, 2].map(() => spawn(() => { console.log(n.load()); n.fetchAdd(1); }));
  for (const w of ws) w.join();
  assertEq(n.load(), 5);
}`,
    bug: null,
  },
  {
    title: "a wrong result of a thread that shares nothing",
    body: `export function main() {
  const seen = new SharedCell(0);
  const a = spawn(() => { seen.set(seen.get() + 1); return 3; });
  const b = spawn(() => { seen.set(seen.get() + 1); return 4; });
  assertEq(a.join() + b.join(), 8);
}`,
    bug: null,
  },
  {
    title: "a worker that panics by itself while others count",
    body: `export function main() {
  const n = new SharedCell(0);
  const a = spawn(() => { n.set(n.get() + 1); });
  const b = spawn(() => { n.set(n.get() + 1); panic("unfinished"); });
  a.join();
  b.join();
}`,
    bug: null,
  },
  {
    title: "messages in an order that nobody promised",
    body: `export function main() {
  const [tx, rx] = channel<number>();
  const other = tx.clone();
  const a = spawn(() => { tx.send(1); });
  const b = spawn(() => { other.send(2); });
  const first = rx.recv();
  a.join();
  b.join();
  assert(first.ok && first.value === 1, "two came first");
}`,
    bug: null,
  },
  {
    title: "sleeps for a beat, and loses an update",
    body: `export function main() {
  const n = new SharedCell(0);
  const w = spawn(() => { n.set(n.get() + 1); });
  n.set(n.get() + 1);
  w.join();
  sleep(5);
  assertEq(n.get(), 2);
}`,
    bug: "lost-update",
    says: ["`n` lost an update", "(line 4)", "(line 5)"],
  },
  {
    title: "a deadlock between a lock and a full channel",
    body: `export function main() {
  const [tx, rx] = syncChannel<number>(0);
  const m = new Mutex(0);
  const w = spawn(() => { using g = m.lock(); tx.send(1); });
  sleep(1);
  using g = m.lock();
  rx.recv();
  w.join();
}`,
    bug: "wait-cycle",
    says: ["main waits for `m`", "(line 7)", "(line 5)"],
  },
  {
    title: "notified in time, but stuck on a channel",
    body: `export function main() {
  const ready = new Mutex(false);
  const cv = new Condvar();
  const [tx, rx] = channel<number>();
  const keep = new Mutex(tx);
  const w = spawn(() => {
    { using g = ready.lock(); while (!g.value) cv.wait(g); }
    rx.recv();
  });
  { using g = ready.lock(); g.value = true; }
  cv.notifyAll();
  w.join();
}`,
    bug: null,
  },
  {
    title: "told all, then waits for a second time that never comes",
    body: `export function main() {
  const bell = new rtSync.Notify();
  rt.blockOn((function* () {
    const t = rt.spawn((function* () { yield* bell.notified(); yield* bell.notified(); })());
    yield* rt.yieldNow();
    bell.notifyWaiters();
    yield* t;
  })());
}`,
    bug: null,
    also: "lost-wake-up",
  },
  {
    title: "a message taken and used, then a wait given up",
    body: `export function main() {
  const seen = new SharedCell("");
  rt.blockOn((function* () {
    const [tx, rx] = rtSync.unboundedChannel<string>();
    tx.send("letter");
    function* handle() { const a = yield* rx.recv(); if (a.ok) seen.set(a.value); yield* rtTime.sleep(20); }
    yield* rtTime.timeout(5, handle());
  })());
  assertEq(seen.get(), "parcel");
}`,
    bug: null,
  },
  {
    title: "a retry loop that is right, and stops at its own bound",
    body: `export function main() {
  const n = new AtomicI32(0);
  const w = spawn(() => { for (let i = 0; i < 3; i++) n.fetchAdd(1); });
  let looks = 0;
  while (n.load() < 4) {
    looks += 1;
    if (looks > 20) panic("never four");
    yieldNow();
  }
  w.join();
}`,
    bug: null,
  },
  {
    title: "an early look at two counters that belong together",
    body: `export function main() {
  const left = new AtomicI32(5);
  const right = new AtomicI32(5);
  const w = spawn(() => { left.fetchAdd(-1); right.fetchAdd(1); });
  const sum = left.load() + right.load();
  w.join();
  assertEq(sum, 10);
}`,
    bug: null,
  },
  {
    title: "waits for a lock's value in a loop, and the value is never right",
    body: `export function main() {
  const turn = new Mutex(0);
  const cv = new Condvar();
  const play = (me: number) => {
    using g = turn.lock();
    while (g.value !== me) cv.wait(g);
    g.value = me + 2;
    cv.notifyAll();
  };
  const ws = [spawn(() => play(0)), spawn(() => play(1))];
  for (const w of ws) w.join();
}`,
    bug: null,
  },
];
