import { it } from "vitest";
import { checkRow, ends, prints, refusesCopy, type Row } from "./table.ts";

/** A thread has copies of what its parent made, and changes only its own (DESIGN 4). */
const ROWS: readonly Row[] = [
  [
    "another thread's assignment to a variable is refused",
    `let total = 0;
const add = (n: number) => {
  total = total + n;
};
spawn(() => add(1)).join();`,
    refusesCopy("total", "4:3"),
  ],
  [
    "another thread's `++` is refused",
    `let total = 0;
spawn(() => { total++; }).join();`,
    refusesCopy("total", "3:15"),
  ],
  [
    "a swap by destructuring is refused",
    `let a = 1, b = 2;
spawn(() => { [a, b] = [b, a]; }).join();`,
    refusesCopy("a", "3:16"),
  ],
  [
    "a loop over a captured variable is refused",
    `let item = 0;
spawn(() => { for (item of [1, 2]); }).join();`,
    refusesCopy("item", "3:20"),
  ],
  [
    "a captured loop variable is the parent's as well",
    `for (let i = 0; i < 1; i++) spawn(() => { i++; }).join();`,
    refusesCopy("i", "2:43"),
  ],
  [
    "destructuring into a captured object's field is refused",
    `const target = { a: 0 };
spawn(() => { ({ a: target.a } = { a: 1 }); }).join();`,
    refusesCopy("target", "3:21"),
  ],
  [
    "a captured object reached by destructuring is still the parent's",
    `const state = { inner: { n: 0 } };
spawn(() => { const { inner } = state; inner.n = 1; }).join();`,
    refusesCopy("inner", "3:40"),
  ],
  [
    "another thread's push is refused",
    `const items: number[] = [];
spawn(() => { items.push(1); }).join();`,
    refusesCopy("items", "3:15"),
  ],
  [
    "emptying an array by its length is refused",
    `const items = [1];
spawn(() => { items.length = 0; }).join();`,
    refusesCopy("items", "3:15"),
  ],
  [
    "`delete` is refused",
    `const state: { a?: number } = { a: 1 };
spawn(() => { delete state.a; }).join();`,
    refusesCopy("state", "3:22"),
  ],
  [
    "writes to a Map, a Set or a WeakMap are refused: a Map",
    `const seen = new Map<string, number>();
spawn(() => { seen.set("a", 1); }).join();`,
    refusesCopy("seen", "3:15"),
  ],
  [
    "a Set inside a Map",
    `const groups = new Map([["a", new Set<number>()]]);
spawn(() => { groups.get("a")!.add(1); }).join();`,
    refusesCopy("groups.get(…)", "3:15"),
  ],
  [
    "a WeakMap",
    `const seen = new WeakMap<object, number>();
spawn(() => { seen.set({}, 1); }).join();`,
    refusesCopy("seen", "3:15"),
  ],
  [
    "a setter of a Date is refused",
    `const start = new Date(0);
spawn(() => { start.setFullYear(2000); }).join();`,
    refusesCopy("start", "3:15"),
  ],
  [
    "an element of a typed array is refused, and its methods",
    `const bytes = new Uint8Array(2);
spawn(() => { bytes[0] = 1; }).join();`,
    refusesCopy("bytes", "3:15"),
  ],
  [
    "a typed array's `set`",
    `const bytes = new Uint8Array(2);
spawn(() => { bytes.set([1]); }).join();`,
    refusesCopy("bytes", "3:15"),
  ],
  [
    "a DataView's setter",
    `const view = new DataView(new ArrayBuffer(8));
spawn(() => { view.setInt16(0, 1); }).join();`,
    refusesCopy("view", "3:15"),
  ],
  [
    "a regular expression's `lastIndex` is refused, its use is not",
    `const words = /\\w/g;
spawn(() => { console.log("ab".match(words)); words.lastIndex = 1; }).join();`,
    refusesCopy("words", "3:47"),
  ],
  [
    "a field that a method writes is refused where the method runs in another thread",
    `class Counter { n = 0; add() { this.n += 1; } }
export function main() {
  const counter = new Counter();
  spawn(() => counter.add()).join();
}`,
    refusesCopy("counter", "2:32"),
  ],
  [
    "a private field as well",
    `class Counter { #n = 0; add() { this.#n++; } }
export function main() {
  const counter = new Counter();
  spawn(() => counter.add()).join();
}`,
    refusesCopy("counter", "2:33"),
  ],
  [
    "and a static one",
    `class Counter { static n = 0; static add() { Counter.n++; } }
export function main() {
  spawn(() => Counter.add()).join();
}`,
    refusesCopy("Counter", "2:46"),
  ],
  [
    "a static private one",
    `class Counter { static #n = 0; static add() { Counter.#n++; } }
export function main() {
  spawn(() => Counter.add()).join();
}`,
    refusesCopy("Counter", "2:47"),
  ],
  [
    "an object literal's method that writes `this` is refused",
    `const counter = { n: 0, add() { this.n++; } };
spawn(() => counter.add()).join();`,
    refusesCopy("counter", "2:33"),
  ],
  [
    "a setter is a write",
    `const holder = { kept: 0, set value(n: number) { this.kept = n; } };
spawn(() => { holder.value = 1; }).join();`,
    refusesCopy("holder", "3:15"),
  ],
  [
    "a write to a field of a function is refused",
    `const next = Object.assign(() => next.count, { count: 0 });
spawn(() => { next.count++; }).join();`,
    refusesCopy("next", "3:15"),
  ],
  [
    "`Object.assign` to a captured object is refused",
    `const state: object = {};
spawn(() => { Object.assign(state, { a: 1 }); }).join();`,
    refusesCopy("state", "3:15"),
  ],
  [
    "`Reflect.set` as well",
    `const state = { a: 0 };
spawn(() => { Reflect.set(state, "a", 1); }).join();`,
    refusesCopy("state", "3:15"),
  ],
  [
    "and `Object.defineProperty`",
    `const state = {};
spawn(() => { Object.defineProperty(state, "a", { value: 1 }); }).join();`,
    refusesCopy("state", "3:15"),
  ],
  [
    "and `Array.prototype.push.call`",
    `const items: number[] = [];
spawn(() => { Array.prototype.push.call(items, 1); }).join();`,
    refusesCopy("items", "3:41"),
  ],
  [
    "and `Reflect.apply`",
    `const items: number[] = [];
spawn(() => { Reflect.apply(items.push, items, [1]); }).join();`,
    refusesCopy("items", "3:15"),
  ],
  [
    "and `super.set` in a class that extends Map",
    `class Index extends Map<string, number> { add(key: string) { super.set(key, 1); } }
export function main() {
  const index = new Index();
  spawn(() => index.add("a")).join();
}`,
    refusesCopy("index", "2:62"),
  ],
  [
    "what a proxy stands for is the parent's too",
    `const items: number[] = [];
const view = new Proxy(items, {});
spawn(() => { view.push(1); }).join();`,
    refusesCopy("view", "4:15"),
  ],
  [
    "a bound function that writes what it was bound to is refused",
    `function log(this: { lines: string[] }, line: string) { this.lines.push(line); }
const store = { lines: [] as string[] };
const bound = log.bind(store, "x");
spawn(() => bound()).join();`,
    refusesCopy("this.lines", "2:57"),
  ],
  [
    "a generator goes on only in the thread that made it",
    `function* numbers() { let n = 0; while (true) yield n++; }
const source = numbers();
console.log(source.next().value);
spawn(() => { console.log(source.next().value); }).join();`,
    refusesCopy("source", "5:27"),
  ],
  [
    "nor does a `for` over it go on elsewhere",
    `const source = (function* () { yield 1; })();
spawn(() => { for (const n of source) console.log(n); }).join();`,
    refusesCopy("source", "3:31"),
  ],
  [
    "an iterator of an array or a Map is advanced by its maker only",
    `const entries = new Map([["a", 1]]).entries();
spawn(() => { entries.next(); }).join();`,
    refusesCopy("entries", "3:15"),
  ],
  [
    "a helper's iterator as well",
    `const doubled = [1, 2].values().map((n) => n * 2);
spawn(() => { console.log([...doubled]); }).join();`,
    refusesCopy("doubled", "3:15"),
  ],
  [
    "a lock with fields of its own: the lock is shared, the fields are copies",
    `class Named extends Mutex<number> { uses: string[] = []; }
export function main() {
  const named = new Named(5);
  spawn(() => { { using guard = named.lock(); guard.value++; console.log(guard.value); } named.uses.push("worker"); }).join();
}`,
    refusesCopy("named.uses", "5:90"),
  ],
  [
    "a child's child may not change what the child made",
    `spawn(() => {
  const mine: number[] = [];
  mine.push(0);
  spawn(() => { mine.push(1); }, { name: "grandchild" }).join();
}).join();`,
    refusesCopy("mine", "5:17", "grandchild"),
  ],
  [
    "reading a copy is fine",
    `const config = { retries: 3, hosts: new Map([["a", [1, 2]]]) };
console.log(spawn(() => config.retries + config.hosts.get("a")!.length).join());`,
    prints("5"),
  ],
  [
    "a thread changes what it made itself",
    `spawn(() => {
  const own: { n: number; list: number[] } = { n: 0, list: [] };
  own.n++; own.list.push(1); own.list.length = 0; Object.assign(own, { n: 5 });
  let sum = 0;
  [1, 2].forEach((n) => { sum += n; });
  console.log(own, sum, [3, 1].sort());
}).join();`,
    prints("{ n: 5, list: [] } 3 [1, 3]"),
  ],
  [
    "a thread changes its copy of a copy",
    `const items = [3, 1, 2];
spawn(() => { const own = [...items].sort(); own.push(4); console.log(own, items.toSorted()); }).join();`,
    prints("[1, 2, 3, 4] [1, 2, 3]"),
  ],
  [
    "what a message or a join brought is the receiver's own",
    `const [tx, rx] = channel<number[]>();
spawn(() => { for (const list of rx) { list.push(0); console.log(list); } });
tx.send([1]); tx.drop();
const list = spawn(() => [2]).join();
list.push(3); console.log(list);`,
    prints("[1, 0]", "[2, 3]"),
  ],
  [
    "a guard's value is changed in place or replaced",
    `const shared = new Mutex({ list: [1], n: 0 });
spawn(() => { using guard = shared.lock(); guard.value.list.push(2); guard.value.n++; }).join();
spawn(() => { using guard = shared.lock(); guard.value = { ...guard.value, n: 7 }; }).join();
console.log(shared.lock().value);`,
    prints("{ list: [1, 2], n: 7 }"),
  ],
  [
    "a parent goes on changing what is its own after the spawn",
    `const items: number[] = [];
let n = 0;
const thread = spawn(() => { sleep(1); return items.length + n; });
items.push(1); n = 5;
console.log(thread.join(), items.length, n);`,
    prints("0 1 5"),
  ],
  [
    "a flag that no other thread can set is named where the loop is stopped",
    `class Job { stop = false; run() { while (!this.stop) {} } }
export function main() {
  const job = new Job();
  const thread = spawn(() => job.run());
  job.stop = true;
  thread.join();
}`,
    ends(
      "out-of-fuel",
      "worker-1 ran an endless loop, or one far too long: it was stopped. It waits for `this.stop` to change, but every thread has its own copy of that: no other thread can change this one. Share an AtomicBool instead.",
      "2:35",
    ),
  ],
  [
    "a flag behind yields as well",
    `let done = false;
const thread = spawn(() => { while (!done) yieldNow(); });
done = true;
thread.join();`,
    ends(
      "inconclusive",
      "The program made more than 20,000 kernel calls in one run. It waits for `done` to change, but every thread has its own copy of that: no other thread can change this one. Share an AtomicBool instead.",
      "3:44",
    ),
  ],
  [
    "a loop that changes what it waits for is only a long loop",
    `let n = 0;
while (n < 10) n -= 1;`,
    ends("out-of-fuel", "main ran an endless loop, or one far too long: it was stopped.", "3:1"),
  ],
];

it.each(ROWS)("%s", (_title, program, expected) => checkRow(program, expected));
