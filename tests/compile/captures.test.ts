import { describe, expect, it } from "vitest";
import { compiled, execute } from "./harness.ts";

/** What `main()`'s snippet registers, by name of the function, class or object: the names of its captures. */
async function capturesOf(source: string): Promise<Record<string, readonly string[]>> {
  const program = await compiled({ "main.ts": source });
  const execution = execute(program);
  execution.exports["main"]?.();
  const entries = execution.registered().map(({ what, names }) => [nameOf(what), names] as const);
  return Object.fromEntries(entries);
}

function nameOf(what: unknown): string {
  return typeof what === "function" ? what.name || "()" : `{${Object.keys(what as object).join()}}`;
}

describe("captured paths", () => {
  it.each([
    [
      "the sender whose method is called",
      "const tx: any = { send() {} }; export const f = () => tx.send(1);",
      ["tx"],
    ],
    ["a path up to the method", "const pair: any = {}; export const f = () => pair.tx.send(1);", ["pair.tx"]],
    [
      "a path that is an argument",
      "const source: any = {}; export const f = () => isNaN(source.signal);",
      ["source.signal"],
    ],
    ["a path up to a computed key", "const a: any = {}; export const f = () => a.b[0].c;", ["a.b"]],
    ["a path up to an optional step", "const a: any = {}; export const f = () => a.b?.c.d;", ["a.b"]],
    [
      "the prefix only, where both occur",
      "const a: any = {}; export const f = () => [a.b.c, a.b, a.bc, a.b.d];",
      ["a.b", "a.bc"],
    ],
    ["the base of an assignment", "const a: any = {}; export const f = () => { a.b.c = 1; };", ["a.b"]],
    ["the base of an update", "const a: any = {}; export const f = () => { a.count++; };", ["a"]],
    ["the base of a delete", "const a: any = {}; export const f = () => { delete a.b; };", ["a"]],
    [
      "the base of a destructuring target",
      "const a: any = {}; export const f = () => { [a.b.x, ...a.c] = [1]; };",
      ["a.b", "a"],
    ],
    ["an assigned variable", "let n = 0; export const f = () => { n = 1; };", ["n"]],
    ["a function of one's own", "function g() {} export const f = () => g();", ["g"]],
    ["a class of one's own", "class C {} export const f = () => new C();", ["C"]],
    [
      "what only an inner function uses",
      "const a = 1, b = 2; export const f = () => () => a + (() => b)();",
      ["a", "b"],
    ],
    ["shorthand properties", "const a = 1; export const f = () => ({ a });", ["a"]],
    ["the tag's object of a template", "const o: any = {}; export const f = () => o.t.tag`x`;", ["o.t"]],
    ["a constructor behind a path", "const ns: any = {}; export const f = () => new ns.Box();", ["ns.Box"]],
  ])("are %s", async (_, source, names) => {
    expect((await capturesOf(source))["f"]).toEqual(pruned(names));
  });

  it.each([
    [
      "parameters and locals",
      "export const f = (a = 1) => { let b = a; { const c = b; var d = c; } try {} catch (e) { e; } return d; };",
    ],
    ["globals", "export const f = () => Math.max(1, Number(undefined), [].length);"],
    [
      "library imports",
      'import { keep } from "std/sync"; import * as sync from "std/sync"; export const f = () => keep(sync.where);',
    ],
    ["its own name", "export const f = function self(): any { return self; };"],
    [
      "property names and labels",
      "const a = 1, b = 2; export const f = () => { a: for (;;) break a; return { b: 1 }; };",
    ],
  ])("are never %s", async (_, source) => {
    expect(await capturesOf(source)).toEqual({});
  });

  it("read the values at the time of asking, a temporal dead zone included", async () => {
    const program = await compiled({
      "main.ts":
        "const pair: any = { tx: 1 }; export const f = () => [pair.tx, n, none.x]; let n = 1; let none: any; export const main = () => { n = 2; pair.tx = 3; };",
    });
    const execution = execute(program);
    execution.exports["main"]!();
    const told = execution.registered().find(({ what }) => nameOf(what) === "f")!;
    expect(told.names).toEqual(["pair.tx", "n", "none.x"]);
    expect(told.values).toEqual([3, 2, undefined]);
  });

  it("are spelled as the author spells them where the bundler had to rename", async () => {
    const program = await compiled({
      "main.ts": 'import { f } from "./other"; const pair: any = {}; export const g = () => [pair.tx, f];',
      "other.ts": "const pair: any = {}; export const f = () => pair.rx;",
    });
    const told = execute(program).registered();
    expect(told.map(({ what, names }) => [nameOf(what), names])).toEqual([
      ["f", ["pair.rx"]],
      ["g", ["pair.tx", "f"]],
    ]);
  });
});

