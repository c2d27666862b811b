/** Instrumentation must not be seen: names, lengths, arguments, defaults, what functions return and throw. */
export const ASYNC_SNIPPETS: Readonly<Record<string, string>> = {
  "lengths and names": `function* a(x: number, y: number) { yield* [x, y]; } const b = function* () { yield* []; }; const c = { *m(x: number) { yield* [x]; } };
     export const main = () => [a.length, a.name, b.length, b.name, c.m.length, c.m.name];`,
  "arguments and defaults": `function* a(this: unknown, x: number, y = x + 1) { yield* [x, y, arguments.length]; } export const main = () => [...a(1), ...a(1, 5)];`,
  "what a function returns and throws": `function* a() { try { yield* [1, 2]; } finally { seen.push("end"); } } const seen: string[] = [];
     export const main = () => { const g = a(); g.next(); const r = g.return(7 as never); return [r, seen, [...a()], seen.length]; };`,
  "subclasses of methods with super": `class A { *m(n: number): Generator<number, number> { yield* [n]; return n; } } class B extends A { override *m(n: number): Generator<number, number> { const r = yield* super.m(n + 1); yield* [r * 2]; return r; } }
     export const main = () => [...new B().m(1)];`,
  "static, computed, private and generator methods with odd names": `const key = "k"; class A { static *s(n: number) { yield* [n]; } *[key](n: number) { yield* [n]; } static *#p(n: number) { yield* [n]; } *"odd name"() { yield* [9]; } static all() { return [...A.s(1), ...A.#p(3), ...new A()[key](2), ...new A()["odd name"]()]; } }
     export const main = () => A.all();`,
  "destructured parameters with a trailing comma": `function* a({ x, }: { x: number }, [y, ]: number[],) { yield* [x, y]; } export const main = () => [...a({ x: 1 }, [2])];`,
  "nested and recursive generators": `function* down(n: number): Generator<number, number> { if (n === 0) return 0; yield* [n]; return 1 + (yield* down(n - 1)); }
     export const main = () => { const g = down(3); const seen = []; for (;;) { const s = g.next(); seen.push(s.value); if (s.done) return seen; } };`,
  "a directive and a rest parameter": `function* a() { "use strict"; yield* [1]; } function* b(...rest: number[]) { yield* rest; } export const main = () => [...a(), ...b(1, 2)];`,
};
