import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A file of the repository: path from its root with forward slashes, and the text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One broken rule. Every finding says where, what the rule is and what to do. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly remedy: string;
}

/** `src/a.ts:3: rule. Remedy.` */
export function describeFinding(finding: Finding): string {
  return `${finding.path}:${finding.line}: ${finding.rule}. ${finding.remedy}`;
}

/** Every file below `folder` whose name ends in one of `extensions`, in path order. */
export function readSourceFiles(folder: string, extensions: readonly string[]): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extensions.some((extension) => entry.name.endsWith(extension)))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: relative(root, file).split(sep).join("/"),
      text: readFileSync(file, "utf8"),
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Line of a character position, counted from 1. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

/**
 * The TypeScript parts of a file, everything else blanked so that lines stay where they are:
 * an Astro page has its front matter, which runs at build time, and its scripts, which run in the browser.
 */
export function codeParts(file: SourceFile): { buildTime: string; browser: string } {
  if (!file.path.endsWith(".astro")) return { buildTime: file.text, browser: "" };
  const frontMatter = /^---\n([\s\S]*?)\n---/.exec(file.text);
  const scripts = file.text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g);
  const keep = (ranges: readonly (readonly [number, number])[]): string =>
    file.text.replace(/[^\n]/g, (character, position: number) =>
      ranges.some(([from, to]) => position >= from && position < to) ? character : " ",
    );
  const inside = (match: RegExpMatchArray): [number, number] => {
    const from = (match.index ?? 0) + match[0].indexOf(match[1] ?? "", match[0].indexOf(">"));
    return [from, from + (match[1] ?? "").length];
  };
  return {
    buildTime: keep(frontMatter === null ? [] : [[4, 4 + (frontMatter[1] ?? "").length]]),
    browser: keep([...scripts].map(inside)),
  };
}

/** The syntax tree of a file's code; an Astro page's is that of its front matter. */
export function parse(file: SourceFile): ts.SourceFile {
  const kind = file.path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(file.path, codeParts(file).buildTime, ts.ScriptTarget.Latest, true, kind);
}

/** Calls `visit` for every node of the tree, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** Line of a node's first character, counted from 1. */
export function lineOf(node: ts.Node): number {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}
