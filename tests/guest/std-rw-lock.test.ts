import { describe, it } from "vitest";
import { checkStd, checkTwins, type Twins } from "./std-table.ts";
import { ends, prints, type Row } from "./table.ts";

const ROWS: readonly Row[] = [
  [
    "readers read at the same time",
    `const lock = new RwLock(7), t = Instant.now();
const readers = [1, 2, 3].map(() => spawn(() => { using guard = lock.read(); sleep(10); return guard.value; }));
console.log(readers.map((reader) => reader.join()).join(), t.elapsed());`,
    prints("7,7,7 10"),
  ],
  [
    "writers take turns, and the next one sees what the last one left",
    `const lock = new RwLock({ n: 0 }), t = Instant.now();
const writers = [1, 2, 3].map(() => spawn(() => { using guard = lock.write(); sleep(10); guard.value.n += 1; }));
for (const writer of writers) writer.join();
console.log(lock.read().value, t.elapsed());`,
    prints("{ n: 3 } 30"),
  ],
  [
    "a write guard takes a new value whole",
    `const lock = new RwLock([1]);
{ using guard = lock.write(); guard.value = [2, 3]; }
console.log(lock.read().value);`,
    prints("[2, 3]"),
  ],
  [
    "tryRead and tryWrite do not wait",
    `const lock = new RwLock(1);
const look = () => [() => lock.tryRead(), () => lock.tryWrite()].map((f) => { const r = f(); if (r.ok) r.value.unlock(); return r.ok ? "ok" : r.error; }).join();
console.log(look());
{ using guard = lock.read(); console.log(spawn(look).join()); }
{ using guard = lock.write(); console.log(spawn(look).join()); }`,
    prints("ok,ok", "ok,would-block", "would-block,would-block"),
  ],
  [
    "a writer that waits goes before readers that come later, and tryRead sees it wait",
    `const lock = new RwLock(0), first = lock.read();
const writer = spawn(() => { using guard = lock.write(); sleep(10); guard.value = 1; });
sleep(1);
console.log(show(lock.tryRead()));
const reader = spawn(() => { using guard = lock.read(); return guard.value; });
sleep(1); first.unlock(); writer.join();
console.log(reader.join());`,
    prints("error would-block", "1"),
  ],
  [
    "a reader that panics lets the lock go and poisons nothing",
    `const lock = new RwLock(1);
caught(() => spawn(() => { lock.read(); panic("x"); }).join());
console.log(lock.isPoisoned(), lock.tryWrite().ok);`,
    prints("false true"),
  ],
  [
    "poison can be passed by and taken back",
    `const lock = new RwLock([1]);
caught(() => spawn(() => { lock.read(); panic("x"); }).join());
console.log(lock.isPoisoned());
caught(() => spawn(() => { lock.write().value.push(2); panic("x"); }).join());
console.log(lock.isPoisoned(), caught(() => lock.read()), caught(() => lock.tryWrite()));
{ using guard = lock.write({ ignorePoison: true }); console.log(guard.value); guard.value.push(3); }
{ using guard = lock.read({ ignorePoison: true }); console.log(guard.value); }
lock.clearPoison();
console.log(lock.isPoisoned(), lock.read().value);`,
    prints(
      "false",
      "true PoisonError: a thread panicked while it held this lock; its value may be half changed PoisonError: a thread panicked while it held this lock; its value may be half changed",
      "[1, 2]",
      "[1, 2, 3]",
      "false [1, 2, 3]",
    ),
  ],
  [
    "a lock in a message is the same lock",
    `const [tx, rx] = channel<RwLock<number>>();
const lock = new RwLock(1);
tx.send(lock);
spawn(() => { for (const got of rx) { using guard = got.write(); guard.value = 5; break; } }).join();
console.log(lock.read().value);`,
    prints("5"),
  ],
  [
    "a sender in an RwLock serves all readers",
    `const [tx, rx] = channel<number>();
const lock = new RwLock({ tx });
const readers = [1, 2].map((n) => spawn(() => { using guard = lock.read(); guard.value.tx.send(n); }));
for (const reader of readers) reader.join();
console.log(show(rx.recv()), show(rx.recv()));`,
    prints("ok 1 ok 2"),
  ],
  [
    "reading twice in one thread is allowed where no writer waits",
    `const lock = new RwLock(1); using a = lock.read(); using b = lock.read(); console.log(a.value + b.value);`,
    prints("2"),
  ],
];

