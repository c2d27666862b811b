import { describe, it } from "vitest";
import { checkStd, checkTwins, type Twins } from "./std-table.ts";
import { ends, prints, type Row } from "./table.ts";

const PARKING: readonly Row[] = [
  [
    "park waits for unpark",
    `const me = current(), t = Instant.now();
spawn(() => { sleep(10); me.unpark(); });
park(); console.log(t.elapsed());`,
    prints("10"),
  ],
  [
    "an unpark before the park lets it return at once",
    `const t = Instant.now(); current().unpark(); park(); console.log(t.elapsed());`,
    prints("0"),
  ],
  [
    "two unparks are as good as one",
    `current().unpark(); current().unpark(); park(); const t = Instant.now(); parkTimeout(5); console.log(t.elapsed());`,
    prints("5"),
  ],
  [
    "parkTimeout ends with the token or with its time, and says not which",
    `const me = current(), t = Instant.now();
spawn(() => { sleep(3); me.unpark(); });
parkTimeout(10); console.log(t.elapsed());
console.log(parkTimeout(10), t.elapsed());`,
    prints("3", "undefined 13"),
  ],
  [
    "a token that comes after the time has run out is there for the next park",
    `const me = current(), t = Instant.now();
spawn(() => { sleep(7); me.unpark(); });
parkTimeout(5); sleep(5); park(); console.log(t.elapsed());`,
    prints("10"),
  ],
  [
    "a join handle's thread can be unparked",
    `const worker = spawn(() => { park(); return "awake"; }); worker.thread.unpark(); console.log(worker.join());`,
    prints("awake"),
  ],
  [
    "to unpark a thread that has ended does nothing",
    `const worker = spawn(() => {}); worker.join(); worker.thread.unpark(); console.log("fine");`,
    prints("fine"),
  ],
  [
    "a Thread travels in messages and results, with its number and name",
    `const [tx, rx] = channel<Thread>();
const worker = spawn(() => { tx.send(current()); park(); return current(); }, { name: "sleeper" });
const got = rx.recv(); if (!got.ok) return;
console.log(got.value.id, got.value.name); got.value.unpark();
const ended = worker.join(); console.log(ended.id, ended.name);`,
    prints("1 sleeper", "1 sleeper"),
  ],
  [
    "every thread reads the name of every other, also of one that it has not started",
    `const a = spawn(() => {}, { name: "first" }), b = spawn(() => { return a.thread.name + " " + current().name; });
console.log(b.join(), b.thread.name);
const [tx, rx] = channel<JoinHandle<void>>();
spawn(() => { tx.send(spawn(() => {}, { name: "grandchild" })); }).join();
const got = rx.recv(); console.log(got.ok && got.value.thread.name);`,
    prints("first worker-2 worker-2", "grandchild"),
  ],
  [
    "assertEq tells threads apart",
    `const worker = spawn(() => {}); assertEq(current(), current()); assertEq(current(), worker.thread, "two threads");`,
    ends("panic", "Panic: two threads"),
  ],
  [
    "nobody unparks",
    `park();`,
    ends("stuck", "main waits to be unparked. Nothing will ever wake it.", "2:1"),
  ],
  [
    "a negative time",
    `parkTimeout(-1);`,
    ends("panic", "RangeError: parkTimeout(ms) needs a number of milliseconds from 0 to 8640000000, got -1"),
  ],
  [
    "unpark of something else",
    `current().unpark.call({} as Thread);`,
    ends("panic", "TypeError: This method was called without its object: write `object.method()`."),
  ],
  [
    "unpark of a lock",
    `current().unpark.call(new Mutex(0) as never);`,
    ends("panic", "TypeError: This method was called without its object: write `object.method()`."),
  ],
];

