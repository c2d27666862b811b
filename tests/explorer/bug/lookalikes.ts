import type { FailingProgram } from "./programs.ts";

/** Traps beside the programs of `further.ts`: a trace that looks alike up to what tells them apart. */
export const LOOKALIKES: readonly FailingProgram[] = [
  {
    title: "a name that may be empty, and a panic about something else",
    body: `export function main() {
  const name = new SharedCell("");
  const w = spawn(() => { name.set("tea"); });
  console.log("hello " + name.get());
  if (w.thread.id > 0) panic("not written yet");
  w.join();
}`,
    bug: null,
  },
  {
    title: "a name that is read twice and never made",
    body: `export function main() {
  const name = new SharedCell("");
  const w = spawn(() => { yieldNow(); });
  assert(name.get() !== "", "no name");
  w.join();
  console.log(name.get());
}`,
    bug: null,
  },
  {
    title: "read early, but what comes later is not what was expected either",
    body: `export function main() {
  const result = new SharedCell(0);
  const w = spawn(() => { assertEq(result.get(), 42); });
  yieldNow();
  result.set(41);
  w.join();
}`,
    bug: null,
  },
  {
    title: "a log that was empty when it was read, and grows twice",
    body: `export function main() {
  const log = new Mutex("");
  const w = spawn(() => { using g = log.lock(); assert(g.value.length > 2, "too short"); });
  yieldNow();
  for (const c of ["a", "b"]) { using g = log.lock(); g.value += c; }
  w.join();
}`,
    bug: null,
  },
  {
    title: "both look at the count after their own change, and the sum is wrong anyway",
    body: `export function main() {
  const users = new AtomicI32(2);
  const sum = new AtomicI32(0);
  const leave = (n: number) => {
    users.fetchSub(1);
    for (let turn = n; turn < 5; turn++) yieldNow();
    users.load();
    sum.fetchAdd(n);
  };
  const ws = [spawn(() => leave(3)), spawn(() => leave(4))];
  for (const w of ws) w.join();
  assertEq(sum.load(), 8);
}`,
    bug: null,
  },
  {
    title: "one looks who is left, and the other acts without looking",
    body: `export function main() {
  const users = new AtomicI32(2);
  const closed = new AtomicI32(0);
  const leave = (mayClose: boolean) => {
    users.fetchSub(1);
    if (!mayClose) yieldNow();
    if (mayClose || users.load() === 0) closed.fetchAdd(1);
  };
  const ws = [false, true].map((mayClose) => spawn(() => leave(mayClose)));
  for (const w of ws) w.join();
  assertEq(closed.load(), 1);
}`,
    bug: null,
  },
  {
    title: "a flag that was raised, and a waiter that waits until it is down",
    body: `export function main() {
  const paused = new Mutex(false);
  const cv = new Condvar();
  const w = spawn(() => { using g = paused.lock(); while (g.value) cv.wait(g); });
  { using g = paused.lock(); g.value = true; }
  cv.notifyAll();
  w.join();
}`,
    bug: null,
  },
  {
    title: "looked once before, and then rightly waits for a value that never comes",
    body: `export function main() {
  const state = new Mutex(0);
  const cv = new Condvar();
  const w = spawn(() => {
    { using g = state.lock(); console.log(g.value); }
    using g = state.lock();
    while (g.value !== 2) cv.wait(g);
  });
  { using g = state.lock(); g.value = 1; }
  cv.notifyAll();
  w.join();
}`,
    bug: null,
  },
  {
    title: "waits with a limit in a loop, for a second piece of news that nobody has",
    body: `export function main() {
  const news = new Mutex(0);
  const cv = new Condvar();
  const w = spawn(() => {
    using g = news.lock();
    while (g.value < 2) if (cv.waitTimeout(g, 20)) return false;
    return true;
  });
  { using g = news.lock(); g.value = 1; }
  cv.notifyAll();
  assert(w.join(), "one was not enough");
}`,
    bug: null,
  },
  {
    title: "waits with a limit, looks again after it, and fails on something else",
    body: `export function main() {
  const lock = new Mutex(0);
  const cv = new Condvar();
  const done = new AtomicBool(false);
  const w = spawn(() => {
    using g = lock.lock();
    while (!done.load()) { yieldNow(); cv.waitTimeout(g, 10); }
    return "tea";
  });
  yieldNow();
  done.store(true);
  cv.notifyAll();
  assertEq(w.join(), "coffee");
}`,
    bug: null,
  },
  {
    title: "a message kept outside of the future that was dropped",
    body: `export function main() {
  const kept: string[] = [];
  rt.blockOn((function* () {
    const [tx, rx] = rtSync.unboundedChannel<string>();
    tx.send("letter");
    function* handle() { const a = yield* rx.recv(); if (a.ok) kept.push(a.value); yield* rtTime.sleep(20); }
    yield* rtTime.timeout(5, handle());
  })());
  assertEq(kept.length, 2);
}`,
    bug: null,
  },
  {
    title: "the half that was kept is there, in the wrong order",
    body: `export function main() {
  rt.blockOn((function* () {
    const [tx, rx] = rtSync.channel<string>(1);
    const got: string[] = [];
    rt.spawn((function* () { yield* tx.send("cup"); yield* rtTime.sleep(20); yield* tx.send("pot"); })());
    function* pair() { for (let i = 0; i < 2; i++) { const a = yield* rx.recv(); if (a.ok) got.unshift(a.value); } }
    yield* rt.select({ pair: pair(), late: rtTime.sleep(10) });
    const next = yield* rx.recv();
    if (next.ok) got.unshift(next.value);
    assertEq(got, ["cup", "pot"]);
  })());
}`,
    bug: null,
  },
  {
    title: "one line waits for different heights, and nobody reaches any of them",
    body: `export function main() {
  const height = new Mutex(1);
  const grown = new Condvar();
  const reach = (n: number) => {
    using g = height.lock();
    while (g.value < n) grown.wait(g);
    g.value = 2;
    grown.notifyOne();
  };
  const ws = [7, 9].map((n) => spawn(() => reach(n)));
  sleep(1);
  reach(1);
  for (const w of ws) w.join();
}`,
    bug: null,
  },
  {
    title: "one line waits for different heights, and two of four are reached",
    body: `export function main() {
  const height = new Mutex(1);
  const grown = new Condvar();
  const reach = (n: number) => {
    using g = height.lock();
    while (g.value < n) grown.wait(g);
    g.value += 1;
    if (n === 1) grown.notifyOne();
  };
  const ws = [7, 9].map((n) => spawn(() => reach(n)));
  for (const n of [1, 2]) { sleep(1); reach(n); }
  for (const w of ws) w.join();
}`,
    bug: null,
  },
  {
    title: "a slot to and fro, and one put too many for all the takes",
    body: `export function main() {
  const full = new Mutex(false);
  const changed = new Condvar();
  const set = (to: boolean) => {
    using g = full.lock();
    changed.waitWhile(g, (now) => now === to);
    g.value = to;
    changed.notifyOne();
  };
  const ws = [false, true, true, true].map((to) => spawn(() => set(to)));
  for (const w of ws) w.join();
}`,
    bug: null,
  },
  {
    title: "takes thousands of messages that are all alike",
    body: `export function main() {
  const [tx, rx] = channel<number>();
  for (let n = 0; n < 15000; n++) tx.send(1);
  for (;;) rx.tryRecv();
}`,
    bug: null,
  },
  {
    title: "a task that counts for ever and lets others go first",
    body: `export function main() {
  rt.blockOn((function* () { for (let n = 0; ; n++) yield* rt.yieldNow(); })());
}`,
    bug: null,
  },
  {
    title: "two futures that wake each other for ever",
    body: `export function main() {
  let others: rt.Waker[] = [];
  class Ball extends rt.Future<void> {
    poll(cx: rt.Context): rt.Poll<void> {
      for (const other of others.splice(0)) other.wake();
      others.push(cx.waker.clone());
      return rt.Poll.pending;
    }
  }
  rt.blockOn((function* () {
    yield* rt.join(rt.spawn((function* () { yield* new Ball(); })()), rt.spawn((function* () { yield* new Ball(); })()));
  })());
}`,
    bug: null,
  },
];
