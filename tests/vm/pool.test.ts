import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DEFAULT_LIMITS } from "#abi";
import { createPrng } from "#base";
import { LoadedProgram } from "#machine";
import { createBaseImage, createProgramImage, type GuestInstance, type Image, InstancePool } from "#vm";
import { compileText, seeded } from "../engine.ts";

const module = new WebAssembly.Module(readFileSync(".generated/vm.wasm"));
const base = createBaseImage({
  module,
  library: readFileSync(".generated/guest.js", "utf8"),
  memoryMaxBytes: DEFAULT_LIMITS.memoryMaxBytes,
});

async function loadInto(pool: InstancePool, source: string): Promise<LoadedProgram> {
  const program = await compileText(source);
  return new LoadedProgram(program, createProgramImage(module, base, program.code), pool);
}

/** Hands out instances in no order that a program could rely on. */
class ShuffledPool extends InstancePool {
  readonly #prng = createPrng(5);
  readonly #aside: { readonly instance: GuestInstance; readonly image: Image; readonly broken: boolean }[] =
    [];

  override take(): GuestInstance {
    while (this.#aside.length > 0 && this.#prng.below(3) > 0) {
      const [one] = this.#aside.splice(this.#prng.below(this.#aside.length), 1);
      if (one !== undefined) super.give(one.instance, one.image, one.broken);
    }
    return super.take();
  }

  override give(instance: GuestInstance, image: Image, broken: boolean): void {
    this.#aside.push({ instance, image, broken });
  }
}

const SMALL = `import { spawn, sleep } from "std/thread"; import { SharedCell } from "std/sync";
export function main() {
  const cell = new SharedCell<number[]>([]);
  const ts = [3, 1, 2].map((n) => spawn(() => { sleep(n % 2); cell.set([...cell.get(), n]); return "t" + n; }));
  console.log(ts.map((t) => t.join()), cell.get());
}`;
const OTHER = `let seen = 0; export function main() { seen++; console.log("another program", seen); }`;
const LARGE = `export function main() { const kept: number[][] = []; for (let i = 0; i < 60; i++) kept.push(new Array(10_000).fill(i)); console.log(kept.length); }`;
const BROKEN = `export function main() { const f = (): number => f() + 1; f(); }`;

const runWith = (program: LoadedProgram, seed: number) =>
  program.run({ entry: { kind: "main" }, chooser: seeded(seed) });

it("a result does not depend on which instance of the pool a thread gets, nor on what ran in it before", async () => {
  const orderly = new InstancePool(module);
  const shuffled = new ShuffledPool(module);
  const sources = [SMALL, OTHER, LARGE, BROKEN];
  const expected = await Promise.all(sources.map((source) => loadInto(orderly, source)));
  const programs = await Promise.all(sources.map((source) => loadInto(shuffled, source)));
  const prng = createPrng(11);
  for (let i = 0; i < 60; i++) {
    // The costly ones once in ten.
    const which = i % 10 < 8 ? i % 2 : prng.below(sources.length);
    const [one, other] = [expected[which], programs[which]];
    if (one !== undefined && other !== undefined) expect(runWith(other, i)).toEqual(runWith(one, i));
  }
});

it("runs share their instances: as many are made as one run has threads", async () => {
  const pool = new InstancePool(module);
  const program = await loadInto(pool, SMALL);
  for (let seed = 0; seed < 50; seed++) expect(runWith(program, seed).outcome.kind).toBe("passed");
  expect(pool.created).toBe(4);
});

it("an instance whose memory grew is not used again", async () => {
  const pool = new InstancePool(module);
  const program = await loadInto(pool, LARGE);
  for (let run = 1; run <= 5; run++) {
    expect(runWith(program, run).outcome.kind).toBe("passed");
    expect(pool.created).toBe(run);
  }
});

it("an instance whose program was cut off is not used again", async () => {
  const pool = new InstancePool(module);
  const program = await loadInto(pool, `export function main() { for (;;); }`);
  const run = () => program.run({ entry: { kind: "main" }, chooser: seeded(1), limits: { fuelMax: 5 } });
  for (let made = 1; made <= 3; made++) {
    expect(run().outcome.kind).toBe("out-of-fuel");
    expect(pool.created).toBe(made);
  }
});
