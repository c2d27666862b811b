import { describe, it } from "vitest";
import { checkStd, checkTwins, type Twins } from "./std-table.ts";
import { ends, prints, type Row } from "./table.ts";

const POISONED = "PoisonError: a thread panicked while it held this lock; its value may be half changed";

const POISON: readonly Row[] = [
  [
    "the value under a poisoned lock is as the panic left it, and can be set right",
    `const m = new Mutex({ from: 5, to: 0 });
caught(() => spawn(() => { const g = m.lock(); g.value.from -= 1; panic("x"); }).join());
{ using g = m.lock({ ignorePoison: true }); console.log(m.isPoisoned(), g.value); g.value.to += 1; }
m.clearPoison();
console.log(m.isPoisoned(), m.lock().value);`,
    prints("true { from: 4, to: 0 }", "false { from: 4, to: 1 }"),
  ],
  [
    "a thread poisons what it holds, not what its parent held when it was started",
    `const a = new Mutex(1), b = new Mutex(2), mine = a.lock();
caught(() => spawn(() => { b.lock(); panic("x"); }).join());
console.log(a.isPoisoned(), b.isPoisoned()); mine.unlock();`,
    prints("false true"),
  ],
  [
    "locking a poisoned lock panics and leaves it free",
    `const m = new Mutex(1);
caught(() => spawn(() => { m.lock(); panic("x"); }).join());
console.log(caught(() => m.lock())); console.log(caught(() => m.tryLock()));
m.clearPoison();
console.log(m.isPoisoned(), m.lock().value);`,
    prints(POISONED, POISONED, "false 1"),
  ],
  [
    "poison that nobody catches is a panic",
    `const m = new Mutex(1);
caught(() => spawn(() => { m.lock(); panic("x"); }).join());
m.lock();`,
    ends("panic", POISONED, "4:1"),
  ],
  [
    // A difference from Rust: the guard cannot see that it is disposed of because of an error.
    "a guard of `using` whose block an error leaves unlocks cleanly",
    `const m = new Mutex([1]);
console.log(caught(() => spawn(() => { using g = m.lock(); g.value.push(2); panic("x"); }).join()), m.isPoisoned(), m.lock().value);`,
    prints("Panic: x false [1, 2]"),
  ],
  [
    "a waiter whose lock was poisoned meanwhile panics, unless it ignores poison",
    `const m = new Mutex(0), c = new Condvar();
const waiter = (ignorePoison: boolean) => spawn(() => { using g = m.lock({ ignorePoison }); return caught(() => c.wait(g)); });
const both = [waiter(false), waiter(true)];
sleep(1);
caught(() => spawn(() => { m.lock(); c.notifyAll(); panic("x"); }).join());
for (const one of both) console.log(one.join());`,
    prints(POISONED, "nothing"),
  ],
  [
    "a late write to a Map from under the lock is told",
    `const m = new Mutex(new Map([["a", 1]])), g = m.lock(), map = g.value; g.unlock(); map.set("b", 2);`,
    ends(
      "misuse",
      "main changes the value of a guard after it was unlocked; nobody would see that. Lock again.",
    ),
  ],
];

const CONDITIONS: readonly Row[] = [
  [
    "waitWhile waits until the condition is false",
    `const m = new Mutex<number[]>([]), c = new Condvar(), t = Instant.now();
spawn(() => { for (const n of [1, 2]) { sleep(5); { using g = m.lock(); g.value.push(n); } c.notifyOne(); } });
using g = m.lock(); c.waitWhile(g, (items) => items.length < 2);
console.log(g.value, t.elapsed());`,
    prints("[1, 2] 10"),
  ],
  [
    "waitWhile does not wait where the condition is false already",
    `const m = new Mutex(1), c = new Condvar(); using g = m.lock(); c.waitWhile(g, (n) => n === 0); console.log(g.value);`,
    prints("1"),
  ],
  [
    "waitTimeoutWhile counts its time once, however often it is woken",
    `const m = new Mutex(0), c = new Condvar(), t = Instant.now();
spawn(() => { for (let i = 0; i < 5; i++) { sleep(4); c.notifyOne(); } });
using g = m.lock(); console.log(c.waitTimeoutWhile(g, 10, (n) => n === 0), t.elapsed());`,
    prints("true 10"),
  ],
  [
    "waitTimeoutWhile says whether the condition came true in time",
    `const m = new Mutex(0), c = new Condvar(), t = Instant.now();
spawn(() => { sleep(4); { using g = m.lock(); g.value = 1; } c.notifyOne(); });
using g = m.lock(); console.log(c.waitTimeoutWhile(g, 10, (n) => n === 0), t.elapsed());
console.log(c.waitTimeoutWhile(g, 0, (n) => n === 0), c.waitTimeoutWhile(g, 0, (n) => n === 1), t.elapsed());`,
    prints("false 4", "false true 4"),
  ],
  [
    "waitWhile without a condition",
    `const m = new Mutex(0), c = new Condvar(); using g = m.lock(); c.waitWhile(g, undefined as never);`,
    ends(
      "panic",
      "TypeError: waitWhile(guard, condition) needs a function of the value: (value) => value.length === 0",
    ),
  ],
  [
    "waiting with something that is no guard",
    `new Condvar().wait({} as never);`,
    ends("panic", "TypeError: Wait with the guard of a Mutex: `changed.wait(guard)`."),
  ],
  [
    "waiting with a guard that was unlocked",
    `const m = new Mutex(0), g = m.lock(); g.unlock(); new Condvar().wait(g);`,
    ends("misuse", "A guard is read after it was unlocked. Lock again to see the value."),
  ],
  [
    "a wait that nobody ends is shown where the program waits",
    `const m = new Mutex([0]), c = new Condvar(); using g = m.lock();
c.waitWhile(g, (items) => items.some((n) => n === 0));`,
    ends("stuck", "main waits to be notified on `c`. Nothing will ever wake it.", "3:1"),
  ],
  [
    "no wait ends by itself where no spurious wake-up is asked for",
    `const m = new Mutex(0), c = new Condvar(); using g = m.lock(); console.log(c.waitTimeout(g, 5));`,
    prints("true"),
  ],
];

