import { expect, it } from "vitest";
import type { Engine } from "#grade";
import { warmUp } from "../../src/worker/warm-up.ts";

/** An engine that only counts the runs it is asked for. */
function counting(): { readonly engine: Engine; readonly count: { runs: number; disposed: number } } {
  const count = { runs: 0, disposed: 0 };
  const loaded = { run: () => void count.runs++, dispose: () => void count.disposed++ };
  const engine = { compile: () => Promise.resolve({ ok: true, program: {} }), load: () => loaded };
  return { engine: engine as unknown as Engine, count };
}

it("the engine is warmed with eighty runs, and what was loaded is let go", async () => {
  const { engine, count } = counting();
  await warmUp(engine, () => true);
  expect(count).toEqual({ runs: 80, disposed: 1 });
});

it("warming ends as soon as somebody needs the engine", async () => {
  const { engine, count } = counting();
  await warmUp(engine, () => count.runs < 7);
  expect(count).toEqual({ runs: 7, disposed: 1 });
});

it("a program that does not compile is a fault, told to whoever asked", async () => {
  const engine = {
    compile: () => Promise.resolve({ ok: false, diagnostics: [{ message: "no such name" }] }),
  };
  await expect(warmUp(engine as unknown as Engine, () => true)).rejects.toThrow("no such name");
});