const CHANGES: readonly (readonly [what: string, change: string])[] = [
  ["a field", "guard.value.n = 1;"],
  ["an item", "guard.value.items[0] = 1;"],
  ["a deletion", "delete (guard.value as { n?: number }).n;"],
  ["a push", "guard.value.items.push(1);"],
  ["a Map's entry", 'guard.value.map.set("a", [1]);'],
  ["a value in a Map", 'guard.value.map.get("k")!.push(2);'],
  ["a byte", "guard.value.bytes[0] = 1;"],
  ["by Object.assign", "Object.assign(guard.value, { n: 2 });"],
  ["under another name", "const { items } = guard.value; items.sort();"],
  ["whole", "(guard as { value: unknown }).value = 3;"],
];

const REFUSED: readonly Row[] = CHANGES.flatMap(([what, change]): Row[] =>
  ["", "spawn(() => {"].map((begin) => [
    `what a read guard shows cannot be changed ${begin === "" ? "in the first thread" : "in another thread"}: ${what}`,
    `const lock = new RwLock({ n: 0, items: [2, 1], map: new Map([["k", [1]]]), bytes: new Uint8Array(2) });
${begin} using guard = lock.read(); ${change} ${begin === "" ? "" : "}).join();"}`,
    ends(
      "misuse",
      `${begin === "" ? "main" : "worker-1"} changes the value of a read guard, which may only be looked at. Take the lock with \`write()\` to change it.`,
    ),
  ]),
);

const ENDS: readonly Row[] = [
  [
    "a change in an instance's private field is told as well",
    `class Account { #n = 0; bump() { this.#n++; } }
export function main() { const lock = new RwLock(new Account()); using guard = lock.read(); guard.value.bump(); }`,
    ends(
      "misuse",
      "main changes the value of a read guard, which may only be looked at. Take the lock with `write()` to change it.",
      "2:34",
    ),
  ],
  [
    "a change after the read guard was unlocked",
    `const lock = new RwLock([1]), guard = lock.read(), items = guard.value;
guard.unlock(); items.push(2);`,
    ends(
      "misuse",
      "main changes the value of a guard after it was unlocked; nobody would see that. Lock again.",
      "3:17",
    ),
  ],
  [
    "a look after the read guard was unlocked",
    `const lock = new RwLock(1), guard = lock.read(); guard.unlock(); console.log(guard.value);`,
    ends("misuse", "A guard is read after it was unlocked. Lock again to see the value.", "2:66"),
  ],
  [
    "a read guard unlocked twice",
    `const lock = new RwLock(1), guard = lock.read(); guard.unlock(); guard.unlock();`,
    ends(
      "misuse",
      "A guard is unlocked after it was unlocked. Unlock it once, or leave that to `using`.",
      "2:66",
    ),
  ],
  [
    "a write guard used after it was unlocked",
    `const lock = new RwLock(1), guard = lock.write(); guard.unlock(); guard.value = 2;`,
    ends("misuse", "A guard is written after it was unlocked; nobody would see that. Lock again.", "2:51"),
  ],
  [
    "a read guard captured by a thread",
    `const lock = new RwLock(1); using guard = lock.read(); spawn(() => guard.value);`,
    ends(
      "misuse",
      "The new thread would take `guard` along, but a lock's guard stays in the thread that locked. Unlock it first, and lock again in there.",
      "2:56",
    ),
  ],
  [
    "a write guard sent",
    `const lock = new RwLock(1); const [tx] = channel<unknown>(); tx.send({ held: lock.write() });`,
    ends(
      "misuse",
      "`value.held` is a lock's guard; a guard stays in the thread that locked. Unlock it, and send the value.",
    ),
  ],
  [
    "a write guard given to a condition",
    `const lock = new RwLock(1), changed = new Condvar(); using guard = lock.write(); changed.wait(guard as never);`,
    ends("panic", "TypeError: Wait with the guard of a Mutex: `changed.wait(guard)`."),
  ],
  [
    "writing while reading in one thread",
    `const lock = new RwLock(1); using a = lock.read(); using b = lock.write();`,
    ends(
      "deadlock",
      "main waits to write `lock`, which it itself reads (taken at main.ts:2:39). Nobody can go on.",
    ),
  ],
  [
    "reading while writing in one thread",
    `const lock = new RwLock(1); using a = lock.write(); using b = lock.read();`,
    ends(
      "deadlock",
      "main waits to read `lock`, which it itself writes (taken at main.ts:2:39). Nobody can go on.",
    ),
  ],
  [
    "reading again behind a writer",
    `const lock = new RwLock(1), outer = lock.read();
const writer = spawn(() => { using guard = lock.write(); });
sleep(1);
using inner = lock.read();
outer.unlock(); writer.join();`,
    ends(
      "deadlock",
      "main waits to read `lock` behind worker-1, which waits to write. worker-1 waits to write `lock`, which main reads (taken at main.ts:2:37). Nobody can go on.",
    ),
  ],
  [
    "a lock that is told to read without being a lock",
    `const { read } = new RwLock(1); read();`,
    ends("panic", "TypeError: This method was called without its object: write `object.method()`."),
  ],
];

