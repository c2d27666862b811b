import type { FailingProgram } from "./programs.ts";

/** Programs that come to a wrong result. */
export const VALUES: readonly FailingProgram[] = [
  {
    title: "a counter in a cell",
    body: `export function main() {
  const count = new SharedCell(0);
  const ws = [1, 2].map(() => spawn(() => {
    const n = count.get();
    count.set(n + 1);
  }));
  for (const w of ws) w.join();
  assertEq(count.get(), 2);
}`,
    bug: "lost-update",
    says: [
      "`count` lost an update",
      "worker-1 read 0 (line 5)",
      "worker-2 wrote 1 (line 6)",
      "wrote 1 over it (line 6)",
    ],
  },
  {
    title: "a load and a store of an atomic",
    body: `export function main() {
  const hits = new AtomicI32(10);
  const w = spawn(() => { hits.store(hits.load() + 5); });
  hits.store(hits.load() + 1);
  w.join();
  assertEq(hits.load(), 16);
}`,
    bug: "lost-update",
    says: ["`hits` lost an update", "read 10", "(line 4)", "(line 5)"],
  },
  {
    title: "a store over a fetchAdd",
    body: `export function main() {
  const hits = new AtomicI32(0);
  const w = spawn(() => { hits.fetchAdd(1); });
  const now = hits.load();
  hits.store(now + 1);
  w.join();
  assertEq(hits.load(), 2);
}`,
    bug: "lost-update",
    says: ["main read 0 (line 5)", "worker-1 changed it (line 4)", "(line 6)"],
  },
  {
    title: "a list in a cell",
    body: `export function main() {
  const log = new SharedCell<string[]>([]);
  const a = spawn(() => { log.set([...log.get(), "a"]); });
  const b = spawn(() => { log.set([...log.get(), "b"]); });
  a.join();
  b.join();
  assertEq(log.get().length, 2);
}`,
    bug: "lost-update",
    says: ["`log` lost an update", "read []", "(line 4)", "(line 5)"],
  },
  {
    title: "a counter read in one section and written in another",
    body: `export function main() {
  const total = new Mutex(0);
  const add = () => {
    let before;
    { using g = total.lock(); before = g.value; }
    { using g = total.lock(); g.value = before + 1; }
  };
  const ws = [spawn(add), spawn(add)];
  for (const w of ws) w.join();
  using g = total.lock();
  assertEq(g.value, 2);
}`,
    bug: "lost-update",
    says: ["`total` lost an update", "(line 6)", "(line 7)"],
  },
  {
    title: "three threads add, one is lost",
    body: `export function main() {
  const sum = new SharedCell(0);
  scope((s) => {
    for (const n of [1, 2, 4]) s.spawn(() => { sum.set(sum.get() + n); });
  });
  assertEq(sum.get(), 7);
}`,
    bug: "lost-update",
    says: ["`sum` lost an update", "(line 5)"],
  },
  {
    title: "a text in a cell",
    body: `export function main() {
  const text = new SharedCell("");
  const ws = ["x", "y"].map((c) => spawn(() => { text.set(text.get() + c); }));
  for (const w of ws) w.join();
  assertEq(text.get().length, 2);
}`,
    bug: "lost-update",
    says: ["`text` lost an update", "(line 4)"],
  },
  {
    title: "two tasks add across an await",
    body: `export function main() {
  const count = new SharedCell(0);
  function* add() {
    const n = count.get();
    yield* rt.yieldNow();
    count.set(n + 1);
  }
  rt.blockOn((function* () { yield* rt.join(rt.spawn(add()), rt.spawn(add())); })());
  assertEq(count.get(), 2);
}`,
    bug: "lost-update",
    says: ["`count` lost an update", "(line 5)", "(line 7)"],
  },
  {
    title: "a flag that two find free",
    body: `export function main() {
  const taken = new AtomicBool(false);
  const inside = new AtomicI32(0);
  const enter = () => {
    if (!taken.load()) {
      taken.store(true);
      inside.fetchAdd(1);
    }
  };
  const ws = [spawn(enter), spawn(enter)];
  for (const w of ws) w.join();
  assertEq(inside.load(), 1);
}`,
    bug: "check-then-act",
    says: ["saw 0 in `taken` (line 6)", "changed it to 1 (line 7)", "acted on what it had seen (line 7)"],
  },
  {
    title: "two go into a spin lock made of load and store",
    body: `export function main() {
  const locked = new AtomicBool(false);
  const inside = new SharedCell(0);
  const enter = () => {
    while (locked.load()) yieldNow();
    locked.store(true);
    assertEq(inside.get(), 0);
    inside.set(1);
    inside.set(0);
    locked.store(false);
  };
  const ws = [spawn(enter), spawn(enter)];
  for (const w of ws) w.join();
}`,
    bug: "check-then-act",
    says: ["in `locked` (line 6)", "(line 7)"],
  },
  {
    title: "a balance checked in one section and drawn in another",
    body: `export function main() {
  const balance = new Mutex(100);
  const draw = (amount: number) => {
    let enough;
    { using g = balance.lock(); enough = g.value >= amount; }
    if (!enough) return;
    { using g = balance.lock(); g.value -= amount; }
  };
  const a = spawn(() => draw(80));
  const b = spawn(() => draw(70));
  a.join();
  b.join();
  using g = balance.lock();
  assert(g.value >= 0, "overdrawn");
}`,
    bug: "check-then-act",
    says: ["saw 100 in `balance` (line 6)", "(line 8)"],
  },
  {
    title: "the last item, seen by two",
    body: `export function main() {
  const queue = new Mutex(["only"]);
  const take = () => {
    let any;
    { using g = queue.lock(); any = g.value.length > 0; }
    if (any) {
      using g = queue.lock();
      if (g.value.shift() === undefined) panic("nothing there");
    }
  };
  const w = spawn(take);
  take();
  w.join();
}`,
    bug: "check-then-act",
    says: ["in `queue` (line 6)", "(line 9)"],
  },
  {
    title: "made twice: both found nothing",
    body: `export function main() {
  const made = new AtomicI32(0);
  const shared = new SharedCell<number | null>(null);
  const get = () => {
    if (shared.get() === null) {
      made.fetchAdd(1);
      shared.set(7);
    }
  };
  const ws = [spawn(get), spawn(get)];
  for (const w of ws) w.join();
  assertEq(made.load(), 1);
}`,
    bug: "check-then-act",
    says: ["saw null in `shared` (line 6)", "(line 8)"],
  },
  {
    title: "two tickets with one number",
    body: `export function main() {
  const next = new SharedCell(1);
  const draw = () => { const n = next.get(); next.set(n + 1); return n; };
  const a = spawn(draw);
  const b = spawn(draw);
  assert(a.join() !== b.join(), "the same ticket twice");
}`,
    bug: "lost-update",
    says: ["`next` lost an update", "(line 4)"],
  },
  {
    title: "two seats sold as one",
    body: `export function main() {
  const seat = new SharedCell("free");
  const buy = (who: string) => {
    if (seat.get() !== "free") return false;
    seat.set(who);
    return true;
  };
  const a = spawn(() => buy("ann"));
  const b = spawn(() => buy("bob"));
  const sold = [a.join(), b.join()];
  assert(!(sold[0] && sold[1]), "sold twice");
}`,
    bug: "check-then-act",
    says: ["in `seat` (line 5)", "(line 6)"],
  },
  {
    title: "a value used before its thread has set it",
    body: `export function main() {
  const config = new SharedCell<{ port: number } | null>(null);
  const w = spawn(() => { config.set({ port: 80 }); });
  const now = config.get();
  if (now === null) panic("no configuration");
  w.join();
}`,
    bug: "use-before-init",
    says: ["main used `config` (line 5)"],
  },
  {
    title: "a OnceLock asked too early",
    body: `export function main() {
  const table = new OnceLock<number>();
  const w = spawn(() => { table.set(5); });
  assertEq(table.get(), 5);
  w.join();
}`,
    bug: "use-before-init",
    says: ["main used `table` (line 5)"],
  },
  {
    title: "a worker that uses what main sets after the spawn",
    body: `export function main() {
  const name = new SharedCell<string | null>(null);
  const w = spawn(() => {
    const n = name.get();
    if (n === null) panic("no name");
  });
  name.set("main");
  w.join();
}`,
    bug: "use-before-init",
    says: ["worker-1 used `name` (line 5)", "before main set it", "(line 8)"],
  },
  {
    title: "slept instead of joined",
    body: `export function main() {
  const result = new SharedCell(0);
  const w = spawn(() => { work(20); result.set(42); });
  sleep(10);
  assertEq(result.get(), 42);
  w.join();
}`,
    bug: "sleep-as-synchronisation",
    says: ["main slept 10 ms (line 5)", "read `result` (line 6)"],
  },
  {
    title: "slept long enough, on a clock that fires late",
    body: `export function main() {
  const ready = new AtomicBool(false);
  const w = spawn(() => { ready.store(true); });
  sleep(50);
  assert(ready.load(), "not ready");
  w.join();
}`,
    bug: "sleep-as-synchronisation",
    says: ["main slept 50 ms (line 5)", "read `ready` (line 6)"],
    rules: { clock: "late" },
  },
  {
    title: "a worker sleeps until main has surely written",
    body: `export function main() {
  const box = new Mutex("");
  const w = spawn(() => {
    sleep(5);
    using g = box.lock();
    if (g.value === "") panic("the box is empty");
  });
  sleep(8);
  { using g = box.lock(); g.value = "letter"; }
  w.join();
}`,
    bug: "sleep-as-synchronisation",
    says: ["worker-1 slept 5 ms (line 5)", "read `box` (line 6)", "main wrote"],
  },
  {
    title: "ABA in a stack of two",
    body: `export function main() {
  const top = new AtomicI32(1);
  const next = [0, 1, 2].map((n) => new SharedCell(n === 1 ? 2 : 0));
  const pop = () => {
    for (;;) {
      const t = top.load();
      if (t === 0) return 0;
      const after = next[t]!.get();
      if (top.compareExchange(t, after).ok) return t;
    }
  };
  const push = (n: number) => {
    for (;;) {
      const t = top.load();
      next[n]!.set(t);
      if (top.compareExchange(t, n).ok) return;
    }
  };
  const a = spawn(() => { pop(); });
  const b = spawn(() => { const x = pop(); const y = pop(); if (x !== 0) push(x); return y; });
  a.join();
  const kept = b.join();
  assert(kept === 0 || top.load() !== kept, "taken twice");
}`,
    bug: "aba",
    says: ["loaded 1 from `top` (line 7)", "(line 10)"],
  },
];
