import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DEFAULT_LIMITS } from "#abi";
import { LoadedProgram } from "#machine";
import { createBaseImage, createProgramImage, GuestInstance, type Image, InstancePool, STACK_TOP } from "#vm";
import { compileText, seeded } from "../engine.ts";

const module = new WebAssembly.Module(readFileSync(".generated/vm.wasm"));
const base = createBaseImage({
  module,
  library: readFileSync(".generated/guest.js", "utf8"),
  memoryMaxBytes: DEFAULT_LIMITS.memoryMaxBytes,
});

/** Programs that write in every way the engine has: stores, bulk copies and fills, text from and to the host. */
const WRITERS = {
  "small objects": `export function main() { const all = []; for (let i = 0; i < 500; i++) all.push({ i, text: "n" + i }); console.log(all.length); }`,
  "bulk copies and fills": `export function main() {
    const bytes = new Uint8Array(30_000).fill(7); bytes.copyWithin(1000, 0, 9_999); bytes.set(bytes.slice(5, 5_000), 17);
    console.log(bytes.reduce((a, b) => a + b, 0), "x".repeat(9_000).padStart(9_111, "yz").length);
  }`,
  "text through the host": `import { channel } from "std/sync"; import { spawn } from "std/thread";
  export function main() {
    const [tx, rx] = channel<string>(); const worker = spawn(() => { for (const text of rx) console.log(text.length); });
    for (const n of [3, 33, 2_000, 40_000]) tx.send("äb".repeat(n)); tx.drop(); worker.join();
  }`,
  "sorted, thrown, collected": `import { spawn, yieldNow } from "std/thread";
  export function main() {
    const items = Array.from({ length: 300 }, (_, i) => ({ key: (i * 7919) % 301 }));
    const sorters = [1, -1].map((sign) => spawn(() => { items.toSorted((a, b) => { yieldNow(); return sign * (a.key - b.key); }); }));
    for (let i = 0; i < 200; i++) try { JSON.parse("{" + "[".repeat(i)); } catch (error) { String(error); }
    for (const sorter of sorters) sorter.join();
  }`,
};

/** Looks at every instance that a run gives back. */
class WatchedPool extends InstancePool {
  readonly #look: (instance: GuestInstance, image: Image) => void;

  constructor(look: (instance: GuestInstance, image: Image) => void) {
    super(module);
    this.#look = look;
  }

  override give(instance: GuestInstance, image: Image, broken: boolean): void {
    if (!broken && instance.bytes.length === image.memoryBytes) this.#look(instance, image);
    super.give(instance, image, broken);
  }
}

async function watch(source: string, look: (instance: GuestInstance, image: Image) => void): Promise<void> {
  const program = await compileText(source);
  const loaded = new LoadedProgram(
    program,
    createProgramImage(module, base, program.code),
    new WatchedPool(look),
  );
  for (let seed = 0; seed < 5; seed++) {
    const { outcome } = loaded.run({ entry: { kind: "main" }, chooser: seeded(seed) });
    expect(outcome).toMatchObject({ kind: "passed" });
  }
}

const imagePart = ({ bytes }: GuestInstance, { bytes: content, marks }: Image): Uint8Array =>
  bytes.subarray(marks.constantsEnd, marks.constantsEnd + content.length);

it.each(Object.entries(WRITERS))(
  "%s: an instance loaded again holds the image and nothing else",
  async (_, source) => {
    let looked = 0;
    await watch(source, (instance, image) => {
      expect(Buffer.compare(imagePart(instance, image), image.bytes)).not.toBe(0);
      instance.load(image);
      expect(Buffer.compare(imagePart(instance, image), image.bytes)).toBe(0);
      looked++;
    });
    expect(looked).toBeGreaterThan(0);
  },
);

it.each(Object.entries(WRITERS))("%s: a copy of an instance holds what it holds", async (_, source) => {
  const copy = GuestInstance.create(module);
  let copied = 0;
  await watch(source, (instance, image) => {
    copy.copyFrom(instance);
    const used = (one: GuestInstance): Uint8Array =>
      one.bytes.subarray(image.marks.constantsEnd, instance.heapEnd);
    expect(Buffer.compare(used(copy), used(instance))).toBe(0);
    const sp = instance.exports.__stack_pointer.value;
    expect(copy.exports.__stack_pointer.value).toBe(sp);
    expect(Buffer.compare(copy.bytes.subarray(sp, STACK_TOP), instance.bytes.subarray(sp, STACK_TOP))).toBe(
      0,
    );
    copied++;
  });
  expect(copied).toBeGreaterThan(1);
});

it("an instance that held another program's image becomes a copy all the same", async () => {
  const [first, second] = await Promise.all(
    Object.values(WRITERS).map(async (source) =>
      createProgramImage(module, base, (await compileText(source)).code),
    ),
  );
  if (first === undefined || second === undefined) throw new Error("two programs are needed");
  const [one, other] = [GuestInstance.create(module), GuestInstance.create(module)];
  one.load(first);
  other.load(second);
  one.setMail(0, 4711);
  other.copyFrom(one);
  expect(Buffer.compare(imagePart(other, first), imagePart(one, first))).toBe(0);
  other.load(second);
  expect(Buffer.compare(imagePart(other, second), second.bytes)).toBe(0);
});

it("what the host puts into the mailbox is gone when the image is loaded again", async () => {
  const program = await compileText(WRITERS["small objects"]);
  const image = createProgramImage(module, base, program.code);
  const instance = GuestInstance.create(module);
  instance.load(image);
  instance.setMail(0, 4711);
  instance.load(image);
  expect(instance.getMail(0)).toBe(0);
  expect(Buffer.compare(imagePart(instance, image), image.bytes)).toBe(0);
});
