import type { Idiom } from "./idiom.ts";

/** Classes, errors, objects and control flow. */
export const CLASS_IDIOMS: readonly Idiom[] = [
  [
    "an Error subclass that sets `name` in its constructor",
    `class NotFound extends Error { constructor(readonly what: string) { super(\`no \${what}\`); this.name = "NotFound"; } }
try { throw new NotFound("file"); } catch (e) { const error = e as NotFound; console.log(\`\${error}\`, error.what, error instanceof NotFound, error instanceof Error); }`,
    ["NotFound: no file file true true"],
  ],
  [
    "an Error subclass with `name` as a field, and a cause",
    `class Failed extends Error { override name = "Failed"; }
const failed = new Failed("outer", { cause: new RangeError("inner") });
console.log(String(failed), (failed.cause as Error).message, Object.keys(failed).join());`,
    ["Failed: outer inner name"],
  ],
  [
    "an Error subclass with its own `toString` and `message` getter",
    `class Loud extends Error { override get message() { return "from a getter"; } override toString() { return "LOUD " + this.message; } }
console.log(\`\${new Loud()}\`, new Loud().name);`,
    ["LOUD from a getter Error"],
  ],
  [
    "an AggregateError and `Error.isError`-free checks",
    `const both = new AggregateError([new Error("a"), new TypeError("b")], "two");
console.log(both.message, both.errors.map((e: Error) => e.name).join(), both instanceof Error);`,
    ["two Error,TypeError true"],
  ],
  [
    "own properties named like inherited ones",
    `const counts: Record<string, number> = {};
for (const word of ["constructor", "toString", "valueOf", "constructor"]) counts[word] = (Object.hasOwn(counts, word) ? counts[word]! : 0) + 1;
console.log(JSON.stringify(counts));`,
    ['{"constructor":2,"toString":1,"valueOf":1}'],
  ],
  [
    "`hasOwnProperty` as a property of its own",
    `const table: any = { hasOwnProperty: 1 };
table.hasOwnProperty = 2; table.isPrototypeOf = 3;
console.log(table.hasOwnProperty, table.isPrototypeOf, Object.prototype.hasOwnProperty.call(table, "x"));`,
    ["2 3 false"],
  ],
  [
    "own `toString`, `valueOf` and `Symbol.toPrimitive`",
    `const money: any = { cents: 150 };
money.toString = () => "1.50"; money.valueOf = function (this: any) { return this.cents; };
const odd = { [Symbol.toPrimitive]: (hint: string) => (hint === "number" ? 7 : "seven") };
console.log(\`\${money}\`, money + 1, +odd, \`\${odd}\`);`,
    ["1.50 151 7 seven"],
  ],
  [
    "a dictionary without a prototype",
    `const bare = Object.create(null) as Record<string, number>;
bare["__proto__"] = 1; bare["constructor"] = 2;
console.log(Object.keys(bare).join(), "toString" in bare);`,
    ["__proto__,constructor false"],
  ],
  [
    "class fields, private fields and methods, statics and static blocks",
    `class Box { static #made = 0; static readonly all: string[] = []; static { this.all.push("start"); }
  #items: number[] = []; label = "box" + ++Box.#made; #sum() { return this.#items.reduce((a, b) => a + b, 0); }
  add(n: number) { this.#items.push(n); return this; } get total() { return this.#sum(); } static isBox(x: object) { return #items in x; } }
console.log(new Box().add(1).add(2).total, new Box().label, Box.isBox({}), Box.all.join());`,
    ["3 box2 false start"],
  ],
  [
    "getters, setters and computed names",
    `const key = "celsius";
const temperature = { _c: 20, get [key]() { return this._c; }, set [key](v: number) { this._c = v; }, get fahrenheit() { return this._c * 1.8 + 32; } };
temperature.celsius = 100;
console.log(temperature.fahrenheit);`,
    ["212"],
  ],
  [
    "an abstract class with parameter properties, protected members and an override",
    `abstract class Shape { constructor(protected readonly name: string, private sides = 0) {} abstract area(): number; describe() { return \`\${this.name}/\${this.sides}: \${this.area()}\`; } }
class Square extends Shape { constructor(private size: number) { super("square", 4); } override area() { return this.size ** 2; } }
console.log(new Square(3).describe());`,
    ["square/4: 9"],
  ],
  [
    "`super` in methods, accessors and statics",
    `class A { static make() { return "A"; } get v() { return 1; } m() { return "m"; } }
class B extends A { static override make() { return super.make() + "B"; } override get v() { return super.v + 1; } override m() { return super.m() + "!"; } }
console.log(B.make(), new B().v, new B().m());`,
    ["AB 2 m!"],
  ],
  [
    "mixins: a class made by a function",
    `const Named = <T extends new (...args: any[]) => object>(Base: T) => class extends Base { label = "named"; };
class Plain { n = 1; }
const mixed = new (Named(Plain))();
console.log(mixed.label, mixed.n, mixed instanceof Plain);`,
    ["named 1 true"],
  ],
  [
    "a class that extends Array",
    `class Stack<T> extends Array<T> { get top() { return this[this.length - 1]; } }
const stack = Stack.from([1, 2, 3]) as Stack<number>;
console.log(stack.top, stack.map((n) => n * 2) instanceof Stack, stack.length, Array.isArray(stack));`,
    ["3 true 3 true"],
  ],
  [
    "a class that extends Map",
    `class Counter extends Map<string, number> { add(key: string) { return this.set(key, (this.get(key) ?? 0) + 1); } }
const counter = new Counter().add("a").add("b").add("a") as Counter;
console.log([...counter].join(";"), counter.size, counter instanceof Map);`,
    ["a,2;b,1 2 true"],
  ],
  [
    "labelled breaks and continues",
    `const found: string[] = [];
outer: for (let i = 0; i < 4; i++) { for (let j = 0; j < 4; j++) { if (j === 2) continue outer; if (i === 2) break outer; found.push(\`\${i}\${j}\`); } }
console.log(found.join());`,
    ["00,01,10,11"],
  ],
  [
    "a switch that falls through, with blocks and a default in the middle",
    `const kind = (n: number) => { let s = ""; switch (n) { case 1: s += "one "; case 2: { s += "two"; break; } default: s = "many"; case 9: s += "!"; } return s; };
console.log([1, 2, 3, 9].map(kind).join("|"));`,
    ["one two|two|many!|!"],
  ],
];
