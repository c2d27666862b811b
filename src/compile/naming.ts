/** Owns: what the source calls the value that an expression makes. */
import type { AnyNode } from "acorn";
import type { Instrumentation } from "./instrumentation.ts";
import { leaves, plainKey } from "./syntax-tree.ts";

/** What `node`'s value is stored in: `queue`, `tx, rx`, `this.flag`; "" where that has no name. */
export function storedName({ scopes, origins }: Instrumentation, node: AnyNode): string {
  let value = node;
  let parent = scopes.parents.get(value);
  if (parent?.type === "ChainExpression") {
    value = parent;
    parent = scopes.parents.get(value);
  }
  const namesOf = (target: Parameters<typeof leaves>[0]): string =>
    leaves(target)
      .map((leaf) => origins.path(leaf))
      .filter((name) => name !== "")
      .join(", ");
  switch (parent?.type) {
    case "VariableDeclarator":
      return namesOf(parent.id);
    case "AssignmentExpression":
      return parent.right === value ? namesOf(parent.left) : "";
    case "AssignmentPattern":
      return parent.right === value ? namesOf(parent.left) : "";
    case "PropertyDefinition":
      return parent.value === value ? (plainKey(parent.key, parent.computed) ?? "") : "";
    case "Property":
      return parent.value === value ? (plainKey(parent.key, parent.computed) ?? "") : "";
    default:
      return "";
  }
}

/** The `name` that the language gives to an anonymous function in this position; null where it gives none. */
export function inferredName({ scopes, origins }: Instrumentation, node: AnyNode): string | null {
  const parent = scopes.parents.get(node);
  switch (parent?.type) {
    case "VariableDeclarator":
      return parent.id.type === "Identifier" ? origins.spelling(parent.id) : null;
    case "AssignmentExpression":
      if (!/^(\|\||&&|\?\?)?=$/.test(parent.operator)) return null;
      return parent.left.type === "Identifier" ? origins.spelling(parent.left) : null;
    case "AssignmentPattern":
      return parent.left.type === "Identifier" ? origins.spelling(parent.left) : null;
    case "PropertyDefinition":
    case "Property":
      return plainKey(parent.key, parent.computed && parent.key.type !== "Literal");
    default:
      return null;
  }
}
