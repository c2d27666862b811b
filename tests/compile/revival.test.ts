import { expect, it } from "vitest";
import { compiled } from "./harness.ts";

const code = async (source: string): Promise<string> => (await compiled({ "main.ts": source })).code;

it("a program without private fields at its top has constructors as they were written", async () => {
  const plain = await code(
    "export class A { n = Math.max(1, 2); constructor() { this.n = 1; } } export class B extends A {}",
  );
  expect(plain).not.toMatch(/\$w\./);
  const inner = await code("export function main() { class A { #n = Math.max(1, 2); } return new A(); }");
  expect(inner).not.toMatch(/\$w\./);
});

it("fields whose values run code, and constructors, stop while an instance is revived", async () => {
  const text = await code(
    "export class A { #n = Math.max(1, 2); s = 'x'; f = () => 1; constructor(n: number) { this.#n = n; } }",
  );
  expect(text).toContain("#n = ($w.on?void 0:(");
  expect(text.match(/\$w\.on\?/g)).toHaveLength(1);
  expect(text).toMatch(/constructor\(n\) \{(const \$t\d+=\$at\[1\];)?if\(\$w\.on\)return;/);
});

it("what a class with private fields extends, and what extends it, stops too", async () => {
  const text = await code(
    "class A { a = keep(); } class B extends A { #b = 1; } export class C extends B { constructor() { super(); } } class D { d = keep(); } declare function keep(): number; export const all = [D];",
  );
  expect(text).toContain("a = ($w.on?void 0:(");
  expect(text).toContain("class extends A {constructor(...$n){super(...($w.on?$w.next():$n));}");
  expect(text).toContain("if($w.on){super(...$w.next());return;}");
  expect(text).not.toContain("d = ($w.on");
});
