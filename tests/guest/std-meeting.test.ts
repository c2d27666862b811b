import { describe, it } from "vitest";
import { checkStd, checkTwins, type Twins } from "./std-table.ts";
import { ends, prints, type Row } from "./table.ts";

const BARRIERS: readonly Row[] = [
  [
    "nobody passes before all have come",
    `const gate = new Barrier(3), t = Instant.now();
scope((s) => { for (const n of [1, 2, 3]) s.spawn(() => { sleep(n * 10); gate.wait(); console.log(t.elapsed()); }); });`,
    prints("30", "30", "30"),
  ],
  [
    "one of those who meet leads, the last to arrive",
    `const gate = new Barrier(3);
const all = [1, 2, 3].map((n) => spawn(() => { sleep(n); return gate.wait().isLeader; }));
console.log(all.map((one) => one.join()).join());`,
    prints("false,false,true"),
  ],
  [
    "a barrier serves one round after the other",
    `const gate = new Barrier(2), leaders = new AtomicI32(0), rounds = new AtomicI32(0);
const run = () => { for (let i = 0; i < 5; i++) { rounds.fetchAdd(1); if (gate.wait().isLeader) leaders.fetchAdd(1); assert(rounds.load() >= 2 * i + 2); } };
scope((s) => { s.spawn(run); s.spawn(run); });
console.log(leaders.load(), rounds.load());`,
    prints("5 10"),
  ],
  [
    "a barrier for one lets it pass, as leader",
    `const gate = new Barrier(1); console.log(gate.wait(), gate.wait());`,
    prints("{ isLeader: true } { isLeader: true }"),
  ],
  [
    "a barrier in a message is the same barrier",
    `const [tx, rx] = channel<Barrier>(), gate = new Barrier(2);
spawn(() => { const got = rx.recv(); if (got.ok) got.value.wait(); });
tx.send(gate); console.log(gate.wait().isLeader !== undefined);`,
    prints("true"),
  ],
  [
    "too few come",
    `const gate = new Barrier(3); const other = spawn(() => { gate.wait(); }); gate.wait(); other.join();`,
    ends(
      "stuck",
      "main waits at `gate` for 1 more of 3 threads; worker-1 waits at `gate` for 1 more of 3 threads. Nothing will ever wake them.",
    ),
  ],
  [
    "a barrier for nobody",
    `new Barrier(0);`,
    ends("panic", "RangeError: new Barrier(n) needs a whole number from 1, got 0", "2:1"),
  ],
  [
    "a barrier for half a thread",
    `new Barrier(1.5);`,
    ends("panic", "RangeError: new Barrier(n) needs a whole number from 1, got 1.5"),
  ],
  [
    "a barrier for a word",
    `new Barrier("2" as never);`,
    ends("panic", 'RangeError: new Barrier(n) needs a whole number from 1, got "2"'),
  ],
];

