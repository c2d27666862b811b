import type { Idiom } from "./idiom.ts";

/** Collections, dates, JSON, reflection, functions and types. */
export const BUILT_IN_IDIOMS: readonly Idiom[] = [
  [
    "Set methods",
    `const odd = new Set([1, 3, 5]), small = new Set([1, 2, 3]);
console.log([...odd.union(small)].join(), [...odd.intersection(small)].join(), [...odd.difference(small)].join(), [...odd.symmetricDifference(small)].join(), odd.isSubsetOf(small), new Set("hello").size);`,
    ["1,3,5,2 1,3 5 5,2 false 4"],
  ],
  [
    "WeakMap and WeakSet",
    `const secrets = new WeakMap<object, string>(), seen = new WeakSet();
const id = {};
secrets.set(id, "s"); seen.add(id);
console.log(secrets.get(id), secrets.has({}), seen.has(id), secrets.delete(id), secrets.has(id));`,
    ["s false true true false"],
  ],
  [
    "typed arrays and views",
    `const bytes = new Uint8Array([1, 256, -1]);
const view = new DataView(new ArrayBuffer(8));
view.setInt16(0, -2); view.setFloat32(4, 1.5, true);
console.log(bytes.join(), Uint8ClampedArray.of(300, -5).join(), view.getUint16(0), view.getFloat32(4, true), bytes.subarray(1).length, new Float64Array([0.5]).map((n) => n * 2)[0], Int16Array.from([3, 1, 2]).sort().join());`,
    ["1,0,255 255,0 65534 1.5 2 1 1,2,3"],
  ],
  [
    "structuredClone",
    `const shared = { n: 1 };
const original = { date: new Date(5), map: new Map([["k", new Set([1])]]), again: [shared, shared], nothing: undefined, big: 5n };
const copy = structuredClone(original);
copy.again[0]!.n = 2;
console.log(copy.date.getTime(), copy.map.get("k")!.has(1), copy.again[1]!.n, original.again[0]!.n, "nothing" in copy, String(copy.big), copy.map instanceof Map);`,
    ["5 true 2 1 true 5 true"],
  ],
  [
    "dates made from numbers and texts",
    `const day = new Date(Date.UTC(2024, 1, 29, 12, 30));
day.setUTCDate(day.getUTCDate() + 1);
console.log(day.toISOString(), new Date("2024-01-01T00:00:00Z").getTime(), new Date(0).toJSON(), Number.isNaN(new Date("nonsense").getTime()), JSON.stringify({ at: new Date(1000) }), day.getUTCDay());`,
    [
      '2024-03-01T12:30:00.000Z 1704067200000 1970-01-01T00:00:00.000Z true {"at":"1970-01-01T00:00:01.000Z"} 5',
    ],
  ],
  [
    "JSON with revivers, replacers and indentation",
    `const text = JSON.stringify({ n: 1, skip: undefined, at: new Date(0), nested: { list: [1, "ü"] }, f() {} }, (k, v) => (k === "n" ? v + 1 : v), 1);
console.log(text.replaceAll("\\n", "~"), JSON.stringify(JSON.parse("[1,{\\"a\\":2}]", (_, v) => (typeof v === "number" ? v * 2 : v))), JSON.stringify("\\u2028\\ud800"), JSON.stringify({ toJSON: () => "mine" }));`,
    [
      '{~ "n": 2,~ "at": "1970-01-01T00:00:00.000Z",~ "nested": {~  "list": [~   1,~   "ü"~  ]~ }~} [2,{"a":4}] " \\ud800" "mine"',
    ],
  ],
  [
    "a syntax error in JSON is caught",
    `try { JSON.parse("{oops"); } catch (error) { console.log((error as Error).name, error instanceof SyntaxError); }`,
    ["SyntaxError true"],
  ],
  [
    "symbols",
    `const mark = Symbol("mark");
const marked = { [mark]: 1, [Symbol.toStringTag]: "Marked" };
console.log(marked[mark], mark.description, String(marked), Symbol.for("a") === Symbol.for("a"), Object.keys(marked).length);`,
    ["1 mark [object Marked] true 0"],
  ],
  [
    "Proxy and Reflect",
    `const reads: string[] = [];
const watched = new Proxy({ a: 1 } as Record<string, number>, { get: (target, k, self) => { reads.push(String(k)); return Reflect.get(target, k, self) as number; }, has: (_, k) => k === "magic", deleteProperty: () => true });
console.log(watched["a"], watched["b"], "magic" in watched, delete watched["a"], reads.join(), Reflect.ownKeys({ x: 1, [Symbol.iterator]: 2 }).length, Reflect.has([1], 0), Proxy.name, Proxy.length);`,
    ["1 undefined true true a,b 2 true Proxy 2"],
  ],
  [
    "freezing and property descriptors",
    `const frozen = Object.freeze({ a: 1, deep: { b: 2 } });
frozen.deep.b = 3;
try { (frozen as any).a = 2; } catch (error) { console.log((error as Error).name); }
const once = Object.defineProperty({}, "x", { value: 1, enumerable: false });
console.log(frozen.deep.b, Object.isFrozen(frozen), Object.keys(once).length, JSON.stringify(Object.getOwnPropertyDescriptor(once, "x")));`,
    ["TypeError", '3 true 0 {"value":1,"writable":false,"enumerable":false,"configurable":false}'],
  ],
  [
    "`using` disposes in reverse order, also on a throw",
    `const log: string[] = [];
const open = (name: string) => ({ [Symbol.dispose]() { log.push("close " + name); } });
try { using a = open("a"), b = open("b"); log.push("work"); throw new Error("stop"); } catch (error) { log.push((error as Error).message); }
console.log(log.join());`,
    ["work,close b,close a,stop"],
  ],
  [
    "closures in loops",
    `const late: (() => number)[] = [];
for (let i = 0; i < 3; i++) late.push(() => i);
for (const v of [7, 8]) late.push(() => v);
var shared = 0; for (var k = 0; k < 2; k++) late.push(() => k);
console.log(late.map((f) => f()).join(), shared);`,
    ["0,1,2,7,8,2,2 0"],
  ],
  [
    "currying, composition and recursion",
    `const curry = (f: (...args: any[]) => any): any => function next(...args: any[]): any { return args.length >= f.length ? f(...args) : (...more: any[]) => next(...args, ...more); };
const compose = <T>(...fs: ((x: T) => T)[]) => (x: T) => fs.reduceRight((v, f) => f(v), x);
const hanoi = (n: number): number => (n === 0 ? 0 : 2 * hanoi(n - 1) + 1);
console.log(curry((a: number, b: number, c: number) => a + b + c)(1)(2, 3), compose<number>((n) => n + 1, (n) => n * 2)(5), hanoi(10));`,
    ["6 11 1023"],
  ],
  [
    "memoised functions and bound ones",
    `const memo = (f: (n: number) => number) => { const known: Record<number, number> = {}; return (n: number) => (known[n] ??= f(n)); };
const fib = memo((n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)));
const greet = function (this: { name: string }, mark: string) { return this.name + mark; };
console.log(fib(50), greet.bind({ name: "A" })("!"), greet.call({ name: "B" }, "?"), greet.apply({ name: "C" }, ["."]), greet.bind({ name: "D" }).name);`,
    ["12586269025 A! B? C. bound greet"],
  ],
  [
    "functions with fields, defaults, rest and `arguments`",
    `function tally(this: unknown, first = 1, ...rest: number[]) { tally.calls++; return first + rest.length + arguments.length; }
tally.calls = 0;
console.log(tally(), tally(5, 1, 1), tally.calls, tally.length, tally.name);`,
    ["1 10 2 0 tally"],
  ],
  [
    "a constructor function with a prototype",
    `function Animal(this: any, name: string) { this.name = name; }
Animal.prototype.speak = function () { return this.name + " speaks"; };
Animal.prototype.toString = function () { return "Animal " + this.name; };
const dog = new (Animal as any)("Rex");
console.log(dog.speak(), \`\${dog}\`, dog.constructor === Animal, Object.keys(dog).join());`,
    ["Rex speaks Animal Rex true name"],
  ],
  [
    "objects with a prototype of one's own, and `__proto__` in a literal",
    `const base = { hello() { return "hello " + this.who; }, who: "base" };
const derived = { __proto__: base, who: "derived" } as unknown as typeof base;
console.log(derived.hello(), Object.getPrototypeOf(derived) === base, Object.setPrototypeOf({ who: "set" }, base).hello());`,
    ["hello derived true hello set"],
  ],
  [
    "union types narrowed by a tag, `satisfies` and `as const`",
    `type Shape = { kind: "circle"; r: number } | { kind: "square"; side: number };
const size = (s: Shape) => { switch (s.kind) { case "circle": return s.r; case "square": return s.side ** 2; default: { const never: never = s; return never; } } };
const routes = { home: "/", user: "/u" } as const satisfies Record<string, string>;
console.log(size({ kind: "square", side: 3 }), Object.values(routes).join(), routes.home);`,
    ["9 /,/u /"],
  ],
  [
    "enums and namespaces",
    `enum Level { Low, High = 5, Max } enum Word { A = "a" } const enum Bit { One = 1, Two = One << 1 }
namespace Geometry { export const unit = 1; export function twice(n: number) { return n * 2 * unit; } }
export function main() { console.log(Level[5], Level.Max, Word.A, Bit.Two, Geometry.twice(4)); }`,
    ["High 6 a 2 8"],
  ],
  [
    "type guards, generics and overloads",
    `function isText(x: unknown): x is string { return typeof x === "string"; }
function pick(n: number): number; function pick(s: string): string; function pick(v: any) { return v; }
class Lazy<T> { #value?: T; constructor(private make: () => T) {} get value(): T { return (this.#value ??= this.make()); } }
console.log(["a", 1].filter(isText).length, pick("x"), new Lazy(() => 42).value, ([] as number[]).length!);`,
    ["1 x 42 0"],
  ],
  [
    "errors: finally, rethrow, nested",
    `const steps: string[] = [];
const run = (): string => { try { try { throw new TypeError("in"); } finally { steps.push("finally"); } } catch (e) { steps.push((e as Error).name); return "caught"; } finally { steps.push("last"); } };
console.log(run(), steps.join());`,
    ["caught finally,TypeError,last"],
  ],
  [
    "what the language itself throws",
    `const messages: string[] = [];
for (const bad of [() => (null as any).x, () => (undefined as any)(), () => missingName, () => new Array(-1), () => "x".repeat(-1), () => BigInt(1.5), () => decodeURIComponent("%")]) try { bad(); } catch (e) { messages.push((e as Error).name); }
console.log(messages.join());`,
    ["TypeError,TypeError,ReferenceError,RangeError,RangeError,RangeError,URIError"],
  ],
  [
    "a recursion without an end is a RangeError that can be caught",
    `const deep = (): number => 1 + deep();
try { deep(); } catch (error) { console.log(error instanceof RangeError, (error as Error).message); }`,
    ["true Maximum call stack size exceeded"],
  ],
  [
    "URI and number conversions of the global object",
    `console.log(encodeURIComponent("a b&ü"), decodeURIComponent("%C3%BC"), isNaN(Number("x")), globalThis.parseInt("7"), typeof globalThis, void 0 === undefined);`,
    ["a%20b%26%C3%BC ü true 7 object true"],
  ],
  [
    "a queue, a linked list and a heap by hand",
    `class Queue<T> { #in: T[] = []; #out: T[] = []; push(v: T) { this.#in.push(v); } pop(): T | undefined { if (this.#out.length === 0) while (this.#in.length) this.#out.push(this.#in.pop()!); return this.#out.pop(); } }
type Node = { v: number; next: Node | null };
const q = new Queue<number>(); q.push(1); q.push(2);
let list: Node | null = null; for (const v of [1, 2, 3]) list = { v, next: list };
const out: number[] = []; for (let n = list; n; n = n.next) out.push(n.v);
console.log(q.pop(), q.pop(), q.pop(), out.join());`,
    ["1 2 undefined 3,2,1"],
  ],
  [
    "comma, exponent, bit and void operators",
    `let n = 5; const m = (n++, n * 2);
console.log(m, 2 ** 3 ** 2, (-2) ** 2, 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 31, -1 >>> 31, typeof void 0, !!"" || "x");`,
    ["12 512 4 1 7 6 -6 -2147483648 1 undefined x"],
  ],
];
