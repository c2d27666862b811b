/** Each is a program whose `main()` must return (or throw) the same with and without instrumentation. */
export const SNIPPETS: Readonly<Record<string, string>> = {
  "class with fields, accessors and statics": `
    class Counter { static made = 0; count = 1; constructor(start = 2) { this.count += start; Counter.made++; }
      get twice() { return this.count * 2; } set twice(v) { this.count = v / 2; } static of(n: number) { return new Counter(n); } }
    export function main() { const c = Counter.of(5); c.twice = 20; return [c.twice, c.count, Counter.made, Counter.name, c.constructor.name]; }`,
  "inheritance with super calls": `
    class A { constructor(readonly x: number) {} sum(n: number) { return this.x + n; } get k() { return 1; } static s() { return "s"; } }
    class B extends A { y = this.x * 2; constructor(a: number) { super(Math.max(a, id(3))); } sum(n: number) { return super.sum(id(n)) + super.k; } static s() { return super.s() + "b"; } }
    const id = (n: number) => n;
    export function main() { const b = new B(1); return [b.sum(4), b.y, B.s(), b]; }`,
  "generators and yield*": `
    function* inner(n: number): any { const got = yield n; try { return got * 2 } finally { yield "bye" } }
    function* outer(): any { const a = yield* inner(1); const b = yield* inner(a); return [a, b, id(yield 5, yield 6)]; }
    const id = (a: any, b: any) => [a, b];
    export function main() { const g = outer(); const seen = [g.next()]; for (let i = 1; i < 9; i++) seen.push(g.next(i)); return seen; }`,
  "generator return runs finally": `
    const log: string[] = [];
    function* g() { try { yield 1; yield 2; } finally { log.push("closed"); } }
    export function main() { for (const v of g()) { log.push(String(v)); break; } return log; }`,
  "destructuring with defaults": `
    const f = ({ a, b: { c = id(3), ...rest } = { d: 1 } as any }: any, [x, , y = a, ...more]: any[] = [1, 2]) => [a, c, rest, x, y, more];
    const id = (n: number) => n;
    export function main() { return [f({ a: 1 }), f({ a: 2, b: { c: 4, e: 5 } }, [1, 2, 3, 4, 5])]; }`,
  "destructuring assignment to members": `
    export function main() { const o: any = { p: {} }; let a, b; const get = () => o.p;
      [o.x, get().y, a = 5] = [1, 2]; ({ k: o.k, l: get().l, ...b } = { k: 1, l: 2, m: 3 } as any); [a, b] = [b, a]; return [o, a, b]; }`,
  "destructuring assignment from an inner function": `
    let a = 1, b = 2, rest: any; const swap = () => { [a, b] = [b, a]; }; const open = () => ({ a, ...rest } = { a: 9, z: 1 } as any);
    export function main() { swap(); const r = open(); return [a, b, rest, r]; }`,
  "optional chains": `
    const o: any = { f: (n: number) => ({ g: () => n, h: null }), n: null };
    const id = (n: any) => n;
    export function main() { return [o?.f(1)?.g(), o.n?.f(id(1)).g(), o.x?.(id(2)), o.f?.(id(3)).g(), o?.f(id(4))?.h?.z(), o.x?.(id(5)).g(), o.x?.()[id(6)].g(id(7)), o.n?.[id("a")], delete o?.zz, delete o.n?.q]; }`,
  "optional chains keep this": `
    const o = { v: 7, get() { return this?.v; }, self() { return this; } };
    export function main() { return [o?.get(), (o?.get)(), o.self()?.get(), o.self().self()?.get?.(), (o.self()?.get)(), o["self"]()?.["get"]()]; }`,
  "labelled loops": `
    export function main() { const seen: number[] = []; outer: for (let i = 0; i < 4; i++) { for (const j of [0, 1, 2]) { if (j === 2) continue outer; if (i === 2) break outer; seen.push(i * 10 + j); } } return seen; }`,
  "closures in loops": `
    export function main() { const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) { fs.push(() => i++); } for (const k of [7, 8]) fs.push(() => k); return [fs.map((f) => f()), fs.map((f) => f())]; }`,
  "assignment to a loop variable from a closure": `
    export function main() { const seen = []; for (let i = 0; i < 6; i++) { const skip = () => { i += 1; }; if (i % 2) skip(); seen.push(i); } return seen; }`,
  "getters and setters in literals": `
    export function main() { let v = 1; const o = { get x() { return v; }, set x(n) { v = n; }, m() { return this.x; }, ["c" + v]() { return 2; } }; o.x = 5; return [o.x, v, o.m(), o.c1(), Object.keys(o)]; }`,
  "tagged templates": `
    const tag = (s: TemplateStringsArray, ...v: any[]) => s.raw.join("|") + v.join(","); const o = { p: "!", tag(s: any, ...v: any[]) { return this.p + tag(s, ...v); } };
    export function main() { const id = (n: any) => n; return [tag\`a\${1}b\${id(2)}\\n\`, o.tag\`x\${id(id(3))}\`, tag\`\`, \`\${id(1)} \${id(2)}\`]; }`,
  "tagged template call sites are one object": `
    const seen = new Set(); const tag = (s: TemplateStringsArray) => seen.add(s); export function main() { for (let i = 0; i < 3; i++) tag\`a\`; return seen.size; }`,
  "using disposes at block end": `
    const log: string[] = []; const open = (n: string) => ({ n, [Symbol.dispose]() { log.push("close " + n); } });
    export function main() { { using a = open("a"); using b = open("b"), c = open("c"); log.push("in " + a.n + b.n + c.n); } for (using d of [open("d")]) log.push(d.n); try { using e = open("e"); throw new Error("x"); } catch (e) { log.push((e as Error).message); } return log; }`,
  "private fields and methods": `
    class P { #a = 1; #b; static #made = 0; constructor(b: number) { this.#b = b; P.#made++; } #sum() { return this.#a + this.#b; } get #g() { return 5; } static made() { return P.#made; }
      add() { this.#a++; this.#b += 2; [this.#a, this.#b] = [this.#b, this.#a]; return () => this.#sum() + this.#g; } static is(o: object) { return #a in o; } }
    export function main() { const p = new P(3); return [p.add()(), P.made(), P.is(p), P.is({})]; }`,
  "default parameters see earlier ones": `
    export function main() { let n = 0; const f = (a = ++n, b = () => a++, c = id(a)) => [a, b(), a, c, n]; return [f(), f(10), ((x = id(1)) => { x++; return () => x++; })()()]; }
    function id(x: number) { return x; }`,
  "a default parameter may write its neighbour": `
    function f(a: number, bump = () => { a += 10; return a; }) { return [bump(), a]; } export function main() { return f(1); }`,
  "computed members": `
    export function main() { const log: string[] = []; const key = (k: string) => { log.push(k); return k; }; const o: any = { [key("a")]: 1, b: { c: 2 } }; o[key("x")] = o[key("a")]; o.b[key("c")]++; o[key("b")][key("d")] = key("v"); delete o[key("a")]; return [o, log, { m() { return 1; } }[key("m")]!()]; }`,
  "evaluation order of assignments": `
    export function main() { const log: any[] = []; const t = (n: any, v?: any) => { log.push(n); return v; }; const o: any = {}; t("obj", o)[t("key", "k")] = t("value", 1); t("o2", o).n ??= t("rhs", 4); t("o3", o).n ||= t("never"); return [log, o]; }`,
  "spread calls": `
    const f = (...a: any[]) => a; const it = function* () { yield 1; yield* [2, 3]; };
    export function main() { return [f(...it()), f(0, ...it(), ...[f(1)]), new Array(...it()).length, [...it(), ...f(1)], { ...f(9) }, Math.max(...it(), Number("7"))]; }`,
  "nested calls in callee and arguments": `
    const add = (a: number) => (b: number) => a + b; const o = { self() { return o; }, n: (x: number) => x, get: () => add };
    export function main() { return [add(1)(2), add(add(1)(1))(add(2)(2)), o.self().self().n(add(1)(1)), o.get()(1)(2), o[["n"].join("") as "n"](3), (0, o.n)(4), (add(1), add(2))(3)]; }`,
  "a comma expression as an argument": `
    const id = (x: any, y?: any) => [x, y]; export function main() { return [id((id(1), id(2)), 3), id(0, (id(1), 5)), (id(1), id)(6)]; }`,
  "this of called values": `
    function who(this: any) { return this === undefined ? "none" : this.n; } const o: any = { n: "o", who, arrow: () => typeof who, inner: { n: "i", who } };
    export function main() { const key = (k: string) => k; return [who(), o.who(), o.inner.who(), (o.who)(), (0, o.who)(), o[key("who")](), o[key("inner")][key("who")](), o.who.call({ n: "c" }), (o?.inner).who()]; }`,
  "new with arguments": `
    class Box { constructor(public v: any) {} with(v: any) { return new Box([this.v, v]); } } const ns = { Box, make: () => Box };
    export function main() { return [new Box(new Box(1)), new ns.Box(2).with(new Map([[1, 2]]).get(1)), new (ns.make())(3), new Date(0).getTime(), new Box(0).v, new (class { x = 1 })().x]; }`,
  "comma, conditional and arrow bodies": `
    let n = 0; const inc = () => n++; const obj = () => ({ n }); const nest = (a: number) => (b: number) => a ? (inc(), b) : inc();
    export function main() { const r = [nest(1)(5), nest(0)(6), obj(), (inc(), inc()), n > 2 ? inc() : obj()]; let x; x = (n = 9, n + 1); return [r, x, n]; }`,
  "arrow parameter written by an inner arrow": `
    const counter = (n: number) => () => n++; const both = (n: number) => ({ inc: () => ++n, get: () => n }); const deep = (a: number) => (b: number) => () => (a++, b++, a + b);
    export function main() { const c = counter(3), b = both(1), d = deep(1)(2); b.inc(); return [c(), c(), b.get(), d(), d(), c.name, counter.name]; }`,
  "function names are kept": `
    const a = () => 1; let b = function () { return a; }; const c = { p: () => a, m() { return a; }, ["q"]: () => a }; let d; d = () => b; const [e = () => a] = [] as any[]; const { f = function () { return a; } } = {} as any;
    class K { field = () => a; static s = () => a; #p = () => a; name2() { return this.#p.name; } } let g = () => a, h = () => b; let i: any; i ??= () => a; const named = function own() { return a; };
    export function main() { return [a, b, c.p, c.m, c.q, d, e, f, new K().field, K.s, g, h, i, named].map((x: any) => x.name).concat(new K().name2(), K.name); }`,
  "function declarations are hoisted, in blocks too": `
    const x = early(); function early() { return later(); } function later() { return typeof y; } var y = 1;
    export function main() { { const r = inner(); function inner() { return x + y; } if (r) return [r, early()]; } return 0; }`,
  "function declarations in switch cases": `
    export function main() { const seen = []; for (const k of [0, 1, 2]) switch (k) { case 0: let z = k; const set = () => { z = 4; }; set(); seen.push(z); break; case 1: function f() { return k + seen.length; } seen.push(f()); default: seen.push("d"); } return seen; }`,
  "catch parameters": `
    export function main() { const log: any[] = []; try { throw { m: 1 }; } catch ({ m }: any) { const bump = () => { m++; }; bump(); log.push(m); } try { (null as any).x; } catch (e) { const reset = () => { e = 3; }; reset(); log.push(e); } return log; }`,
  "errors keep name and message": `
    class StopSignal extends Error { constructor(m: string) { super(m); this.name = "StopSignal"; } } export function main() { const f = () => { throw new StopSignal("now"); }; f(); }`,
  "writes to undefined still throw": `
    export function main() { const o: any = {}; try { o.a.b = 1; } catch (e) { return (e as Error).name; } }`,
  "writes to frozen objects still throw": `
    export function main() { const o: any = Object.freeze({ a: 1 }); try { o.a = 2; } catch (e) { return (e as Error).name; } }`,
  "for-in and for-of over existing variables and members": `
    let k: any; const o: any = { last: 0 }; const holder = () => o;
    const run = () => { for (k in { a: 1, b: 2 }); for (o.last of [1, 2]); for (holder().x of [3]); for ([k, o.y] of [[5, 6]]); for (k of (0, [7])); };
    export function main() { run(); return [k, o]; }`,
  "directives stay directives": `
    function f() { "use strict"; let n = 0; const g = () => { n++; return this; }; return [g.call(1), n]; } export function main() { return [typeof f.call(undefined as any)[0], f()[1]]; }`,
  "enums and namespaces": `
    enum Color { Red, Green = 5, Blue } enum Text { A = "a" } namespace Deep { export const x = 1; export function f() { return x + y; } export let y = 2; }
    export function main() { Deep.y = 7; return [Color.Blue, Color[5], Text.A, Deep.f()]; }`,
  "parameter properties": `
    class P { constructor(private a: number, readonly b = a + 1) {} sum = () => this.a + this.b; } export function main() { const p = new P(1, 5); return [new P(1).sum(), p.b, Object.keys(p)]; }`,
  "this in arrows, fields and static blocks": `
    class T { static v: any; static { this.v = [1]; const f = () => this.v.push(2); f(); } n = 1; get = () => this.n; nested() { return () => () => this.n++; } static sum = () => this.v.length; }
    export function main() { const t = new T(); return [t.nested()()(), t.get(), T.sum(), T.v]; }`,
  "class expressions and self reference": `
    const make = (n: number) => class Inner { static n = n; me() { return Inner.n + n; } }; let late = 1; class Self { static me = () => Self; v = late++; clone() { return new Self(); } }
    export function main() { const A = make(1), B = make(2); return [new A().me(), new B().me(), A.name, Self.me().name, new Self().clone().v]; }`,
  "class heritage with calls": `
    const mix = (C: any) => class extends C { extra() { return 1 + super.base(); } }; class Base { base() { return 4; } } class Top extends mix(mix(Base)) {} export function main() { return (new Top() as any).extra(); }`,
  "iterators of one's own": `
    class Range { constructor(private n: number) {} *[Symbol.iterator]() { for (let i = 0; i < this.n; i++) yield i; } } export function main() { const r = new Range(3); const out = []; for (const v of r) out.push(v); const [a, ...b] = r; return [out, a, b, Math.max(...r)]; }`,
  "exceptions in finally and return values": `
    const log: any[] = []; const f = () => { try { log.push("t"); return g("r"); } finally { log.push(g("f")); } }; const g = (x: any) => { log.push(x); return x; };
    export function main() { return [f(), log]; }`,
  "logical assignment and exponent": `
    let a: any = null, b: any = 2; const f = () => { a ??= 5; b **= 3; a &&= a + 1; b ||= 0; a <<= 1; return [a, b, -(b ** 2), a--, --a]; }; export function main() { return [f(), a, b]; }`,
  "regular expressions, bigints and strings": `
    export function main() { return ["a-b".replace(/-(\\w)/g, (_, c) => c.toUpperCase()), 2n ** 70n > 1n, "ü".length, [..."😀"].length, \`\${"x".repeat(3)}\`]; }`,
  "unary operators before calls": `
    const f = (x?: any) => x; export function main() { return [!f(), typeof f(1), -f(2), void f(3), +f("4"), ~f(5), !f(f(0))]; }`,
  "sort comparators and callbacks": `
    export function main() { let calls = 0; const s = [3, 1, 2].sort((a, b) => (calls++, a - b)); return [s, calls > 0, [1, 2, 3].map((x) => x * 2).filter((x) => x > 2).reduce((a, b) => a + b, 0)]; }`,
  "recursion by name": `
    const fact = function self(n: number): number { return n < 2 ? 1 : n * self(n - 1); }; const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)); export function main() { return [fact(5), fib(10)]; }`,
  "names of globals and of the library may be shadowed": `
    import { where as sleep2, keep } from "std/sync"; function sleep(n: number) { const Object = n, console = { log: keep }; return [Object, console.log(keep(n)), typeof sleep2]; } export function main() { const i = 3; const f = () => i; return [sleep(1), f()]; }`,
  "classes with private fields that extend each other and built-in ones": `
class Base { #seed = Math.max(1, 2); constructor({ a, b = 3 }: any, [c]: number[] = [4]) { this.#seed += a + b + c!; } get seed() { return this.#seed; } }
class Middle extends Base { tag = [this.seed]; }
class Leaf extends Middle { #own = this.tag.length; constructor(a: number) { super({ a }); this.#own++; } all() { return [this.seed, this.tag, this.#own, Leaf.length, Middle.length]; } }
class Problem extends Error { #code = 5; get code() { return this.#code; } }
class Bag extends Map<string, number> { #hits = 0; get(key: string) { this.#hits++; return super.get(key); } put(key: string) { super.set(key, this.#hits); return this; } }
export function main() {
  const bag = new Bag([["a", 1]]);
  bag.get("a");
  return [new Leaf(1).all(), new Problem("x").code, new Problem("x").message, bag.put("b").size, bag.get("b"), Problem.name];
}`,
  "changing methods called around their object": `
export function main() {
  const items: number[] = [3, 1];
  Array.prototype.push.call(items, 2);
  Array.prototype.unshift.apply(items, [9]);
  [].sort.call(items);
  return items;
}`,
};