const ONCE: readonly Row[] = [
  [
    "a OnceLock is empty, then set for good",
    `const o = new OnceLock<number>();
console.log(o.get(), show(o.set(1)), show(o.set(2)), o.get(), o.getOrInit(() => 3));`,
    prints("undefined ok undefined error 2 1 1"),
  ],
  [
    "undefined can be the value",
    `const o = new OnceLock<undefined>(); o.set(undefined); console.log(show(o.set(undefined)), o.getOrInit(() => panic("again")));`,
    prints("error undefined undefined"),
  ],
  [
    "however many ask at once, one computes and the others wait for it",
    `const o = new OnceLock<{ n: number }>(), made = new AtomicI32(0), t = Instant.now();
const ask = () => o.getOrInit(() => { sleep(10); return { n: made.fetchAdd(1) }; }).n;
const all = [1, 2, 3].map(() => spawn(ask));
sleep(1); console.log(o.get());
console.log(all.map((one) => one.join()).join(), made.load(), t.elapsed());`,
    prints("undefined", "0,0,0 1 10"),
  ],
  [
    "an initialiser that panics leaves it to the next one",
    `const o = new OnceLock<number>();
const first = spawn(() => o.getOrInit(() => { sleep(5); panic("no"); }));
sleep(1);
console.log(o.getOrInit(() => 2), caught(() => first.join()));`,
    prints("2 Panic: no"),
  ],
  [
    "an initialiser whose panic was caught leaves it empty as well",
    `const o = new OnceLock<number>();
console.log(caught(() => o.getOrInit(() => panic("no"))), o.get(), o.getOrInit(() => 2));`,
    prints("Panic: no undefined 2"),
  ],
  [
    "set waits for a value that is being computed",
    `const o = new OnceLock<number>(), t = Instant.now();
spawn(() => o.getOrInit(() => { sleep(5); return 1; }));
sleep(1); console.log(show(o.set(2)), t.elapsed(), o.get());`,
    prints("error 2 5 1"),
  ],
  [
    "a sender in a OnceLock serves every thread",
    `const [tx, rx] = channel<number>(), o = new OnceLock<Sender<number>>();
o.set(tx);
scope((s) => { for (const n of [1, 2]) s.spawn(() => { o.get()!.send(n); }); });
console.log(show(rx.recv()), show(rx.recv()));`,
    prints("ok 1 ok 2"),
  ],
  [
    "a change of what get gave",
    `const o = new OnceLock<number[]>(); o.set([1]); o.get()!.push(2);`,
    ends(
      "misuse",
      "main changes its copy of a OnceLock's value, which is set once for all. Compute the whole value before it is set, or put what changes into a Mutex.",
      "2:49",
    ),
  ],
  [
    "a change of what getOrInit gave, in the thread that computed it",
    `const o = new OnceLock<{ n: number }>(); spawn(() => { o.getOrInit(() => ({ n: 0 })).n = 1; }).join();`,
    ends(
      "misuse",
      "worker-1 changes its copy of a OnceLock's value, which is set once for all. Compute the whole value before it is set, or put what changes into a Mutex.",
    ),
  ],
  [
    "an initialiser that asks for its own value",
    `const config = new OnceLock<number>(); config.getOrInit(() => config.getOrInit(() => 1) + 1);`,
    ends(
      "misuse",
      "main uses `config` while it computes its value: that waits for itself. Let the function given to getOrInit() return the value, and use nothing of the OnceLock in it.",
      "2:63",
    ),
  ],
  [
    "an initialiser that sets its own value",
    `const config = new OnceLock<number>(); config.getOrInit(() => { config.set(1); return 1; });`,
    ends(
      "misuse",
      "main uses `config` while it computes its value: that waits for itself. Let the function given to getOrInit() return the value, and use nothing of the OnceLock in it.",
    ),
  ],
  [
    "two that compute each other's values",
    `const a = new OnceLock<number>(), b = new OnceLock<number>();
const other = spawn(() => b.getOrInit(() => { sleep(1); return a.getOrInit(() => 1); }));
a.getOrInit(() => { sleep(1); return b.getOrInit(() => 2); }); other.join();`,
    ends(
      "deadlock",
      "main waits until worker-1 has computed `b`. worker-1 waits until main has computed `a`. Nobody can go on.",
    ),
  ],
  [
    "a value in place of the initialiser",
    `new OnceLock<number>().getOrInit(5 as never);`,
    ends("panic", "TypeError: getOrInit needs a function that computes the value: getOrInit(() => …)"),
  ],
  [
    "a function for a value",
    `new OnceLock<unknown>().set({ run: () => 1 });`,
    ends(
      "misuse",
      "`value.run` is a function; functions cannot go to another thread. Send data, and let the other side hold the code.",
    ),
  ],
];

const TWINS: readonly (readonly [title: string, twins: Twins])[] = [
  [
    "without a barrier one thread reads what the other has not written yet",
    {
      buggy: `const cells = [new SharedCell(0), new SharedCell(0)];
scope((s) => { for (const me of [0, 1]) s.spawn(() => { cells[me]!.set(me + 1); assertEq(cells[1 - me]!.get(), 2 - me); }); });`,
      fails: "panic: Panic: a scoped thread panicked",
      repaired: `const cells = [new SharedCell(0), new SharedCell(0)], gate = new Barrier(2);
scope((s) => { for (const me of [0, 1]) s.spawn(() => { cells[me]!.set(me + 1); gate.wait(); assertEq(cells[1 - me]!.get(), 2 - me); }); });`,
    },
  ],
  [
    "a barrier for more than come",
    {
      buggy: `const gate = new Barrier(3); scope((s) => { for (const _ of [1, 2]) s.spawn(() => { gate.wait(); }); });`,
      fails: "stuck: ",
      repaired: `const gate = new Barrier(2); scope((s) => { for (const _ of [1, 2]) s.spawn(() => { gate.wait(); }); });`,
    },
  ],
  [
    "to look whether a value is there and then to make it makes it twice",
    {
      buggy: `const o = new OnceLock<number>(), made = new AtomicI32(0);
const ask = () => { if (o.get() === undefined) { made.fetchAdd(1); o.set(7); } return o.get(); };
scope((s) => { s.spawn(ask); s.spawn(ask); }); assertEq(made.load(), 1);`,
      fails: "panic: Panic: got 2, expected 1",
      repaired: `const o = new OnceLock<number>(), made = new AtomicI32(0);
const ask = () => o.getOrInit(() => { made.fetchAdd(1); return 7; });
scope((s) => { s.spawn(ask); s.spawn(ask); }); assertEq(made.load(), 1);`,
    },
  ],
];

describe("Barrier", () => {
  it.each(BARRIERS)("%s", (_title, program, expected) => checkStd(program, expected));
});

describe("OnceLock", () => {
  it.each(ONCE)("%s", (_title, program, expected) => checkStd(program, expected));
  it.each(TWINS)("%s: buggy and repaired", (_title, twins) => checkTwins(twins));
});
