import { it } from "vitest";
import { checkRow, ends, prints, type Row } from "./table.ts";

/** What may go to another thread, and how it arrives (DESIGN 4, "Send"). */
const ROWS: readonly Row[] = [
  [
    "a guard cannot be sent",
    `const [tx, rx] = channel<object>();
const shared = new Mutex(0);
tx.send({ guard: shared.lock() }); rx.drop();`,
    ends(
      "misuse",
      "`value.guard` is a lock's guard; a guard stays in the thread that locked. Unlock it, and send the value.",
      "4:1",
    ),
  ],
  [
    "a function in a message is refused with its path",
    `const [tx, rx] = channel<object>();
tx.send({ job: { onDone: () => 1 } }); rx.drop();`,
    ends(
      "misuse",
      "`value.job.onDone` is a function; functions cannot go to another thread. Send data, and let the other side hold the code.",
      "3:1",
    ),
  ],
  [
    "a symbol in a message is refused with its path",
    `const [tx, rx] = channel<object>();
tx.send([1, Symbol("mark")]); rx.drop();`,
    ends(
      "misuse",
      "`value[1]` is a symbol; symbols cannot go to another thread. Send data, and let the other side hold the code.",
      "3:1",
    ),
  ],
  [
    "an instance travels with its class, fields, private fields and methods; its constructor does not run again",
    `class Account { #cents = 0; readonly log: string[] = []; constructor(start: number) { console.log("made"); this.#cents = start; }
  add(n: number) { this.#cents += n; this.log.push(\`+\${n}\`); return this; } get cents() { return this.#cents; } }
export function main() {
  const account = spawn(() => new Account(5).add(2)).join();
  account.add(1);
  console.log(account.cents, account.log, account instanceof Account);
}`,
    prints("made", '8 ["+2", "+1"] true'),
  ],
  [
    "an instance travels with the private fields of the classes it extends",
    `class Base { #a = Math.max(1, 2); constructor({ a, b = 3 }: { a: number; b?: number }, [c]: number[] = [4]) { this.#a += a + b + c!; } get a() { return this.#a; } }
class Leaf extends Base { #b = [this.a]; tag; constructor(a: number) { super({ a }); this.tag = \`t\${a}\`; } all() { return [this.a, this.#b, this.tag]; } }
export function main() {
  const leaf = new Mutex(new Leaf(1));
  using guard = leaf.lock();
  console.log(guard.value.all(), guard.value instanceof Leaf);
}`,
    prints('[10, [10], "t1"] true'),
  ],
  [
    "an instance of a class that extends Error, Map or Array travels as that",
    `class Problem extends Error { override name = "Problem"; #code = 7; get code() { return this.#code; } }
class Scores extends Map<string, number> { title = "all"; total() { return [...this.values()].reduce((a, b) => a + b, 0); } }
class Stack extends Array<number> { get top() { return this.at(-1); } }
export function main() {
  const problem = spawn(() => new Problem("bad")).join();
  console.log(\`\${problem}\`, problem.code, problem instanceof Problem);
  const scores = spawn(() => new Scores([["a", 1], ["b", 2]])).join();
  console.log(scores.total(), scores.title, scores);
  const stack = spawn(() => Stack.of(4, 5)).join();
  console.log(stack.top, stack.length, stack instanceof Stack);
}`,
    prints("Problem: bad 7 true", '3 all Map { "a" => 1, "b" => 2 }', "5 2 true"),
  ],
  [
    "a private field that holds a function is refused with its path",
    `class Job { #onDone = () => 1; run() { return this.#onDone(); } }
export function main() {
  const [tx, rx] = channel<Job>();
  tx.send(new Job()); rx.drop();
}`,
    ends(
      "misuse",
      "`value.#onDone` is a function; functions cannot go to another thread. Send data, and let the other side hold the code.",
      "5:3",
    ),
  ],
  [
    "an instance of a class inside a function is refused",
    `class Outer { make() { return new (class Inner { n = 1; })(); } }
export function main() {
  const [tx, rx] = channel<object>();
  tx.send({ one: new Outer().make() }); rx.drop();
}`,
    ends(
      "misuse",
      "`value.one` is an instance of a class that is not declared at the top of a module; such objects cannot go to another thread. Send its data.",
      "5:3",
    ),
  ],
  [
    "an instance of a class that extends a lock is refused in a message",
    `class Named extends Mutex<number> { label = "n"; }
export function main() {
  const [tx, rx] = channel<object>();
  tx.send(new Named(0)); rx.drop();
}`,
    ends(
      "misuse",
      "`value` is an instance of a class that extends a class of the library; such objects cannot go to another thread. Send its data.",
      "5:3",
    ),
  ],
  [
    "a value that refers to itself arrives as such",
    `const ring: { next?: object; all: Set<object> } = { all: new Set() };
ring.next = ring; ring.all.add(ring);
const copy = structuredClone(ring);
console.log(copy.next === copy, copy.all.has(copy), copy !== ring);`,
    prints("true true true"),
  ],
  [
    "a message is a copy: the sender may go on changing its own",
    `const [tx, rx] = channel<{ n: number }>();
const mine = { n: 1 };
tx.send(mine); mine.n = 2;
const got = rx.recv();
if (got.ok) { got.value.n += 10; console.log(got.value.n, mine.n); }`,
    prints("11 2"),
  ],
];

it.each(ROWS)("%s", (_title, program, expected) => checkRow(program, expected));
