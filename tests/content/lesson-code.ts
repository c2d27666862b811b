import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  findPrograms,
  findQuestions,
  flattenTags,
  readLessonTags,
  type LessonProgram,
  type LessonQuestion,
} from "#course";

export interface Lesson {
  readonly path: string;
  readonly text: string;
}

/** A Rust program of a lesson, and what the page says that it prints. */
export interface RustListing {
  readonly lesson: string;
  readonly title: string;
  readonly code: string;
  readonly output: readonly string[];
}

/** Every lesson's text, by path. */
export function readLessons(): readonly Lesson[] {
  return readdirSync("content", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".mdx"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join("content", path), "utf8") }));
}

/** The programs of a lesson that its site build executes. */
export function findLessonPrograms({ path, text }: Lesson): (LessonProgram & { readonly lesson: string })[] {
  return findPrograms(readLessonTags(text).tags).map((program) => ({ lesson: path, ...program }));
}

/** The questions of a lesson that programs answer. */
export function findLessonQuestions({
  path,
  text,
}: Lesson): (LessonQuestion & { readonly lesson: string })[] {
  return findQuestions(readLessonTags(text).tags)
    .filter(({ answers }) => answers.some((answer) => answer.kind === "run"))
    .map((question) => ({ lesson: path, ...question }));
}

/** The TypeScript of pairs: it stands for the Rust beside it, and is never shown running. */
export function findTypeScript({ path, text }: Lesson): { lesson: string; title: string; code: string }[] {
  return flattenTags(readLessonTags(text).tags)
    .filter((tag) => tag.name === "TypeScript")
    .map(({ attributes, listings }) => ({
      lesson: path,
      title: String(attributes["title"]),
      code: listings[0]?.code ?? "",
    }));
}

/** `<Rust title="…">` with its code, and the first `text` block after it: what the page says the program prints. */
export function findRust({ path, text }: Lesson): RustListing[] {
  const pattern = /<Rust\b[^>]*>\s*```rust\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/g;
  return [...text.matchAll(pattern)].map(([tag, code = "", output = ""]) => ({
    lesson: path,
    title: /^<Rust\b[^>]*\btitle="([^"]*)"/.exec(tag)?.[1] ?? "",
    code,
    output: output.trimEnd().split("\n"),
  }));
}

/** How often a component's opening tag stands in a lesson, found without reading the lesson as MDX. */
export function countTags(text: string, name: string): number {
  return text.match(new RegExp(`^[ \\t]*<${name}\\b`, "gm"))?.length ?? 0;
}
