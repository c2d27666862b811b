import { readFileSync } from "node:fs";

/** A submission, the exit code of checking it, and all that is said about it: messages, and hints moved right. */
export type Case = readonly [title: string, source: string, code: number, said: readonly string[]];

export const MOVE_IT =
  "  Code outside of functions runs before any check; move into functions what need not run there.";
const { exports: library } = JSON.parse(readFileSync(".generated/library.json", "utf8")) as {
  exports: Record<string, readonly string[]>;
};
/** What a module of the library offers, as messages list it. */
export function exportsOf(specifier: string): readonly string[] {
  return library[specifier] ?? [];
}

/** Only an exercise's own checks import `check`. */
const MODULES = Object.keys(library).filter((specifier) => specifier !== "check");
export const ALLOWED = `  You can import your own files (./…), ${MODULES.join(", ")}.`;
export const LOOK = "  Look at this place and just before it: something is missing or too much.";
export const GENERATORS =
  "  Generators are the async functions of this course: write `function*`, and `yield*` for `await`.";

/** A submission that does `body`, which stands in line 5. */
export function inside(body: string): string {
  return `import { spawn, sleep } from "std/thread";
import { channel, syncChannel, Condvar, Mutex } from "std/sync";
import { work } from "std/cpu";
export function count(workers: number): number {
  ${body}
  return workers;
}
`;
}
