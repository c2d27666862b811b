import ts from "typescript";
import { codeParts, lineAt } from "./source-files.ts";
import type { SourceFile } from "./source-files.ts";

/** One import, export-from, dynamic import, type import or `new URL(…, import.meta.url)` of a file. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** True where it runs in a browser whatever file it stands in: a script of an Astro page. */
  readonly inScript: boolean;
}

const URL_OF_MODULE = /new URL\(\s*["']([^"']+)["']\s*,\s*import\.meta\.url/g;

function scan(code: string, inScript: boolean): Import[] {
  const statements = ts
    .preProcessFile(code, true, true)
    .importedFiles.map((found) => ({ specifier: found.fileName, line: lineAt(code, found.pos), inScript }));
  const urls = [...code.matchAll(URL_OF_MODULE)].map((match) => ({
    specifier: match[1] ?? "",
    line: lineAt(code, match.index),
    inScript,
  }));
  return [...statements, ...urls];
}

/** Every import of a file, in the order of its parts: front matter or module first, then scripts. */
export function importsOf(file: SourceFile): Import[] {
  const { buildTime, browser } = codeParts(file);
  return [...scan(buildTime, false), ...scan(browser, true)];
}

/** The path a relative specifier names, from the repository's root: `../a.ts?raw` in `src/b/c.ts` is `src/a.ts`. */
export function resolveRelative(from: string, specifier: string): string {
  const path = from.split("/").slice(0, -1);
  for (const part of specifier.replace(/\?.*$/, "").split("/")) {
    if (part === "..") path.pop();
    else if (part !== ".") path.push(part);
  }
  return path.join("/");
}
