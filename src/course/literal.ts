import { parseExpressionAt, type AnyNode, type Property, type SpreadElement } from "acorn";

/** A value written out in full, and where the text behind it goes on. */
export type LiteralReading =
  | { readonly ok: true; readonly value: unknown; readonly end: number }
  | { readonly ok: false; readonly message: string; readonly end: number };

/**
 * Reads the JavaScript expression at `from` as data, without executing anything: texts, numbers, true and false,
 * lists and objects. `end` is behind the expression, or `from` where there is none that could be read.
 */
export function readLiteral(text: string, from: number): LiteralReading {
  let node: AnyNode;
  try {
    node = parseExpressionAt(text, from, { ecmaVersion: "latest" });
  } catch (error) {
    const message = error instanceof SyntaxError ? error.message : String(error);
    return { ok: false, message: message.replace(/ \(\d+:\d+\)$/, ""), end: from };
  }
  const known = valueOf(node);
  return known === undefined
    ? { ok: false, message: "it is computed", end: node.end }
    : { ok: true, value: known.value, end: node.end };
}

/** The value of a node; undefined where only running it could tell. */
function valueOf(node: AnyNode): { readonly value: unknown } | undefined {
  switch (node.type) {
    case "Literal":
      return node.regex === undefined && node.bigint === undefined ? { value: node.value } : undefined;
    case "TemplateLiteral":
      return node.expressions.length === 0 ? { value: node.quasis[0]?.value.cooked ?? "" } : undefined;
    case "UnaryExpression": {
      const inner = valueOf(node.argument);
      return node.operator === "-" && typeof inner?.value === "number" ? { value: -inner.value } : undefined;
    }
    case "ArrayExpression": {
      const items = node.elements.map((item) => (item === null ? undefined : valueOf(item)));
      return items.includes(undefined) ? undefined : { value: items.map((item) => item?.value) };
    }
    case "ObjectExpression": {
      const fields = node.properties.map(fieldOf);
      const known = fields.filter((field) => field !== undefined);
      return known.length === fields.length ? { value: Object.fromEntries(known) } : undefined;
    }
    default:
      return undefined;
  }
}

function fieldOf(property: Property | SpreadElement): readonly [string, unknown] | undefined {
  if (property.type !== "Property" || property.computed || property.kind !== "init") return undefined;
  const { key } = property;
  const name = key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : undefined;
  const inner = valueOf(property.value);
  return name === undefined || inner === undefined ? undefined : [name, inner.value];
}
