import { idOf, isHandle, tagOf } from "./handle.ts";
import { isIntrinsic } from "./intrinsics.ts";
import { isDate, isMap, isRegExp, isSet, textOf } from "./kinds.ts";

/** How much of a value is shown. */
interface Extent {
  readonly levels: number;
  readonly items: number;
}

const GLANCE: Extent = { levels: 4, items: 50 };
const WHOLE: Extent = { levels: 40, items: Infinity };

/** A value as `console.log` shows it: text as it is, data on one line, at most four levels deep. */
export function inspect(value: unknown): string {
  return typeof value === "string" ? value : show(value, 0, GLANCE);
}

/** All of a value, for comparing: two texts are equal where the data are. */
export function inspectWhole(value: unknown): string {
  return show(value, 0, WHOLE);
}

function show(value: unknown, depth: number, extent: Extent): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "symbol":
      return String(value);
    case "function":
      return `[function ${nameOf(value) || "anonymous"}]`;
    case "object":
      return value === null ? "null" : showObject(value, depth, extent);
    default:
      return Object.is(value, -0) ? "-0" : String(value);
  }
}

function showObject(value: object, depth: number, extent: Extent): string {
  if (isHandle(value)) {
    const name = className(value) || tagOf(value);
    return extent === WHOLE ? `[${name} ${idOf(value)}]` : `[${name}]`;
  }
  if (value instanceof Error) return `${textOf(value, "name")}: ${textOf(value, "message")}`;
  if (isDate(value)) return Date.prototype.toString.call(value);
  if (isRegExp(value)) return RegExp.prototype.toString.call(value);
  if (depth >= extent.levels) return "…";
  const inner = (item: unknown): string => show(item, depth + 1, extent);
  if (Array.isArray(value)) return showArray(value, inner, extent.items);
  if (isMap(value))
    return wrap(
      "Map {",
      itemsOf(value).map(([k, v]) => `${inner(k)} => ${inner(v)}`),
      "}",
      extent.items,
    );
  if (isSet(value))
    return wrap(
      "Set {",
      itemsOf(value).map(([, v]) => inner(v)),
      "}",
      extent.items,
    );
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const array = value as Uint8Array;
    return wrap(
      `${className(array)} [`,
      Array.from(array.subarray(0, extent.items + 1), inner),
      "]",
      extent.items,
    );
  }
  const name = className(value);
  const fields = Object.keys(value).map((key) => `${key}: ${showField(value, key, inner)}`);
  return wrap(name === "" || name === "Object" ? "{" : `${name} {`, fields, "}", extent.items);
}

function showArray(value: readonly unknown[], inner: (item: unknown) => string, most: number): string {
  const shown: string[] = [];
  for (let i = 0; i < value.length && i <= most; i++) shown[i] = showField(value, `${i}`, inner);
  return wrap("[", shown, "]", most, value.length);
}

/** Runs no getter: to print an object must not run the program's code. */
function showField(value: object, key: string, inner: (item: unknown) => string): string {
  const field = Reflect.getOwnPropertyDescriptor(value, key);
  if (field === undefined) return "undefined";
  return "value" in field ? inner(field.value) : "[getter]";
}

/** The name of the class that `value`'s prototype belongs to; "" where there is none. */
function className(value: object): string {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return "";
  const made = Reflect.getOwnPropertyDescriptor(prototype, "constructor");
  const type: unknown = made?.value ?? (isIntrinsic(prototype) ? Reflect.get(prototype, "constructor") : "");
  return typeof type === "function" ? nameOf(type) : "";
}

function nameOf(type: object): string {
  const name: unknown = Reflect.getOwnPropertyDescriptor(type, "name")?.value;
  return typeof name === "string" ? name : "";
}

function itemsOf(value: Map<unknown, unknown> | Set<unknown>): [unknown, unknown][] {
  const items: [unknown, unknown][] = [];
  const add = (item: unknown, key: unknown): void => void items.push([key, item]);
  if (isMap(value)) Map.prototype.forEach.call(value, add);
  else Set.prototype.forEach.call(value, add);
  return items;
}

function wrap(
  open: string,
  items: readonly string[],
  close: string,
  most: number,
  count = items.length,
): string {
  if (items.length === 0) return `${open}${close}`;
  const shown = count > most ? [...items.slice(0, most), `… ${count - most} more`] : items;
  return open.endsWith("[") ? `${open}${shown.join(", ")}${close}` : `${open} ${shown.join(", ")} ${close}`;
}
