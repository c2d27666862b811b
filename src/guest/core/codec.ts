import type { Encoded } from "./kernel.ts";
import { idOf, isEndpoint, isHandle, revive, tagOf } from "./handle.ts";
import { classNumber, prototypeOfClass } from "./classes.ts";
import { misuse } from "./misuse.ts";

/*
 * Values that leave a thread are copied as structured data. The text forms are described in src/abi/payload.ts.
 * In JSON, one-key objects carry what JSON cannot say:
 *   {"$n":"NaN"} numbers   {"$u":1} undefined   {"$b":"12"} bigint   {"$d":0} Date   {"$m":[[k,v]]} Map
 *   {"$s":[v]} Set   {"$t":["Uint8Array",[1]]} typed array   {"$r":["a","g"]} RegExp   {"$e":["Error","m"]} Error
 *   {"$i":["Instant",1]} one of this library's own values   {"$h":["tx",3]} handle   {"$c":[2,{…}]} instance of the program's class 2   {"$@":4} the fifth object again
 * A key of the program's own that begins with "$" gets another "$" in front.
 */

/** A library value that travels as one number. */
interface Traveller {
  readonly tag: string;
  readonly write: (value: object) => number;
  readonly read: (data: number) => object;
}

const travellers = new Map<object, Traveller>();

/** Says how instances with `prototype` travel. */
export function travelAs(prototype: object, traveller: Traveller): void {
  travellers.set(prototype, traveller);
}

interface Walk {
  readonly seen: Map<object, number>;
  readonly endpoints: number[];
  readonly what: string;
}

/** Encodes `value` for another thread. Functions and guards are refused, naming the path: `` `job.onDone` is a function ``. */
export function encode(value: unknown, what = "value"): Encoded {
  switch (typeof value) {
    case "number":
      return value;
    case "string":
      if (value.isWellFormed()) return `s${value}`;
      break;
    case "undefined":
      return "u";
    case "boolean":
      return value ? "t" : "f";
    case "object":
      if (value === null) return "z";
      break;
    default:
  }
  const walk: Walk = { seen: new Map(), endpoints: [], what };
  const json = JSON.stringify(toTree(value, what, walk));
  return walk.endpoints.length === 0 ? `j${json}` : `h${walk.endpoints.join(",")}|${json}`;
}

/** The value another thread encoded: always a fresh copy that belongs to the caller. */
export function decode(encoded: Encoded): unknown {
  if (typeof encoded === "number") return encoded;
  switch (encoded[0]) {
    case "s":
      return encoded.slice(1);
    case "u":
      return undefined;
    case "z":
      return null;
    case "t":
      return true;
    case "f":
      return false;
    case "h":
      return fromTree(JSON.parse(encoded.slice(encoded.indexOf("|") + 1)), []);
    default: {
      const json = encoded.slice(1);
      const tree: unknown = JSON.parse(json);
      return json.includes('"$') ? fromTree(tree, []) : tree;
    }
  }
}

function toTree(value: unknown, path: string, walk: Walk): unknown {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $n: Object.is(value, -0) ? "-0" : String(value) };
    case "string":
    case "boolean":
      return value;
    case "undefined":
      return { $u: 1 };
    case "bigint":
      return { $b: String(value) };
    case "object":
      return value === null ? null : objectToTree(value, path, walk);
    default:
      return misuse(
        `\`${path}\` is a ${typeof value}; ${typeof value}s cannot go to another thread. Send data, and let the other side hold the code.`,
      );
  }
}

function objectToTree(value: object, path: string, walk: Walk): unknown {
  if (isHandle(value)) return handleToTree(value, path, walk);
  const before = walk.seen.get(value);
  if (before !== undefined) return { "$@": before };
  walk.seen.set(value, walk.seen.size);
  if (Array.isArray(value)) return value.map((item, index) => toTree(item, `${path}[${index}]`, walk));
  if (value instanceof Date) return { $d: value.getTime() };
  if (value instanceof Map)
    return {
      $m: [...value].map(([k, v]) => [toTree(k, `${path} key`, walk), toTree(v, `${path}.get(…)`, walk)]),
    };
  if (value instanceof Set) return { $s: [...value].map((item) => toTree(item, `${path} member`, walk)) };
  if (value instanceof RegExp) return { $r: [value.source, value.flags] };
  if (value instanceof Error) return { $e: [value.name, value.message] };
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const array = value as Uint8Array;
    return { $t: [array.constructor.name, Array.from(array, (item) => toTree(item, path, walk))] };
  }
  return fieldsToTree(value, path, walk);
}