const SCOPES: readonly Row[] = [
  [
    "a scope returns what its function returned, after its threads have ended",
    `const t = Instant.now(), total = new AtomicI32(0);
const got = scope((s) => { for (const n of [1, 2, 3]) s.spawn(() => { sleep(10 * n); total.fetchAdd(n); }); return total.load(); });
console.log(got, total.load(), t.elapsed());`,
    prints("0 6 30"),
  ],
  ["a scope without threads returns at once", `console.log(scope(() => "done"));`, prints("done")],
  [
    "a scoped thread can be joined by hand, with its result and its name",
    `const sum = scope((s) => { const a = s.spawn(() => 20, { name: "adder" }); console.log(a.thread.name, a.isFinished()); return a.join() + 1; });
console.log(sum);`,
    prints("adder false", "21"),
  ],
  [
    "threads of a scope start threads in it, which it waits for too",
    `const t = Instant.now();
scope((s) => { s.spawn(() => { sleep(5); s.spawn(() => { sleep(5); s.spawn(() => sleep(5)); }); }); });
console.log(t.elapsed());`,
    prints("15"),
  ],
  [
    "scopes nest",
    `const t = Instant.now();
scope((outer) => { outer.spawn(() => sleep(9)); scope((inner) => { inner.spawn(() => sleep(3)); }); console.log(t.elapsed()); });
console.log(t.elapsed());`,
    prints("3", "9"),
  ],
  [
    "an error of the scope's function arrives after its threads have ended",
    `const t = Instant.now();
console.log(caught(() => scope((s) => { s.spawn(() => sleep(5)); throw new RangeError("early"); })), t.elapsed());`,
    prints("RangeError: early 5"),
  ],
  [
    "a panic that the scope's function has seen at join is over",
    `console.log(scope((s) => { const bad = s.spawn(() => panic("seen")); return caught(() => bad.join()); }));`,
    prints("Panic: seen"),
  ],
  [
    "a panic that nobody has seen becomes the scope's, once all its threads have ended, and is printed",
    `const t = Instant.now();
console.log(caught(() => scope((s) => { s.spawn(() => { throw new RangeError("too far"); }); s.spawn(() => sleep(5)); s.spawn(() => panic("later")); })), t.elapsed());`,
    prints(
      "Panic: a scoped thread panicked (worker-1: RangeError: too far) 5",
      "worker-1 panicked: RangeError: too far",
      "worker-3 panicked: Panic: later",
    ),
  ],
  [
    "a handle that left its scope can still be joined",
    `let handle; scope((s) => { handle = s.spawn(() => 7); }); console.log((handle as unknown as JoinHandle<number>).join());`,
    prints("7"),
  ],
  [
    "a scope that nobody catches ends the program",
    `scope((s) => { s.spawn(() => panic("alone")); });`,
    ends("panic", "Panic: a scoped thread panicked (worker-1: Panic: alone)", "2:1"),
  ],
  [
    "a thread started in a scope that has ended",
    `let left: Scope | undefined; scope((s) => { left = s; }); left!.spawn(() => {});`,
    ends(
      "misuse",
      "main starts a thread in a scope that has ended. Start it before the function given to scope() returns, or use `spawn` for a thread that outlives it.",
      "2:59",
    ),
  ],
  [
    "a scope waits for a thread that waits for the scope's own",
    `const [tx, rx] = channel<number>(); scope((s) => { s.spawn(() => { rx.recv(); }); }); tx.send(1);`,
    ends(
      "deadlock",
      "main waits for worker-1 to end. worker-1 waits for a message on `tx, rx`, which main could send. Nobody can go on.",
    ),
  ],
  [
    "no function",
    `scope(5 as never);`,
    ends("panic", "TypeError: scope needs a function: scope((s) => { s.spawn(() => { … }); })"),
  ],
  [
    "no function for a thread",
    `scope((s) => s.spawn(undefined as never));`,
    ends("panic", "TypeError: scope.spawn needs a function: scope.spawn(() => { … })"),
  ],
  [
    "a sender that a scoped thread names moves into it",
    `const [tx, rx] = channel<number>();
scope((s) => { s.spawn(() => { tx.send(1); }); tx.send(2); }); rx.drop();`,
    ends(
      "misuse",
      "main uses `tx` after it moved into worker-1 (main.ts:3:16). Clone it first and move the clone: `tx.clone()`.",
    ),
  ],
  [
    "a plain variable that a scoped thread changes",
    `let n = 0; scope((s) => { s.spawn(() => { n += 1; }); });`,
    ends(
      "misuse",
      "worker-1 changes its own copy of `n`; nobody else sees that. Put it into a Mutex, or send the result through a channel.",
    ),
  ],
];

