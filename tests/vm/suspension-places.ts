/** A place where the language runs a program's code in the middle of something of its own. */
export type Place = readonly [title: string, body: string, lines: readonly string[]];

/**
 * Every body calls `pause(x)`, which returns `x` after suspending in some way, and must print what it would print
 * had it never been suspended.
 */
export const PLACES: readonly Place[] = [
  ["a getter", `const o = { get v() { return pause(7); } }; console.log(o.v + 1);`, ["8"]],
  ["a static getter", `class A { static get v() { return pause("s"); } } console.log(A.v);`, ["s"]],
  [
    "an inherited getter called on super",
    `class A { get v() { return pause(2); } } class B extends A { get v() { return super.v * 10; } } console.log(new B().v);`,
    ["20"],
  ],
  [
    "a setter",
    `let seen = 0; const o = { set v(n: number) { seen = pause(n) + 1; } }; o.v = 4; console.log(seen);`,
    ["5"],
  ],
  [
    "a compound assignment through accessors",
    `let n = 1; const o = { get v() { return pause(n); }, set v(x) { n = pause(x); } }; o.v += 5; o.v **= 2; console.log(n);`,
    ["36"],
  ],
  [
    "the Proxy trap get",
    `const p = new Proxy({ a: 1 }, { get: (t, k) => pause(String(k)) + t.a }); console.log(p.a);`,
    ["a1"],
  ],
  [
    "the Proxy trap set",
    `const t = { a: 1 }; const p = new Proxy(t, { set: (o, k, v) => Reflect.set(o, k, pause(v as number) * 2) }); p.a = 21; console.log(t.a);`,
    ["42"],
  ],
  [
    "the Proxy trap has",
    `const p = new Proxy({}, { has: (_, k) => pause(k === "x") }); console.log("x" in p, "y" in p);`,
    ["true false"],
  ],
  [
    "the Proxy trap ownKeys",
    `const p = new Proxy({ a: 1, b: 2 }, { ownKeys: (t) => pause(Reflect.ownKeys(t)) }); console.log(Object.keys(p), { ...p });`,
    [`["a", "b"] { a: 1, b: 2 }`],
  ],
  [
    "the Proxy trap getOwnPropertyDescriptor",
    `const p = new Proxy({ a: 1 }, { getOwnPropertyDescriptor: (t, k) => pause(Reflect.getOwnPropertyDescriptor(t, k)) }); console.log(Object.keys(p), Object.hasOwn(p, "b"));`,
    [`["a"] false`],
  ],
  [
    "the Proxy trap deleteProperty",
    `const t: { a?: number } = { a: 1 }; const p = new Proxy(t, { deleteProperty: (o, k) => pause(Reflect.deleteProperty(o, k)) }); delete p.a; console.log(t);`,
    ["{}"],
  ],
  [
    "the Proxy trap defineProperty",
    `const t = {}; const p = new Proxy(t, { defineProperty: (o, k, d) => pause(Reflect.defineProperty(o, k, d)) }); Object.defineProperty(p, "z", { value: 3, enumerable: true }); console.log(t);`,
    ["{ z: 3 }"],
  ],
  [
    "the Proxy trap getPrototypeOf",
    `const p = new Proxy({}, { getPrototypeOf: () => pause(Date.prototype) }); console.log(p instanceof Date);`,
    ["true"],
  ],
  [
    "the Proxy trap apply",
    `const p = new Proxy((a: number) => a, { apply: (f, _, args) => pause(f(args[0])) + 1 }); console.log(p(1), [1, 2].map((n) => p(n)));`,
    ["2 [2, 3]"],
  ],
  [
    "the Proxy trap construct",
    `class A { v = 0; } const P = new Proxy(A, { construct: (C) => Object.assign(new C(), { v: pause(9) }) }); console.log(new P().v);`,
    ["9"],
  ],
  [
    "a JSON replacer",
    `console.log(JSON.stringify({ a: 1, b: [2] }, (_, v) => (typeof v === "number" ? pause(v) * 10 : v)));`,
    [`{"a":10,"b":[20]}`],
  ],
  [
    "a JSON reviver",
    `console.log(JSON.parse("[1,[2]]", (_, v) => (typeof v === "number" ? pause(v) + 1 : v)));`,
    ["[2, [3]]"],
  ],
  [
    "toJSON",
    `console.log(JSON.stringify([{ toJSON: () => pause("j") }, { toJSON: () => pause([1]) }]));`,
    [`["j",[1]]`],
  ],
  [
    "toString in a template",
    `const o = { toString: () => pause("o") }; console.log(\`<\${o}\${o}>\`);`,
    ["<oo>"],
  ],
  [
    "toString as a property key",
    `const k = { toString: () => pause("key") }; const o = { key: 5 } as Record<string, number>; console.log(o[k as unknown as string]);`,
    ["5"],
  ],
  [
    "toString in String.prototype.concat and join",
    `const o = { toString: () => pause("o") }; console.log(["a", o, "b"].join("-"), "x".concat(o as unknown as string));`,
    ["a-o-b xo"],
  ],
  [
    "valueOf in arithmetic and comparison",
    `const n = (v: number) => ({ valueOf: () => pause(v) }) as unknown as number; console.log(n(2) * n(3), n(1) < n(2), -n(4), Math.max(n(5), n(6)));`,
    ["6 true -4 6"],
  ],
  [
    "Symbol.toPrimitive",
    `const o = { [Symbol.toPrimitive]: (hint: string) => pause(hint === "number" ? 5 : hint) } as unknown as number; console.log(+o, \`\${o}\`, o + "");`,
    ["5 string default"],
  ],
  [
    "Symbol.hasInstance",
    `class A { static [Symbol.hasInstance](v: unknown) { return pause(v === 1); } } console.log((1 as unknown) instanceof A, (2 as unknown) instanceof A);`,
    ["true false"],
  ],
  [
    "a tag of a template",
    `const tag = (s: TemplateStringsArray, ...v: number[]) => pause(s.join("|")) + v.map((x) => pause(x)).join(","); console.log(tag\`a\${1}b\${2}c\`);`,
    ["a|b|c1,2"],
  ],
  [
    "an expression inside a template",
    `console.log(\`\${pause(1)}-\${pause("two")}-\${[pause(3)]}\`);`,
    ["1-two-3"],
  ],
  [
    "destructuring by iterator",
    `function* g() { yield pause(1); yield pause(2); yield pause(3); } const [a, , c] = g(); console.log(a, c);`,
    ["1 3"],
  ],
  [
    "destructuring by getters",
    `const o = { get a() { return pause(1); }, get b() { return { get c() { return pause(2); } }; } }; const { a, b: { c } } = o; console.log(a, c);`,
    ["1 2"],
  ],
  [
    "defaults of destructuring",
    `const { a = pause(1), b: [x = pause(2), y = pause(3)] = [] as number[] } = {} as { a?: number; b?: number[] }; console.log(a, x, y);`,
    ["1 2 3"],
  ],
  [
    "a rest element",
    `const o = { get a() { return pause(1); }, get b() { return pause(2); }, c: 3 }; const { c, ...rest } = o; console.log(c, rest);`,
    ["3 { a: 1, b: 2 }"],
  ],
  [
    "destructuring that stops early, and closes its iterator",
    `const log: string[] = []; const it = { [Symbol.iterator]() { return { next: () => ({ done: false, value: pause(1) }), return: () => { log.push(pause("closed")); return { done: true, value: 0 }; } }; } }; const [a, b] = it; console.log(a, b, log);`,
    [`1 1 ["closed"]`],
  ],
  [
    "class field initialisers",
    `class A { a = pause(1); b = this.a + pause(1); #c = pause(3); get c() { return this.#c; } } const x = new A(); console.log(x.a, x.b, x.c);`,
    ["1 2 3"],
  ],
  [
    "static fields and static blocks",
    `const log: number[] = []; class A { static a = pause(1); static { log.push(this.a, pause(2)); } static b = pause(3); } console.log(A.a, A.b, log);`,
    ["1 3 [1, 2]"],
  ],
  [
    "computed keys",
    `const o = { [pause("a")]: pause(1), [pause("b")]: pause(2) }; class C { [pause("m")]() { return 3; } static [pause("s")] = 4; } console.log(o, (new C() as unknown as { m(): number }).m(), (C as unknown as { s: number }).s);`,
    ["{ a: 1, b: 2 } 3 4"],
  ],
  [
    "an extends clause",
    `class A { v = 1; } class B extends pause(A) { w = 2; } console.log(new B().v, new B().w);`,
    ["1 2"],
  ],
  [
    "a constructor before and after super",
    `class A { constructor(readonly v: number) { pause(0); } } class B extends A { w: number; constructor() { const n = pause(4); super(pause(n)); this.w = pause(this.v); } } console.log(new B().w);`,
    ["4"],
  ],
  [
    "default parameters",
    `const f = (a = pause(1), b = a + pause(1), { c } = { c: pause(3) }) => [a, b, c]; console.log(f(), f(5));`,
    ["[1, 2, 3] [5, 6, 3]"],
  ],
  [
    "arguments, in order",
    `const log: number[] = []; const n = (x: number) => { log.push(x); return pause(x); }; console.log(Math.max(n(1), n(3), n(2)), log);`,
    ["3 [1, 3, 2]"],
  ],
  [
    "spread in calls, arrays and objects",
    `function* g() { yield pause(1); yield pause(2); } const o = { get k() { return pause(3); } }; console.log([...g(), ...g()], Math.max(...g()), { ...o });`,
    ["[1, 2, 1, 2] 2 { k: 3 }"],
  ],
  [
    "using and its dispose",
    `const log: string[] = []; const r = (n: string) => ({ [Symbol.dispose]: () => { log.push(pause(n)); } }); { using a = pause(r("a")); using b = r("b"); void a; void b; log.push(pause("body")); } console.log(log);`,
    [`["body", "b", "a"]`],
  ],
  [
    "dispose while an error passes",
    `const log: string[] = []; try { using a = { [Symbol.dispose]: () => { log.push(pause("disposed")); } }; void a; throw new Error(pause("e")); } catch (e) { log.push(pause((e as Error).message)); } console.log(log);`,
    [`["disposed", "e"]`],
  ],
  [
    "using in a for loop's head",
    `const log: number[] = []; for (const n of [1, 2]) { using r = { [Symbol.dispose]: () => { log.push(pause(n)); } }; void r; if (n === 1) continue; log.push(pause(0)); } console.log(log);`,
    ["[1, 0, 2]"],
  ],
  [
    "an iterator's return() after break",
    `const log: string[] = []; const it = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: pause(1) }), return: () => { log.push(pause("return")); return { done: true, value: 0 }; } }) }; for (const n of it) { void n; break; } console.log(log);`,
    [`["return"]`],
  ],
  [
    "a generator's finally on break",
    `const log: string[] = []; function* g() { try { yield pause(1); yield 2; } finally { log.push(pause("f1")); log.push(pause("f2")); } } for (const n of g()) { log.push(String(n)); break; } console.log(log);`,
    [`["1", "f1", "f2"]`],
  ],
  [
    "a generator's finally on return()",
    `function* g(): Generator<number, string> { try { yield 1; return "no"; } finally { pause(0); } } const it = g(); it.next(); console.log(it.return(pause("r")).value, it.next().done);`,
    ["r true"],
  ],
  [
    "a generator's catch on throw()",
    `function* g(): Generator<number> { try { yield 1; } catch (e) { yield pause(String(e).length); } } const it = g(); it.next(); console.log(it.throw("boom").value);`,
    ["4"],
  ],
  [
    "a yield that overrides return()",
    `function* g(): Generator<number> { try { yield 1; } finally { yield pause(2); } } const it = g(); it.next(); console.log(it.return(9).value, it.next());`,
    ["2 { value: 9, done: true }"],
  ],
  [
    "nested yield*",
    `function* a(): Generator<number, number> { yield pause(1); return pause(2); } function* b(): Generator<number, number> { const x = yield* a(); yield pause(x + 1); return x; } function* c() { yield (yield* b()) * 10; } console.log([...c()]);`,
    ["[1, 3, 20]"],
  ],
  [
    "iterator helpers",
    `console.log([1, 2, 3, 4].values().filter((n) => pause(n) % 2 === 0).map((n) => pause(n) * 2).toArray());`,
    ["[4, 8]"],
  ],
  [
    "Array.from with a mapping",
    `console.log(Array.from({ length: 3 }, (_, i) => pause(i) * 2), Array.from(new Set([1, 2]), (n) => pause(n)));`,
    ["[0, 2, 4] [1, 2]"],
  ],
  [
    "Array.from an iterator",
    `function* g() { yield pause("a"); yield pause("b"); } console.log(Array.from(g()), new Set(g()).size, Object.fromEntries([[pause("k"), 1]]));`,
    [`["a", "b"] 2 { k: 1 }`],
  ],
  [
    "sort",
    `console.log([5, 3, 9, 1, 7].sort((a, b) => pause(a - b)), [2, 1].toSorted((a, b) => pause(a) - pause(b)));`,
    ["[1, 3, 5, 7, 9] [1, 2]"],
  ],
  [
    "array callbacks",
    `const a = [1, 2, 3]; console.log(a.map((n) => pause(n) + 1), a.filter((n) => pause(n) > 1), a.reduce((x, y) => pause(x + y)), a.reduceRight((x, y) => pause(x - y)), a.find((n) => pause(n) === 2), a.some((n) => pause(n) > 2), a.every((n) => pause(n) > 2), a.findLastIndex((n) => pause(n) < 3), a.flatMap((n) => [n, pause(n)]));`,
    ["[2, 3, 4] [2, 3] 6 0 2 true false 1 [1, 1, 2, 2, 3, 3]"],
  ],
  [
    "Map and Set callbacks",
    `const log: string[] = []; new Map([["a", 1], ["b", 2]]).forEach((v, k) => log.push(pause(k) + v)); new Set([3]).forEach((v) => log.push(String(pause(v)))); console.log(log, Object.groupBy([1, 2, 3], (n) => pause(n % 2 ? "odd" : "even")));`,
    [`["a1", "b2", "3"] { odd: [1, 3], even: [2] }`],
  ],
  [
    "typed array callbacks",
    `console.log([...Uint8Array.from([3, 1, 2], (n) => pause(n) * 2).sort((a, b) => pause(a - b))], [...new Uint8Array([1, 2]).map((n) => pause(n))]);`,
    ["[2, 4, 6] [1, 2]"],
  ],
  [
    "replace and replaceAll callbacks",
    `console.log("a1b2".replace(/\\d/g, (d) => pause(d) + d), "xx".replaceAll("x", () => pause("y")));`,
    ["a11b22 yy"],
  ],
  [
    "matchAll, split and their protocols",
    `const splitter = { [Symbol.split]: (s: string) => [pause(s)] }; console.log([..."a1b2".matchAll(/\\d/g)].map((m) => pause(m[0])), "whole".split(splitter as unknown as string));`,
    [`["1", "2"] ["whole"]`],
  ],
  [
    "Reflect.apply and Reflect.construct",
    `class A { v = pause(1); } console.log(Reflect.apply((a: number) => pause(a), null, [3]), Reflect.construct(A, []).v);`,
    ["3 1"],
  ],
  [
    "bind, call and apply",
    `function f(this: { k: number }, a: number) { return pause(this.k) + pause(a); } console.log(f.bind({ k: 1 }, 2)(), f.call({ k: 3 }, 4), f.apply({ k: 5 }, [6]));`,
    ["3 7 11"],
  ],
  [
    "finally around return, break and throw",
    `const log: number[] = []; const f = () => { for (;;) { try { try { return pause(1); } finally { log.push(pause(2)); } } finally { log.push(pause(3)); } } }; log.push(f()); l: for (;;) { try { break l; } finally { log.push(pause(4)); } } console.log(log);`,
    ["[2, 3, 1, 4]"],
  ],
  [
    "a finally that replaces the result",
    `const f = () => { try { throw new Error(pause("lost")); } finally { return pause("kept"); } }; console.log(f());`,
    ["kept"],
  ],
  [
    "a switch's cases",
    `const f = (n: number) => { switch (n) { case pause(1): return "one"; case pause(2): return pause("two"); default: return "many"; } }; console.log(f(1), f(2), f(3));`,
    ["one two many"],
  ],
  [
    "loop heads",
    `const log: number[] = []; for (let i = pause(0); pause(i) < 3; i += pause(1)) log.push(i); for (const k in pause({ a: 1, b: 2 })) log.push(k.length); while (pause(log.length) < 6) log.push(9); do log.push(8); while (pause(log.length) < 8); console.log(log);`,
    ["[0, 1, 2, 1, 1, 9, 8, 8]"],
  ],
  [
    "closures made by each turn of a loop",
    `const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) { pause(i); fs.push(() => pause(i)); } console.log(fs.map((f) => f()));`,
    ["[0, 1, 2]"],
  ],
  [
    "optional chaining and logical assignment",
    `const o: { f?: () => number; n: number | null; z?: { v: number } } = { f: () => pause(1), n: null }; o.n ??= pause(2); o.n &&= pause(3); console.log(o.f?.(), o.n, o.z?.v ?? pause("none"));`,
    ["1 3 none"],
  ],
  [
    "private methods and accessors",
    `class A { #n = 1; get #v() { return pause(this.#n); } set #v(x) { this.#n = pause(x); } #m() { return pause(this.#v + 1); } go() { this.#v = this.#m(); return #n in this && this.#v; } } console.log(new A().go());`,
    ["2"],
  ],
  [
    "delete, typeof, in and comma",
    `const o: { a?: number } = { a: 1 }; delete pause(o).a; console.log(typeof pause(1), "a" in pause(o), (pause(1), pause(2)));`,
    ["number false 2"],
  ],
  [
    "the message of an error on its way",
    `try { throw Object.defineProperty(new Error("x"), "message", { get: () => pause("late") }); } catch (e) { console.log((e as Error).message); }`,
    ["late"],
  ],
  [
    "BigInt and Date conversions",
    `console.log(BigInt({ valueOf: () => pause(7) } as unknown as number) + 1n, new Date({ valueOf: () => pause(5) } as unknown as number).getTime());`,
    ["8n 5"],
  ],
  [
    "structuredClone of a getter",
    `console.log(structuredClone({ get v() { return pause(1); } }));`,
    ["{ v: 1 }"],
  ],
];