const READY = (wait: string): string => `const m = new Mutex(false), c = new Condvar();
const setter = spawn(() => { { using g = m.lock(); g.value = true; } c.notifyOne(); });
{ using g = m.lock(); ${wait} assert(g.value, "woken too early"); }
setter.join();`;

const TWINS: readonly (readonly [title: string, twins: Twins])[] = [
  [
    "a wait without a loop takes a spurious wake-up for the real one",
    {
      buggy: READY("if (!g.value) c.wait(g);"),
      fails: "panic: Panic: woken too early",
      repaired: READY("while (!g.value) c.wait(g);"),
      rules: { spuriousWakeups: true },
    },
  ],
  [
    "waitWhile is the loop",
    {
      buggy: READY("c.wait(g);"),
      fails: "",
      repaired: READY("c.waitWhile(g, (ready) => !ready);"),
      rules: { spuriousWakeups: true },
    },
  ],
  [
    "a condition given to waitWhile the wrong way round lets the thread through too early, or for ever wait",
    {
      buggy: READY("c.waitWhile(g, (ready) => ready);"),
      fails: "",
      repaired: READY("c.waitTimeoutWhile(g, 1000, (ready) => !ready);"),
    },
  ],
  [
    "one notification for two that wait leaves one of them waiting",
    {
      buggy: `const m = new Mutex(false), c = new Condvar();
scope((s) => { for (const _ of [1, 2]) s.spawn(() => { using g = m.lock(); c.waitWhile(g, (open) => !open); }); { using g = m.lock(); g.value = true; } c.notifyOne(); });`,
      fails: "waits to be notified on `c`",
      repaired: `const m = new Mutex(false), c = new Condvar();
scope((s) => { for (const _ of [1, 2]) s.spawn(() => { using g = m.lock(); c.waitWhile(g, (open) => !open); }); { using g = m.lock(); g.value = true; } c.notifyAll(); });`,
    },
  ],
  [
    "a thread that panics under a lock takes the others along, unless they set it right",
    {
      buggy: `const m = new Mutex(0);
const worker = (n: number) => spawn(() => { const g = m.lock(); if (n === 1) panic("x"); g.value += n; g.unlock(); });
const all = [worker(1), worker(2)]; caught(() => all[0]!.join()); all[1]!.join();`,
      fails: "panic: PoisonError",
      repaired: `const m = new Mutex(0);
const worker = (n: number) => spawn(() => { const g = m.lock({ ignorePoison: true }); if (n === 1) panic("x"); g.value += n; g.unlock(); });
const all = [worker(1), worker(2)]; caught(() => all[0]!.join()); all[1]!.join();`,
    },
  ],
];

describe("poison", () => {
  it.each(POISON)("%s", (_title, program, expected) => checkStd(program, expected));
});

describe("Condvar", () => {
  it.each(CONDITIONS)("%s", (_title, program, expected) => checkStd(program, expected));
  it.each(TWINS)("%s: buggy and repaired", (_title, twins) => checkTwins(twins));
});

describe("spurious wake-ups", () => {
  it("come at most once a run", () =>
    checkTwins({
      buggy: `const m = new Mutex(0), c = new Condvar(); using g = m.lock(); c.wait(g);`,
      fails: "stuck",
      repaired: `const m = new Mutex(0), c = new Condvar(); using g = m.lock(); c.waitTimeout(g, 5); assert(c.waitTimeout(g, 5) || c.waitTimeout(g, 5));`,
      rules: { spuriousWakeups: true },
    }));
});