const OTHERS: readonly Row[] = [
  [
    "a name in place of the options",
    `spawn(() => {}, "reader" as never);`,
    ends("panic", 'TypeError: spawn takes options after the function, { name: "worker" }, got "reader"'),
  ],
  [
    "an instant knows how far it is from others",
    `const a = Instant.now(); sleep(1.5); const b = Instant.now();
console.log(b.durationSince(a), a.durationSince(b), a.add(2).durationSince(b), b < a.add(2), b > a.add(1.5), b >= a.add(1.5));`,
    prints("1.5 0 0.5 true false true"),
  ],
  [
    "an instant far from now is no instant to compare with",
    `Instant.now().durationSince(5 as never);`,
    ends("panic", "TypeError: durationSince needs an Instant: `Instant.now().durationSince(start)`"),
  ],
  [
    "a negative step in time",
    `Instant.now().add(-1);`,
    ends("panic", "RangeError: add(ms) needs a number of milliseconds from 0 to 8640000000, got -1"),
  ],
];

const TWINS: readonly (readonly [title: string, twins: Twins])[] = [
  [
    "who unparks before it says what has happened lets the other sleep for ever",
    {
      buggy: `const ready = new AtomicBool(false), me = current();
scope((s) => { s.spawn(() => { me.unpark(); ready.store(true); }); while (!ready.load()) park(); });`,
      fails: "stuck: main waits to be unparked. Nothing will ever wake it.",
      repaired: `const ready = new AtomicBool(false), me = current();
scope((s) => { s.spawn(() => { ready.store(true); me.unpark(); }); while (!ready.load()) park(); });`,
    },
  ],
  [
    "one token for two answers: the second park never ends",
    {
      buggy: `const me = current();
scope((s) => { s.spawn(() => me.unpark()); s.spawn(() => me.unpark()); park(); park(); });`,
      fails: "stuck: main waits to be unparked",
      repaired: `const me = current(), left = new AtomicI32(2);
scope((s) => { for (const _ of [1, 2]) s.spawn(() => { left.fetchSub(1); me.unpark(); }); while (left.load() > 0) park(); });`,
    },
  ],
  [
    "a park outside a loop takes a spurious wake-up for the real one",
    {
      buggy: `const ready = new AtomicBool(false), me = current();
const other = spawn(() => { ready.store(true); me.unpark(); });
if (!ready.load()) park();
assert(ready.load(), "woken too early"); other.join();`,
      fails: "panic: Panic: woken too early",
      repaired: `const ready = new AtomicBool(false), me = current();
const other = spawn(() => { ready.store(true); me.unpark(); });
while (!ready.load()) park();
assert(ready.load(), "woken too early"); other.join();`,
      rules: { spuriousWakeups: true },
    },
  ],
  [
    "threads that outlive the call that started them, and a scope's, which do not",
    {
      buggy: `const sum = new AtomicI32(0);
const addAll = () => { for (const n of [1, 2]) spawn(() => sum.fetchAdd(n)); };
addAll(); assertEq(sum.load(), 3);`,
      fails: "panic: Panic: got ",
      repaired: `const sum = new AtomicI32(0);
const addAll = () => scope((s) => { for (const n of [1, 2]) s.spawn(() => sum.fetchAdd(n)); });
addAll(); assertEq(sum.load(), 3);`,
    },
  ],
];

describe("park and unpark", () => {
  it.each(PARKING)("%s", (_title, program, expected) => checkStd(program, expected));
});

describe("scope", () => {
  it.each(SCOPES)("%s", (_title, program, expected) => checkStd(program, expected));
});

describe("threads and time", () => {
  it.each(OTHERS)("%s", (_title, program, expected) => checkStd(program, expected));
  it.each([1, 4, 16])("availableParallelism is the machine's cores: %d", (cores) =>
    checkStd("console.log(availableParallelism());", prints(`${cores}`), { cores }),
  );
  it.each(TWINS)("%s: buggy and repaired", (_title, twins) => checkTwins(twins));
});