function handleToTree(value: Parameters<typeof idOf>[0], path: string, walk: Walk): unknown {
  const tag = tagOf(value);
  if (tag === "guard")
    return misuse(
      `\`${path}\` is a lock's guard; a guard stays in the thread that locked. Unlock it, and send the value.`,
    );
  if (isEndpoint(value)) walk.endpoints.push(idOf(value));
  return { $h: [tag, idOf(value)] };
}

function fieldsToTree(value: object, path: string, walk: Walk): unknown {
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === Object.prototype || prototype === null;
  const traveller = plain ? undefined : travellers.get(prototype as object);
  if (traveller !== undefined) return { $i: [traveller.tag, traveller.write(value)] };
  const number = plain ? -1 : classNumber(prototype);
  if (!plain && number < 0)
    misuse(
      `\`${path}\` is an instance of a class that is not declared at the top of a module; such objects cannot go to another thread.`,
    );
  const fields: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const field: unknown = Reflect.get(value, key);
    fields[key.startsWith("$") ? `$${key}` : key] = toTree(field, `${path}.${key}`, walk);
  }
  return plain ? fields : { $c: [number, fields] };
}

type Tree = Record<string, unknown>;

function fromTree(tree: unknown, made: unknown[]): unknown {
  if (typeof tree !== "object" || tree === null) return tree;
  if (Array.isArray(tree)) {
    const array: unknown[] = [];
    made.push(array);
    for (const item of tree) array.push(fromTree(item, made));
    return array;
  }
  const node = tree as Tree;
  for (const key in node) {
    if (key[0] === "$" && key[1] !== "$") return special(key, node[key], made);
    break;
  }
  return fill({}, node, made);
}

function fill(object: Tree, fields: Tree, made: unknown[]): Tree {
  made.push(object);
  for (const key of Object.keys(fields))
    object[key[0] === "$" ? key.slice(1) : key] = fromTree(fields[key], made);
  return object;
}

const ARRAYS: Readonly<Record<string, (items: unknown[]) => unknown>> = {
  Int8Array: (items) => Int8Array.from(items as number[]),
  Uint8Array: (items) => Uint8Array.from(items as number[]),
  Uint8ClampedArray: (items) => Uint8ClampedArray.from(items as number[]),
  Int16Array: (items) => Int16Array.from(items as number[]),
  Uint16Array: (items) => Uint16Array.from(items as number[]),
  Int32Array: (items) => Int32Array.from(items as number[]),
  Uint32Array: (items) => Uint32Array.from(items as number[]),
  Float32Array: (items) => Float32Array.from(items as number[]),
  Float64Array: (items) => Float64Array.from(items as number[]),
  BigInt64Array: (items) => BigInt64Array.from(items as bigint[]),
  BigUint64Array: (items) => BigUint64Array.from(items as bigint[]),
};

function special(key: string, body: unknown, made: unknown[]): unknown {
  switch (key) {
    case "$u":
      return undefined;
    case "$n":
      return body === "-0" ? -0 : Number(body);
    case "$b":
      return BigInt(body as string);
    case "$@":
      return made[body as number];
    case "$h": {
      const [tag, id] = body as [string, number];
      return revive(tag, id);
    }
    default:
      return container(key, body, made);
  }
}

function container(key: string, body: unknown, made: unknown[]): unknown {
  const keep = <T>(value: T): T => {
    made.push(value);
    return value;
  };
  switch (key) {
    case "$d":
      return keep(new Date(body as number));
    case "$m": {
      const map = keep(new Map<unknown, unknown>());
      for (const [k, v] of body as [unknown, unknown][]) {
        const decoded = fromTree(k, made);
        map.set(decoded, fromTree(v, made));
      }
      return map;
    }
    case "$s": {
      const set = keep(new Set<unknown>());
      for (const item of body as unknown[]) set.add(fromTree(item, made));
      return set;
    }
    case "$r":
      return keep(new RegExp(...(body as [string, string])));
    case "$e": {
      const [name, message] = body as [string, string];
      const error = keep(new Error(message));
      error.name = name;
      return error;
    }
    case "$i": {
      const [tag, data] = body as [string, number];
      return keep([...travellers.values()].find((traveller) => traveller.tag === tag)?.read(data));
    }
    case "$t": {
      const [name, items] = body as [string, unknown[]];
      const array = ARRAYS[name]?.(items.map((item) => fromTree(item, made)));
      return keep(array);
    }
    default: {
      const [number, fields] = body as [number, Tree];
      return fill(Object.create(prototypeOfClass(number)) as Tree, fields, made);
    }
  }
}
