/**
 * Owns: walking the parsed bundle. Knows which child nodes are expressions, patterns and statements,
 * and which identifiers are mere names (property keys, labels) that no scope has to resolve.
 */
import type {
  AnyNode,
  ArrowFunctionExpression,
  Class,
  Expression,
  FunctionDeclaration,
  FunctionExpression,
  Identifier,
  MemberExpression,
  Pattern,
  Super,
} from "acorn";

export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;
export type ClassNode = Extract<AnyNode, Class>;

export function isFunction(node: AnyNode): node is FunctionNode {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  );
}

export function isClass(node: AnyNode): node is ClassNode {
  return node.type === "ClassDeclaration" || node.type === "ClassExpression";
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** Field names of `node` that hold names instead of code. */
function skippedKeys(node: AnyNode): string {
  switch (node.type) {
    case "MemberExpression":
      return node.computed ? "" : "property";
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      return node.computed ? "" : "key";
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return "label";
    default:
      return isFunction(node) || isClass(node) ? "id" : "";
  }
}

const CODELESS: ReadonlySet<string> = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportDefaultDeclaration",
  "ExportAllDeclaration",
  "MetaProperty",
]);

/** The child nodes that hold code, in source order. Imports, exports and `import.meta` have none. */
export function children(node: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  if (CODELESS.has(node.type)) return found;
  const skipped = skippedKeys(node);
  for (const key in node) {
    const value: unknown = (node as unknown as Readonly<Record<string, unknown>>)[key];
    if (typeof value !== "object" || value === null || key === skipped) continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) found.push(value);
      continue;
    }
    for (const item of value) if (isNode(item)) found.push(item);
  }
  return found;
}

/** The variables that a declaration's pattern binds, or the leaves that an assignment's pattern writes. */
export function leaves(pattern: Pattern | Expression): (Identifier | MemberExpression)[] {
  switch (pattern.type) {
    case "Identifier":
    case "MemberExpression":
      return [pattern];
    case "ObjectPattern":
      return pattern.properties.flatMap((p) => leaves(p.type === "Property" ? p.value : p));
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element === null ? [] : leaves(element)));
    case "RestElement":
      return leaves(pattern.argument);
    case "AssignmentPattern":
      return leaves(pattern.left);
    default:
      return [];
  }
}

/** True where `node` belongs to an optional chain at or right of its `?.`: wrapping it would cut the chain. */
export function dependsOnOptional(node: AnyNode): boolean {
  let spine: AnyNode | Super = node;
  for (;;) {
    if (spine.type === "MemberExpression") {
      if (spine.optional) return true;
      spine = spine.object;
    } else if (spine.type === "CallExpression") {
      if (spine.optional) return true;
      spine = spine.callee;
    } else {
      return false;
    }
  }
}

/** The name of a property that is written plainly: `tx`, `#tx`; null for `[key]`. */
export function plainKey(key: AnyNode, computed: boolean): string | null {
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (computed) return null;
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" ? String(key.value) : null;
}
