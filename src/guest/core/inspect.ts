import { isHandle, tagOf } from "./handle.ts";

/** A value as `console.log` shows it: text as it is, data on one line, at most four levels deep. */
export function inspect(value: unknown): string {
  return typeof value === "string" ? value : show(value, 0);
}

function show(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "symbol":
      return value.toString();
    case "function":
      return `[function ${value.name || "anonymous"}]`;
    case "object":
      return value === null ? "null" : showObject(value, depth);
    default:
      return Object.is(value, -0) ? "-0" : String(value);
  }
}

function showObject(value: object, depth: number): string {
  if (isHandle(value)) return `[${value.constructor.name || tagOf(value)}]`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date || value instanceof RegExp) return String(value);
  if (depth > 3) return "…";
  const inner = (item: unknown): string => show(item, depth + 1);
  if (Array.isArray(value)) return wrap("[", value.map(inner), "]");
  if (value instanceof Map)
    return wrap(
      "Map {",
      [...value].map(([k, v]) => `${inner(k)} => ${inner(v)}`),
      "}",
    );
  if (value instanceof Set) return wrap("Set {", [...value].map(inner), "}");
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const array = value as Uint8Array;
    return wrap(`${array.constructor.name} [`, Array.from(array.subarray(0, 50), inner), "]");
  }
  const name = (value.constructor as { name?: string } | undefined)?.name ?? "";
  const fields = Object.keys(value).map((key) => `${key}: ${inner(Reflect.get(value, key))}`);
  return wrap(name === "" || name === "Object" ? "{" : `${name} {`, fields, "}");
}

function wrap(open: string, items: readonly string[], close: string): string {
  if (items.length === 0) return `${open}${close}`;
  const shown = items.length > 50 ? [...items.slice(0, 50), `… ${items.length - 50} more`] : items;
  return open === "[" || open.endsWith("[")
    ? `${open}${shown.join(", ")}${close}`
    : `${open} ${shown.join(", ")} ${close}`;
}
