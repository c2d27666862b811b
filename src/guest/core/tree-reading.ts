import { instantiate, lineage, privatesOf, prototypeOfClass } from "./classes.ts";
import { revive } from "./handle.ts";
import { travellerWith } from "./travellers.ts";

/** The value that a tree stands for. The forms are listed in codec.ts. */
export function readTree(tree: unknown): unknown {
  return read(tree, []);
}

type Tree = Record<string, unknown>;

/** `made` holds the objects in the order in which they were written. */
function read(tree: unknown, made: unknown[]): unknown {
  if (typeof tree !== "object" || tree === null) return tree;
  if (Array.isArray(tree)) {
    const array: unknown[] = [];
    made.push(array);
    for (const item of tree) array.push(read(item, made));
    return array;
  }
  const node = tree as Tree;
  for (const key in node) {
    if (key[0] === "$" && key[1] !== "$") return special(key, node[key], made);
    break;
  }
  const object: Tree = {};
  made.push(object);
  return fill(object, node, made);
}

function fill(object: object, fields: Tree, made: unknown[]): object {
  for (const key of Object.keys(fields)) {
    const name = key[0] === "$" ? key.slice(1) : key;
    const value = read(fields[key], made);
    Reflect.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  }
  return object;
}

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
    case "$c":
      return readInstance(body as [number, unknown, unknown[][], Tree], made);
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
      return keep(new Date((body as number | null) ?? NaN));
    case "$m":
      return fillMap(keep(new Map<unknown, unknown>()), body as [unknown, unknown][], made);
    case "$s":
      return fillSet(keep(new Set<unknown>()), body as unknown[], made);
    case "$r":
      return keep(new RegExp(...(body as [string, string])));
    case "$e": {
      const [name, message, fields] = body as [string, string, Tree];
      const error = keep(new Error(message));
      if (name !== "Error") error.name = name;
      return fill(error, fields, made);
    }
    case "$t": {
      const [name, items] = body as [string, unknown[]];
      return keep(ARRAYS[name]?.(items.map((item) => read(item, made))));
    }
    default: {
      const [tag, data] = body as [string, number];
      return keep(travellerWith(tag).read(data));
    }
  }
}

function fillMap(map: Map<unknown, unknown>, entries: [unknown, unknown][], made: unknown[]): object {
  for (const [key, value] of entries) {
    const decoded = read(key, made);
    Map.prototype.set.call(map, decoded, read(value, made));
  }
  return map;
}

function fillSet(set: Set<unknown>, members: unknown[], made: unknown[]): object {
  for (const item of members) Set.prototype.add.call(set, read(item, made));
  return set;
}

function readInstance(
  [number, content, hidden, fields]: [number, unknown, unknown[][], Tree],
  made: unknown[],
): object {
  const prototype = prototypeOfClass(number);
  if (prototype === null) throw new TypeError(`there is no class ${number}`);
  const instance = instantiate(prototype);
  made.push(instance);
  if (instance instanceof Map) fillMap(instance, content as [unknown, unknown][], made);
  else if (instance instanceof Set) fillSet(instance, content as unknown[], made);
  else if (instance instanceof Error)
    Object.defineProperty(instance, "message", { value: content, writable: true, configurable: true });
  for (const [i, each] of lineage(prototype).own.entries()) {
    const values = (hidden[i] ?? []).map((value) => read(value, made));
    privatesOf(each).write(instance, values);
  }
  return fill(instance, fields, made);
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
