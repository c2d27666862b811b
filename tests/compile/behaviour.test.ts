import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { QuickJS } from "quickjs-wasi";
import { describe, expect, it } from "vitest";
import { compareRuns, compiled, plainCode } from "./harness.ts";
import { ASYNC_SNIPPETS } from "./async-snippets.ts";
import { SNIPPETS } from "./snippets.ts";

const ALL = { ...SNIPPETS, ...ASYNC_SNIPPETS };

describe("instrumented programs behave as their source", () => {
  for (const [title, source] of Object.entries(ALL)) it(title, () => compareRuns(source));
});

/** A runtime in the guest's own language that only keeps programs going. */
const GUEST_RUNTIME = `({
  at: Int32Array.of(0, 1, 0, 0, 0, 1),
  located(value, site) { return value; },
  captures(what, id, reader, name) { if (name !== undefined) Object.defineProperty(what, "name", { value: name, configurable: true }); return what; },
  privates() {}, place(o, ...n) { return n.reduce((v, k) => v[k], o); }, classes() {}, owned(object) { return object; }, ownedBy(object) { return object; }, revival: { on: false, next: () => [] },
  foreignVariable() {}, iterate(iterable) { return iterable; }, awaited(value) { return value; },
  futures: { on: false, made() { return 0; }, begun() {}, known(f, name) { if (name !== undefined) Object.defineProperty(f, "name", { value: name, configurable: true }); return f; }, methods(o) { return o; } },
  modules: { "std/thread": {}, "std/sync": { keep: (value) => value, where() {} } },
})`;

/** An expression in the guest's language: what `main()` of the module returns or throws, as text. */
function reporting(module: string): string {
  return `(() => {
    try { return JSON.stringify([(${module}).main()]); }
    catch (error) { return error.name + ": " + error.message; }
  })()`;
}

describe("the guest's engine", () => {
  const wasm = readFileSync(fileURLToPath(import.meta.resolve("quickjs-wasi/quickjs.wasm")));

  it.each(Object.entries(ALL))("runs the same with instrumentation: %s", async (_, source) => {
    const { code } = await compiled({ "main.ts": source });
    const plain = await plainCode(source);
    using vm = await QuickJS.create({ wasm });
    using instrumented = vm.evalCode(reporting(`${code}(${GUEST_RUNTIME})`));
    using expected = vm.evalCode(
      reporting(
        `((module) => (((require) => {${plain}})((name) => ${GUEST_RUNTIME}.modules[name]), module.exports))({ exports: {} })`,
      ),
    );
    expect(instrumented.toString()).toBe(expected.toString());
    expect(expected.toString()).not.toMatch(/^(Syntax|Type|Reference)Error: /);
  });
});
