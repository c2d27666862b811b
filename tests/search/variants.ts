import { readFileSync } from "node:fs";
import type { Program } from "#compile";
import { compileText } from "../engine.ts";

/** Where the programs are; each exports `wrong` and `right`. */
export const PROGRAMS_FOLDER = "tests/search/programs";

/**
 * What stands around a bug: nothing; twenty steps that matter to nobody before each thread or task of it; or two
 * threads, begun before them, that do some work of their own.
 */
export const VARIANTS = ["plain", "padded", "crowded"] as const;
export type Variant = (typeof VARIANTS)[number];

export type Twin = "wrong" | "right";

export const PADDED_STEPS = 20;

/** The text of a program, as it stands in its folder. */
export function readProgram(name: string): string {
  return readFileSync(`${PROGRAMS_FOLDER}/${name}.ts`, "utf8");
}

/** One twin of a program in one variant, as files that begin with `main.ts`. */
export function filesOf(name: string, twin: Twin, variant: Variant): Record<string, string> {
  return {
    "main.ts": variant === "crowded" ? crowdedMain(twin) : plainMain(twin),
    "program.ts": readProgram(name),
    "bodies.ts": readProgram("bodies"),
    "room.ts": readProgram("room"),
    "steps.ts": `export const STEPS: number = ${variant === "padded" ? PADDED_STEPS : 0};`,
  };
}

export function compileTwin(name: string, twin: Twin, variant: Variant): Promise<Program> {
  return compileText(filesOf(name, twin, variant));
}

function plainMain(twin: Twin): string {
  return `import { ${twin} } from "./program"; export function main(): void { ${twin}(); }`;
}

/** The two share a lock and count under it; each has a cell of its own besides. */
function crowdedMain(twin: Twin): string {
  return `
import { ${twin} } from "./program";
import { spawn } from "std/thread";
import { Mutex, SharedCell } from "std/sync";
export function main(): void {
  const total = new Mutex(0);
  const work = () => {
    const own = new SharedCell(0);
    for (let turn = 0; turn < 3; turn++) {
      own.set(own.get() + 1);
      using guard = total.lock();
      guard.value += 1;
    }
  };
  const others = [spawn(work), spawn(work)];
  ${twin}();
  for (const other of others) other.join();
}`;
}
