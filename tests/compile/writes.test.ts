import { describe, expect, it } from "vitest";
import { compiled, execute } from "./harness.ts";

/** Runs the module on the first thread and `main()` on the second; returns what was reported. */
async function reports(source: string): Promise<{ owned: string[]; foreign: string[] }> {
  const program = await compiled({ "main.ts": source });
  const thread = new Int32Array(8);
  const { exports, owned, foreign } = execute(program, thread);
  thread[1] = thread[5] = 1;
  exports["main"]!();
  return { owned, foreign };
}

describe("a write to a variable of another thread is reported", () => {
  it.each([
    ["assignment", "let count = 0;\nexport const main = () => { count = 1; };", ["2:29 count [count]"]],
    [
      "compound assignment",
      "let count = 0;\nexport const main = () => { count += 1; };",
      ["2:29 count [count]"],
    ],
    [
      "update",
      "let count = 0;\nexport const main = () => { ++count; count--; };",
      ["2:31 count [count]", "2:38 count [count]"],
    ],
    [
      "destructuring",
      "let a = 0, b = 0;\nexport const main = () => { [a, { b = 2 }] = [1, {}] as any; };",
      ["2:30 a [a]", "2:35 b [b]"],
    ],
    [
      "a loop's head",
      "let k: any;\nexport const main = () => { for (k of [1]); for (k in { a: 1 }); };",
      ["2:34 k [k]", "2:50 k [k]"],
    ],
    [
      "a function's body",
      "let n = 0;\nexport function main() {\n  const deep = () => { n = 2; };\n  deep();\n}",
      ["3:24 n [n]"],
    ],
  ])("by %s", async (_, source, foreign) => {
    expect((await reports(source)).foreign).toEqual(foreign);
  });

  it("not where the thread itself entered the scope that declares it", async () => {
    const source = `export function main(p: number) { let a = 0; const f = () => { a++; p++; }; f(); for (let i = 0; i < 1; i++) { const g = () => { i = 5; }; g(); }
      try { throw 1; } catch (e) { (() => { e = 2; })(); } const h = (x: number) => () => { x++; }; h(1)(); switch (1) { case 1: let s = 0; (() => { s++; })(); } }`;
    expect((await reports(source)).foreign).toEqual([]);
  });

  it("where another thread calls a function that a first one made", async () => {
    const program = await compiled({
      "main.ts": `export function main(p: number) {
  let a = 0;
  for (let i = 0; i < 1; i++) return () => { a++; p++; i++; ((x) => () => { x++; })(1)(); };
}
export const arrow = (q: number) => () => q++;`,
    });
    const thread = new Int32Array(8);
    const { exports, foreign } = execute(program, thread);
    const made = [exports["main"]!() as () => void, exports["arrow"]!() as () => void];
    thread[1] = thread[5] = 1;
    for (const f of made) f();
    expect(foreign).toEqual(["3:46 a [a]", "3:51 p [p]", "3:56 i [i]", "5:43 q [q]"]);
  });

  it("costs nothing where no inner function writes", async () => {
    const { code } = await compiled({
      "main.ts":
        "export function main() { let a = 0; a++; for (let i = 0; i < 3; i++) a += i; return () => a; }",
    });
    expect(code).not.toMatch(/\$t\d|\$v\(/);
  });
});

describe("a write to an object is announced", () => {
  it.each([
    [
      "a property",
      "const items: any = [];\nexport const main = () => { items.length = 0; };",
      ["2:29 items [items]"],
    ],
    [
      "an element",
      "const items: any = [];\nexport const main = () => { items[0] = 1; items[0]++; };",
      ["2:29 items [items]", "2:43 items [items]"],
    ],
    [
      "a deeper property",
      "const a: any = { b: {} };\nexport const main = () => { a.b.c = 1; };",
      ["2:29 a.b [a.b]"],
    ],
    [
      "what a call returns",
      "const a: any = {}; const f = () => a;\nexport const main = () => { f().c = 1; };",
      ["2:29 []"],
    ],
    [
      "what a delete takes away",
      "const a: any = { b: {} };\nexport const main = () => { delete a.x; delete a.b.c; };",
      ["2:36 a [a]", "2:48 a.b [a.b]"],
    ],
    [
      "destructuring targets",
      "const a: any = { b: {} };\nexport const main = () => { [a.x, a.b.y] = [1, 2]; };",
      ["2:30 a [a]", "2:35 a.b [a.b]"],
    ],
    [
      "a loop's head",
      "const a: any = { b: {} };\nexport const main = () => { for (a.x of [1]); for (a.b.y in { k: 1 }); };",
      ["2:34 a [a]", "2:52 a.b [a.b]"],
    ],
    [
      "`this` in a method",
      "class A { n = 0; add() { this.n++; } }\nexport const main = () => new A().add();",
      ["1:26 this [this]"],
    ],
    [
      "a private field",
      "class A { #n = 0; static add(x: A) { x.#n = 1; } }\nexport const main = () => A.add(new A());",
      ["1:38 x [x]"],
    ],
    [
      "`this` of a function in a constructor",
      "class A { n = 0; constructor() { const f = () => { this.n = 1; }; f(); } }\nexport const main = () => new A();",
      ["1:52 this [this]"],
    ],
  ])("%s", async (_, source, owned) => {
    expect((await reports(source)).owned).toEqual(owned);
  });

  it.each([
    [
      "a built-in method by `call` or `apply`",
      "const items: any = [];\nexport const main = () => { Array.prototype.push.call(items, 1); [].sort.apply(items); };",
      ["2:55 items push [items]", "2:80 items sort [items]"],
    ],
    [
      "a built-in method by `super`",
      "class A extends Map<string, number> { add() { super.set('a', 1); super.get('a'); } }\nexport const main = () => { new A().add(); };",
      ["1:47 this set [this]"],
    ],
    [
      "but not of other methods",
      "const items: any = [];\nexport const main = () => { Array.prototype.map.call(items, () => 1); items.call?.(1); };",
      [],
    ],
  ])("%s, called around its object", async (_, source, owned) => {
    expect((await reports(source)).owned).toEqual(owned);
  });

  it("not `this` in a constructor, a field or a static block, nor through `super`", async () => {
    const source = `
      export const main = () => { class B { v = 1; }
        class A extends B { x = 0; y = (this.x = 2); static s: any; static { this.s = 1; } constructor(readonly z = 1) { super(); this.x = 1; this.y++; delete (this as any).q; } m() { super.v = 2; } }
        new A().m(); };`;
    expect((await reports(source)).owned).toEqual([]);
  });

  it("to no runtime function on the first thread, where the object is a plain name", async () => {
    const program = await compiled({
      "main.ts": "const a: any = {}; export const main = () => { a.b = 1; };",
    });
    const { exports, owned } = execute(program);
    exports["main"]!();
    expect(owned).toEqual([]);
    expect(program.code).toContain("($at[5]&&$o(a,");
  });
});