function pruned(names: string[]): string[] {
  return names.filter((name) => !names.some((other) => name.startsWith(`${other}.`)));
}

describe("`this`", () => {
  it("is a capture of an arrow function, as a path", async () => {
    const source = `
      class A { #tx: any = 1; rx: any = 2; other: any;
        run() { const f = () => this.#tx.send(); const g = () => () => this.rx; const h = () => this.run(); const k = (() => [this.other, this.#tx]); g(); return [f, h, k]; } }
      export const main = () => new A().run();`;
    expect(await capturesOf(source)).toEqual({
      f: ["this.#tx"],
      g: ["this.rx"],
      h: ["this"],
      k: ["this.other", "this.#tx"],
      "()": ["this.rx"],
      main: ["A"],
    });
  });

  it("is none of a method or a function", async () => {
    const source =
      "class A { m() { return this; } } function f(this: any) { return this; } export const o = { m() { return this; } };";
    expect(await capturesOf(source)).toEqual({});
  });

  it("is captured for the sake of `super`", async () => {
    const source =
      "class A { m() {} } class B extends A { m() { const f = () => super.m(); return f; } } export const main = () => { new B().m(); };";
    expect((await capturesOf(source))["f"]).toEqual(["this"]);
  });
});

describe("what is registered", () => {
  it("a class carries what its methods, fields and accessors use, but not what it extends", async () => {
    const source = `
      const a = 1, b = 2, c = 3, d = 4, key = "k"; class Base {}
      class K extends Base { x = a; static y = b; get g() { return c; } m(n = d) { return [n, K]; } [key]() { return 0; } }
      export const main = () => K;`;
    expect((await capturesOf(source))["K"]).toEqual(["a", "b", "c", "d"]);
  });

  it("a class expression and an object with methods carry theirs", async () => {
    const source = `
      export function main() { const a = 1, b = 2; return [class { m() { return a; } }, { m() { return a; }, get g() { return b; }, n: 1 }]; }`;
    const told = await capturesOf(source);
    expect(Object.values(told)).toEqual([["a"], ["a", "b"]]);
  });

  it("an object is not registered for the functions that are its values", async () => {
    expect(await capturesOf("const a = 1; export const o = { f: () => a };")).toEqual({ f: ["a"] });
  });

  it("a function declaration is registered before the code around it runs", async () => {
    const source = `import { keep } from "std/sync"; const a: any[] = []; { early(); function early() { a.push(1); } } export const main = () => a;`;
    expect(await capturesOf(source)).toEqual({ early: ["a"], main: ["a"] });
  });

  it("a path with a private name stops where the name means nothing", async () => {
    const source = `
      export function main() { const it: any = make(); return it; }
      function make() { const seed: any = { v: 1 }; class A { #p = 1; static of(x: any) { return () => x.#p; } m() { return () => seed.v; } } const one = new A(); class B { static f = () => one; } return [A.of(one), B]; }`;
    const told = await capturesOf(source);
    expect(told["()"]).toEqual(["x.#p"]);
    expect(told["A"]).toEqual(["seed.v"]);
  });

  it("a class tells its private instance fields, undefined where another class's object has none", async () => {
    const program = await compiled({
      "main.ts":
        "export class A { #tx = 1; #rx; static #s = 2; #m() { return A.#s + this.#m(); } constructor(rx: number) { this.#rx = rx; } }",
    });
    const { privates, exports } = execute(program);
    const A = exports["A"] as unknown as new (rx: number) => object;
    expect(privates).toHaveLength(1);
    expect(privates[0]!(new A(5))).toEqual([1, 5]);
    expect(privates[0]!({})).toEqual([undefined, undefined]);
  });
});