const TWINS: readonly (readonly [title: string, twins: Twins])[] = [
  [
    "looking under a read lock and changing under a write lock loses updates",
    {
      buggy: `const lock = new RwLock(0);
const bump = () => { let n; { using g = lock.read(); n = g.value; } using g = lock.write(); g.value = n + 1; };
scope((s) => { s.spawn(bump); s.spawn(bump); });
assertEq(lock.read().value, 2);`,
      fails: "panic: Panic: got 1, expected 2",
      repaired: `const lock = new RwLock(0);
const bump = () => { using g = lock.write(); g.value += 1; };
scope((s) => { s.spawn(bump); s.spawn(bump); });
assertEq(lock.read().value, 2);`,
    },
  ],
  [
    "a reader that reads again deadlocks with a writer that came between",
    {
      buggy: `const lock = new RwLock(1);
const sum = () => { using a = lock.read(); using b = lock.read(); return a.value + b.value; };
scope((s) => { s.spawn(sum); s.spawn(() => { using g = lock.write(); g.value = 2; }); });`,
      fails: "deadlock: ",
      repaired: `const lock = new RwLock(1);
const sum = () => { using a = lock.read(); return a.value + a.value; };
scope((s) => { s.spawn(sum); s.spawn(() => { using g = lock.write(); g.value = 2; }); });`,
    },
  ],
  [
    "two readers that both want to write wait for each other",
    {
      buggy: `const lock = new RwLock(1);
const raise = () => { using look = lock.read(); if (look.value < 3) { using g = lock.write(); g.value += 1; } };
scope((s) => { s.spawn(raise); s.spawn(raise); });`,
      fails: "deadlock: ",
      repaired: `const lock = new RwLock(1);
const raise = () => { using g = lock.write(); if (g.value < 3) g.value += 1; };
scope((s) => { s.spawn(raise); s.spawn(raise); });`,
    },
  ],
];

describe("RwLock", () => {
  it.each([...ROWS, ...REFUSED])("%s", (_title, program, expected) => checkStd(program, expected));
  it.each(ENDS)("says what is wrong with %s", (_title, program, expected) => checkStd(program, expected));
  it.each(TWINS)("%s: buggy and repaired", (_title, twins) => checkTwins(twins));
});
