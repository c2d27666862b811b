import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CARD_BYTES, CARDS } from "#vm";
import { markCards } from "../../src/build/card-marking.ts";

const WASM_AS = createRequire(import.meta.url).resolve("binaryen/bin/wasm-as");

/** A module as wasm-dis prints it, with the functions given. */
const moduleOf = (functions: string): string => `(module
 (global $global$0 (mut i32) (i32.const 1048576))
 (memory $0 32)
 (export "memory" (memory $0))
${functions}
)
`;

function assemble(text: string): WebAssembly.Instance {
  const folder = mkdtempSync(join(tmpdir(), "interleave-cards-"));
  try {
    writeFileSync(join(folder, "a.wat"), text);
    execFileSync(
      process.execPath,
      [WASM_AS, "--enable-bulk-memory", "--enable-bulk-memory-opt", "a.wat", "-o", "a.wasm"],
      { cwd: folder },
    );
    return new WebAssembly.Instance(new WebAssembly.Module(readFileSync(join(folder, "a.wasm"))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const at = (card: number, beyond = 0): number => card * CARD_BYTES + beyond;

const CASES: readonly (readonly [title: string, body: string, cards: readonly number[]])[] = [
  ["a store", `(i32.store (i32.const ${at(1100)}) (i32.const 5))`, [1100]],
  ["a store at an offset", `(i32.store offset=${at(3)} (i32.const ${at(1100)}) (i32.const 5))`, [1103]],
  [
    "a store whose address is a variable",
    `(local.set $0 (i32.const ${at(1200)})) (i64.store8 offset=${at(2)} align=1 (local.get $0) (i64.const 5))`,
    [1202],
  ],
  [
    "a store whose address is set on the way",
    `(f64.store (local.tee $0 (i32.const ${at(1201)})) (f64.const 5))`,
    [1201],
  ],
  [
    "a store inside the value of another",
    `(i32.store (i32.const ${at(1300)}) (block (result i32) (i32.store16 (i32.const ${at(1301)}) (i32.const 1)) (i32.const 2)))`,
    [1300, 1301],
  ],
  [
    "a copy, all it covers",
    `(memory.copy (i32.const ${at(1400, 1000)}) (i32.const 64) (i32.const ${at(2)}))`,
    [1400, 1401, 1402],
  ],
  [
    "a fill to the end of a card",
    `(memory.fill (i32.const ${at(1500)}) (i32.const 1) (i32.const ${CARD_BYTES}))`,
    [1500],
  ],
  ["an empty copy nothing", `(memory.copy (i32.const ${at(1400)}) (i32.const 64) (i32.const 0))`, []],
  [
    "a store into the function's frame nothing",
    `(local.set $1 (i32.sub (global.get $global$0) (i32.const 16))) (i32.store offset=8 (local.get $1) (i32.const 1))`,
    [],
  ],
  [
    "a store through a frame that becomes something else",
    `(local.set $1 (i32.sub (global.get $global$0) (i32.const 16))) (local.set $1 (i32.const ${at(1600)})) (i32.store (local.get $1) (i32.const 1))`,
    [1600],
  ],
];

const ORIGINAL = moduleOf(
  CASES.map(
    ([, body], i) => ` (func $run${i} (export "run${i}") (local $0 i32) (local $1 i32)\n${body}\n )`,
  ).join("\n"),
);
const marked = assemble(markCards(ORIGINAL)).exports;
const memoryOf = (exports: WebAssembly.Exports): Uint8Array =>
  new Uint8Array((exports["memory"] as WebAssembly.Memory).buffer);

it.each(CASES.map(([title, , cards], i) => [title, cards, i] as const))("%s is marked", (_, cards, i) => {
  const table = memoryOf(marked).subarray(CARDS, CARDS + 2048);
  table.fill(0);
  (marked[`run${i}`] as () => void)();
  expect([...table].flatMap((mark, card) => (mark === 1 ? [card] : []))).toEqual(cards);
});

it("the heap is as it would be without marks", () => {
  const original = assemble(ORIGINAL).exports;
  for (const exports of [original, marked]) CASES.forEach((_, i) => (exports[`run${i}`] as () => void)());
  const [before, after] = [original, marked].map((exports) => memoryOf(exports).subarray(1024 * 1024));
  expect(Buffer.compare(before ?? new Uint8Array(0), after ?? new Uint8Array(0))).toBe(0);
});

it("what is no module's text is refused", () => {
  expect(() => markCards("\0asm")).toThrow("This is not the text of a WebAssembly module.");
});
