import ts from "typescript";
import { lineAt, lineOf, parse, walk } from "./source-files.ts";
import type { Finding, SourceFile } from "./source-files.ts";

const FILE_LINES_MAX = 500;
const FILE_LINES_LOOK_TWICE = 300;
const FUNCTION_LINES_MAX = 70;
const FUNCTION_LINES_LOOK_TWICE = 40;

/** `schedule-text.ts`, `pair.test.ts`, and Astro's `[slug].astro`, `[...path].astro`. */
const FILE_NAME = /^(\[(\.\.\.)?[a-z0-9-]+\]|[a-z0-9]+(-[a-z0-9]+)*)(\.[a-z0-9]+)+$/;
const FOLDER_NAME = /^(\[(\.\.\.)?[a-z0-9-]+\]|[a-z0-9]+(-[a-z0-9]+)*)$/;
const NAMES_OF_NOTHING = /(^|-)(utils?|helpers?|manager|misc|common)(-|\.)/;
const UNFINISHED = /\b(TODO|FIXME|HACK|XXX|not yet implemented|for now)\b/;
const SILENCED = /@ts-(ignore|expect-error|nocheck)/;
/** The files that must say the words they look for. */
const MAY_SAY_THE_WORDS = "tests/house/style";
/** At the edge to WebAssembly values have no better type. */
const MAY_SAY_ANY = "src/vm/";

function nameFindings({ path }: SourceFile): Finding[] {
  const parts = path.split("/");
  const file = parts.at(-1) ?? "";
  if (NAMES_OF_NOTHING.test(file)) {
    return [
      {
        path,
        line: 1,
        rule: `"${file}" says nothing about what is inside`,
        remedy: "Name the file after the one thing it holds",
      },
    ];
  }
  if (FILE_NAME.test(file) && parts.slice(0, -1).every((part) => FOLDER_NAME.test(part))) return [];
  return [
    {
      path,
      line: 1,
      rule: "names of files and folders are kebab-case",
      remedy: "Rename it: small letters and hyphens",
    },
  ];
}

function lengthFindings({ path, text }: SourceFile): Finding[] {
  const lines = text.trimEnd().split("\n").length;
  if (lines <= FILE_LINES_MAX) return [];
  return [
    {
      path,
      line: FILE_LINES_MAX,
      rule: `the file has ${lines} lines, ${FILE_LINES_MAX} are the limit (look twice at ${FILE_LINES_LOOK_TWICE})`,
      remedy: "Split it where its nouns part",
    },
  ];
}

function wordFindings({ path, text }: SourceFile): Finding[] {
  if (path.startsWith(MAY_SAY_THE_WORDS)) return [];
  const findings: Finding[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const unfinished = UNFINISHED.exec(line);
    if (unfinished !== null) {
      findings.push({
        path,
        line: index + 1,
        rule: `"${unfinished[0]}" promises work to nobody`,
        remedy: "Do it, or open an issue and delete the line",
      });
    }
    const silenced = SILENCED.exec(line);
    if (silenced !== null && !path.startsWith(MAY_SAY_ANY)) {
      findings.push({
        path,
        line: index + 1,
        rule: `"${silenced[0]}" silences the compiler`,
        remedy: "Give the value the type it has",
      });
    }
  }
  return findings;
}

/** A test suite's callback is as long as the suite; its tests are the functions to measure. */
function isSuite(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /(^|\.)describe\b/.test(node.parent.expression.getText());
}

function codeFindings(file: SourceFile): Finding[] {
  const findings: Finding[] = [];
  const tree = parse(file);
  walk(tree, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword && !file.path.startsWith(MAY_SAY_ANY)) {
      findings.push({
        path: file.path,
        line: lineOf(node),
        rule: '"any" switches the compiler off',
        remedy: "Say unknown and narrow it, or name the type",
      });
    }
    if (!ts.isFunctionLike(node) || !("body" in node) || node.body === undefined || isSuite(node)) return;
    const lines = lineAt(tree.text, node.end) - lineOf(node) + 1;
    if (lines <= FUNCTION_LINES_MAX) return;
    const name = node.name?.getText() ?? "a function";
    findings.push({
      path: file.path,
      line: lineOf(node),
      rule: `${name} has ${lines} lines, ${FUNCTION_LINES_MAX} are the limit (look twice at ${FUNCTION_LINES_LOOK_TWICE})`,
      remedy: "Take out the part that has a name of its own",
    });
  });
  return findings;
}

/** Everything in the files that breaks the house style. */
export function findStyleFindings(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) => [
    ...nameFindings(file),
    ...lengthFindings(file),
    ...wordFindings(file),
    ...(/\.(ts|tsx|mjs|astro)$/.test(file.path) ? codeFindings(file) : []),
  ]);
}
