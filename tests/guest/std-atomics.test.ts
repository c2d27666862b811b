import { describe, it } from "vitest";
import { checkStd, checkTwins, type Twins } from "./std-table.ts";
import { ends, prints, type Row } from "./table.ts";

const ROWS: readonly Row[] = [
  [
    "every operation returns the value before",
    `const a = new AtomicI32(5);
console.log(a.load(), a.swap(6), a.fetchAdd(3), a.fetchSub(1), a.fetchMax(20), a.fetchMin(12), a.load());
console.log(a.fetchAnd(10), a.fetchOr(5), a.fetchXor(3), a.load());
a.store(-1); console.log(a.load(), show(a.compareExchange(-1, 2)), show(a.compareExchange(-1, 3)), a.load());`,
    prints("5 5 6 9 8 20 12", "12 8 13 14", "-1 ok -1 error 2 2"),
  ],
  [
    "sums wrap around at 32 bits",
    `const a = new AtomicI32(2147483647); a.fetchAdd(1); console.log(a.load()); a.fetchSub(1); console.log(a.load());
a.store(-2147483648); a.fetchSub(-2147483648); console.log(a.load()); a.fetchOr(-2147483648); console.log(a.load());`,
    prints("-2147483648", "2147483647", "0", "-2147483648"),
  ],
  [
    "a negative zero is zero",
    `const a = new AtomicI32(-0); console.log(a.load(), a.swap(-0));`,
    prints("0 0"),
  ],
  [
    "flags can be joined",
    `const a = new AtomicBool(true);
console.log(a.fetchAnd(false), a.fetchOr(true), a.fetchXor(true), a.fetchXor(false), a.load());`,
    prints("true false true false false"),
  ],
  [
    "every memory order that Rust allows is accepted, and changes nothing",
    `const a = new AtomicI32(1), b = new AtomicBool(true);
for (const order of ["relaxed", "acquire", "seq-cst"] as const) { a.load(order); b.load(order); }
for (const order of ["relaxed", "release", "seq-cst"] as const) { a.store(1, order); b.store(true, order); }
for (const order of ["relaxed", "acquire", "release", "acq-rel", "seq-cst"] as const) {
  a.fetchAdd(1, order); a.swap(1, order); a.compareExchange(1, 1, order); b.fetchAnd(true, order); b.swap(true, order);
}
console.log(a.load(undefined), b.load());`,
    prints("1 true"),
  ],
  [
    "an atomic in a message is the same atomic",
    `const [tx, rx] = channel<AtomicI32>(), a = new AtomicI32(1);
tx.send(a); spawn(() => { const got = rx.recv(); if (got.ok) got.value.fetchAdd(1); }).join(); console.log(a.load());`,
    prints("2"),
  ],
];

const ERRORS: readonly (readonly [what: string, program: string, message: string])[] = [
  [
    "a load that releases",
    `new AtomicI32(1).load("release" as never);`,
    'TypeError: `load` has no memory order "release": a load writes nothing. Give "relaxed", "acquire" or "seq-cst", or none at all.',
  ],
  [
    "a load that acquires and releases",
    `new AtomicBool(true).load("acq-rel" as never);`,
    'TypeError: `load` has no memory order "acq-rel": a load writes nothing. Give "relaxed", "acquire" or "seq-cst", or none at all.',
  ],
  [
    "a store that acquires",
    `new AtomicI32(1).store(1, "acquire" as never);`,
    'TypeError: `store` has no memory order "acquire": a store reads nothing. Give "relaxed", "release" or "seq-cst", or none at all.',
  ],
  [
    "an order that does not exist",
    `new AtomicI32(1).fetchAdd(1, "SeqCst" as never);`,
    'TypeError: `fetchAdd` has no memory order "SeqCst". Give "relaxed", "acquire", "release", "acq-rel" or "seq-cst", or none at all.',
  ],
  [
    "a fraction",
    `new AtomicI32(1).fetchAdd(0.5);`,
    "RangeError: fetchAdd(amount) needs a whole number from -2147483648 to 2147483647, got 0.5",
  ],
  [
    "a number too large",
    `new AtomicI32(2147483648);`,
    "RangeError: new AtomicI32(value) needs a whole number from -2147483648 to 2147483647, got 2147483648",
  ],
  [
    "no number",
    `new AtomicI32(0).compareExchange(0, undefined as never);`,
    "RangeError: compareExchange(now, next) needs a whole number from -2147483648 to 2147483647, got undefined",
  ],
  [
    "a number for a flag",
    `new AtomicBool(0 as never);`,
    "TypeError: new AtomicBool(value) needs true or false, got 0",
  ],
  [
    "a word for a flag",
    `new AtomicBool(true).store("no" as never);`,
    'TypeError: store(value) needs true or false, got "no"',
  ],
  [
    "a flag's method on a number",
    `new AtomicBool(true).load.call(new AtomicI32(1) as never);`,
    "TypeError: This method was called without its object: write `object.method()`.",
  ],
];

const TWINS: readonly (readonly [title: string, twins: Twins])[] = [
  [
    "a load and a store are two steps, fetchAdd is one",
    {
      buggy: `const n = new AtomicI32(0); const bump = () => { n.store(n.load() + 1); };
scope((s) => { s.spawn(bump); s.spawn(bump); }); assertEq(n.load(), 2);`,
      fails: "panic: Panic: got 1, expected 2",
      repaired: `const n = new AtomicI32(0); const bump = () => { n.fetchAdd(1); };
scope((s) => { s.spawn(bump); s.spawn(bump); }); assertEq(n.load(), 2);`,
    },
  ],
  [
    "a compareExchange that is not tried again loses an update",
    {
      buggy: `const n = new AtomicI32(1); const twice = () => { const now = n.load(); n.compareExchange(now, now * 2); };
scope((s) => { s.spawn(twice); s.spawn(twice); }); assertEq(n.load(), 4);`,
      fails: "panic: Panic: got 2, expected 4",
      repaired: `const n = new AtomicI32(1); const twice = () => { let now = n.load(); for (;;) { const r = n.compareExchange(now, now * 2); if (r.ok) return; now = r.error; } };
scope((s) => { s.spawn(twice); s.spawn(twice); }); assertEq(n.load(), 4);`,
    },
  ],
  [
    "to look at a flag and then to set it lets two pass, fetchOr lets one",
    {
      buggy: `const taken = new AtomicBool(false), passed = new AtomicI32(0);
const pass = () => { if (!taken.load()) { taken.store(true); passed.fetchAdd(1); } };
scope((s) => { s.spawn(pass); s.spawn(pass); }); assertEq(passed.load(), 1);`,
      fails: "panic: Panic: got 2, expected 1",
      repaired: `const taken = new AtomicBool(false), passed = new AtomicI32(0);
const pass = () => { if (!taken.fetchOr(true)) passed.fetchAdd(1); };
scope((s) => { s.spawn(pass); s.spawn(pass); }); assertEq(passed.load(), 1);`,
    },
  ],
];

describe("atomics", () => {
  it.each(ROWS)("%s", (_title, program, expected) => checkStd(program, expected));
  it.each(ERRORS)("say what is wrong with %s", (_what, program, message) =>
    checkStd(program, ends("panic", message)),
  );
  it.each(TWINS)("%s: buggy and repaired", (_title, twins) => checkTwins(twins));
});
