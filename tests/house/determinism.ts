import ts from "typescript";
import { lineOf, parse, walk } from "./source-files.ts";
import type { Finding, SourceFile } from "./source-files.ts";

/** Folders whose behaviour may depend on nothing but the program and the schedule. */
export const DETERMINISTIC_FOLDERS = ["base", "abi", "kernel", "guest", "machine", "explorer", "grade"];

const CLOCK = "Take the virtual clock, or a step callback, as a parameter";
const RANDOM = "Draw from createPrng of #base, with a seed that the caller gives";
const EFFECT = "Take the effect as a parameter; src/cli, src/worker and src/build pass it";
const LOCALE = "Compare and format by code units; locale data differs between platforms";
const COLLECTOR = "Release explicitly; when the garbage collector runs differs between platforms";

const BANNED_GLOBALS: ReadonlyMap<string, string> = new Map([
  ["Date", CLOCK],
  ["performance", CLOCK],
  ["setTimeout", CLOCK],
  ["setInterval", CLOCK],
  ["setImmediate", CLOCK],
  ["queueMicrotask", CLOCK],
  ["requestAnimationFrame", CLOCK],
  ["crypto", RANDOM],
  ["fetch", EFFECT],
  ["XMLHttpRequest", EFFECT],
  ["WebSocket", EFFECT],
  ["process", EFFECT],
  ["navigator", EFFECT],
  ["console", EFFECT],
  ["Intl", LOCALE],
  ["WeakRef", COLLECTOR],
  ["FinalizationRegistry", COLLECTOR],
  ["SharedArrayBuffer", EFFECT],
  ["Atomics", EFFECT],
]);

/** Math whose results the language does not leave to the platform. */
const EXACT_MATH = new Set(
  "abs ceil clz32 floor fround imul max min round sign sqrt trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2".split(
    " ",
  ),
);
const BANNED_METHODS = /^(toLocale\w+|localeCompare)$/;

/** A banned name that one file may use, and why. */
export interface Allowance {
  readonly path: string;
  readonly name: string;
  readonly reason: string;
}

function declaredNames(tree: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  walk(tree, (node) => {
    const isDeclaration =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node);
    const isAmbient = ts.isVariableDeclaration(node) && isInAmbient(node);
    if (isDeclaration && !isAmbient && node.name !== undefined && ts.isIdentifier(node.name))
      names.add(node.name.text);
  });
  return names;
}

function isInAmbient(node: ts.Node): boolean {
  for (let up: ts.Node = node; !ts.isSourceFile(up); up = up.parent) {
    if (
      ts.canHaveModifiers(up) &&
      ts.getModifiers(up)?.some((one) => one.kind === ts.SyntaxKind.DeclareKeyword)
    ) {
      return true;
    }
  }
  return false;
}

/** True where an identifier is a value read from the scope: not a property's name, not a type, not a declaration's name. */
function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isTypeNode(parent) || ts.isQualifiedName(parent)) return ts.isExpressionWithTypeArguments(parent);
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return (
    !("name" in parent && parent.name === node) && !("propertyName" in parent && parent.propertyName === node)
  );
}

/** The name a node takes from the global object: `Date`, `globalThis.Date`, `globalThis["Date"]`. */
function globalName(node: ts.Node, declared: ReadonlySet<string>): string | null {
  if (ts.isIdentifier(node)) return isReference(node) && !declared.has(node.text) ? node.text : null;
  if (ts.isPropertyAccessExpression(node) && node.expression.getText() === "globalThis")
    return node.name.text;
  if (ts.isElementAccessExpression(node) && node.expression.getText() === "globalThis") {
    return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : null;
  }
  return null;
}

/** True where a name only says which class is meant: `x instanceof Date`, `Date.prototype`. */
function namesClassOnly(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) {
    return parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword && parent.right === node;
  }
  return (
    ts.isPropertyAccessExpression(parent) && parent.expression === node && parent.name.text === "prototype"
  );
}

/** What is wrong with one node: the name used and what to do instead. */
function judge(node: ts.Node, declared: ReadonlySet<string>): { name: string; remedy: string } | null {
  const global = globalName(node, declared);
  const remedy = global === null ? undefined : BANNED_GLOBALS.get(global);
  if (global !== null && remedy !== undefined && !namesClassOnly(node)) return { name: global, remedy };
  if (ts.isPropertyAccessExpression(node)) {
    const member = node.name.text;
    if (node.expression.getText() === "Math" && !EXACT_MATH.has(member)) {
      const cure =
        member === "random" ? RANDOM : "Use integers or a table; its last digit differs between platforms";
      return { name: `Math.${member}`, remedy: cure };
    }
    if (BANNED_METHODS.test(member)) return { name: member, remedy: LOCALE };
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken) {
    const exact = ts.isNumericLiteral(node.left) && ts.isNumericLiteral(node.right);
    if (!exact)
      return {
        name: "**",
        remedy: "Multiply, or shift; the last digit of a power differs between platforms",
      };
  }
  return null;
}

/** Every use of something that could make two runs of the same program differ, and every allowance without a use. */
export function findDeterminismFindings(
  files: readonly SourceFile[],
  allowances: readonly Allowance[],
): Finding[] {
  const unused = new Set(allowances);
  const findings: Finding[] = [];
  for (const file of files) {
    if (!DETERMINISTIC_FOLDERS.some((folder) => file.path.startsWith(`src/${folder}/`))) continue;
    const tree = parse(file);
    const declared = declaredNames(tree);
    walk(tree, (node) => {
      const found = judge(node, declared);
      if (found === null) return;
      const allowance = allowances.find((one) => one.path === file.path && one.name === found.name);
      if (allowance !== undefined) unused.delete(allowance);
      else
        findings.push({
          path: file.path,
          line: lineOf(node),
          rule: `${found.name} could make two runs of one program differ`,
          remedy: found.remedy,
        });
    });
  }
  for (const { path, name } of unused) {
    findings.push({
      path,
      line: 1,
      rule: `the allowance for ${name} is not used`,
      remedy: "Delete it in tests/house/determinism.test.ts",
    });
  }
  return findings;
}
