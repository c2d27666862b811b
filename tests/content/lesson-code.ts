import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A piece of a lesson that claims what it prints. */
export interface Listing {
  readonly lesson: string;
  readonly title: string;
  readonly code: string;
  readonly output: readonly string[];
}

/** Every lesson's text, by path. */
export function readLessons(): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync("content", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".mdx"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join("content", path), "utf8") }));
}

/** `<Example title="…" output={[…]}>` with its TypeScript. */
export function findExamples(lesson: string, text: string): Listing[] {
  const pattern = /<Example title="([^"]*)" output=\{(\[[\s\S]*?\])\}>\s*```ts\n([\s\S]*?)```/g;
  return [...text.matchAll(pattern)].map(([, title = "", output = "[]", code = ""]) => ({
    lesson,
    title,
    code,
    output: JSON.parse(output) as string[],
  }));
}

/** `<Rust title="…">` with its code, and the first `text` block after it: what the page says the program prints. */
export function findRust(lesson: string, text: string): Listing[] {
  const pattern = /<Rust title="([^"]*)">\s*```rust\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/g;
  return [...text.matchAll(pattern)].map(([, title = "", code = "", output = ""]) => ({
    lesson,
    title,
    code,
    output: output.trimEnd().split("\n"),
  }));
}
