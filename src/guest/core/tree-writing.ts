import { classNumber, lineage, privatesOf } from "./classes.ts";
import { idOf, hasOwners, isHandle, tagOf, type Handle } from "./handle.ts";
import { isIntrinsic } from "./intrinsics.ts";
import { isDate, isMap, isRegExp, isSet, regExpParts, textOf } from "./kinds.ts";
import { misuse } from "./misuse.ts";
import { travellerOf } from "./travellers.ts";

/** A value as a tree that JSON can say, and the numbers of the endpoints in it. The forms are listed in codec.ts. */
export function writeTree(value: unknown, what: string): { tree: unknown; endpoints: readonly number[] } {
  const walk: Walk = { seen: new Map(), endpoints: [] };
  return { tree: write(value, what, walk), endpoints: walk.endpoints };
}

/** Thrown instead of ending the run, where somebody only wants to know. */
export const NO_DATA: unique symbol = Symbol("no data");
let asking = false;

/** The tree of `value` if it can go to another thread; throws {@link NO_DATA} where it cannot. */
export function tryWriteTree(value: unknown): ReturnType<typeof writeTree> {
  asking = true;
  try {
    return writeTree(value, "");
  } finally {
    asking = false;
  }
}

function no(message: string): never {
  if (asking) throw NO_DATA;
  return misuse(message);
}

interface Walk {
  readonly seen: Map<object, number>;
  readonly endpoints: number[];
}

function write(value: unknown, path: string, walk: Walk): unknown {
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
      return value === null ? null : writeObject(value, path, walk);
    default:
      return no(
        `\`${path}\` is a ${typeof value}; ${typeof value}s cannot go to another thread. Send data, and let the other side hold the code.`,
      );
  }
}

function writeObject(value: object, path: string, walk: Walk): unknown {
  if (isHandle(value)) return writeHandle(value, path, walk);
  const before = walk.seen.get(value);
  if (before !== undefined) return { "$@": before };
  walk.seen.set(value, walk.seen.size);
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return writeFields(value, path, walk);
  const traveller = travellerOf(prototype);
  if (traveller !== undefined) return { $i: [traveller.tag, traveller.write(value)] };
  const number = classNumber(prototype);
  if (number >= 0) return writeInstance(value, number, path, walk);
  return writeBuiltIn(value, path, walk);
}

function writeHandle(value: Handle, path: string, walk: Walk): unknown {
  const tag = tagOf(value);
  if (tag === "guard")
    return no(
      `\`${path}\` is a lock's guard; a guard stays in the thread that locked. Unlock it, and send the value.`,
    );
  if (!isIntrinsic(Object.getPrototypeOf(value) as object))
    return refuse(path, "extends a class of the library");
  if (hasOwners(value)) walk.endpoints.push(idOf(value));
  return { $h: [tag, idOf(value)] };
}

/** What the language's own classes hold; a copy that a thread was forked with has a shadow for its prototype. */
function writeBuiltIn(value: object, path: string, walk: Walk): unknown {
  if (Array.isArray(value)) return writeItems(value, path, walk);
  if (isDate(value)) return { $d: Date.prototype.getTime.call(value) };
  if (isMap(value)) return { $m: writeEntries(value, path, walk) };
  if (isSet(value)) return { $s: writeMembers(value, path, walk) };
  if (isRegExp(value)) return { $r: regExpParts(value) };
  if (value instanceof Error)
    return { $e: [textOf(value, "name"), textOf(value, "message"), writeFields(value, path, walk)] };
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const array = value as Uint8Array;
    return { $t: [kindOfArray(array), Array.from(array, (item) => write(item, path, walk))] };
  }
  const number = ancestorNumber(value);
  return number >= 0
    ? writeInstance(value, number, path, walk)
    : refuse(path, "is not declared at the top of a module");
}

/** The class of a copy that a thread was forked with, whose prototype is a shadow (copies.ts) of the program's; -1 for others. */
function ancestorNumber(value: object): number {
  return classNumber(Object.getPrototypeOf(Object.getPrototypeOf(value)));
}

function refuse(path: string, why: string): never {
  return no(
    `\`${path}\` is an instance of a class that ${why}; such objects cannot go to another thread. Send its data.`,
  );
}

const kindOf = Reflect.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype) as object,
  Symbol.toStringTag,
)?.get;

/** `Uint8Array`, whatever the object says of itself. */
function kindOfArray(array: object): string {
  return kindOf === undefined ? "" : (Reflect.apply(kindOf, array, []) as string);
}

function writeInstance(value: object, number: number, path: string, walk: Walk): unknown {
  const { own, base } = lineage(prototypeAt(value, number));
  const content = baseContent(value, base, path, walk);
  const hidden = own.map((prototype) => {
    const { names, read } = privatesOf(prototype);
    return read(value).map((field, i) => write(field, `${path}.${names[i] ?? ""}`, walk));
  });
  return { $c: [number, content, hidden, writeFields(value, path, walk)] };
}

function prototypeAt(value: object, number: number): object {
  const prototype = Object.getPrototypeOf(value) as object;
  return classNumber(prototype) === number ? prototype : (Object.getPrototypeOf(prototype) as object);
}

/** What a class of the language that the program's class extends holds besides fields: an array's items are fields. */
function baseContent(value: object, base: object | null, path: string, walk: Walk): unknown {
  if (base === Object.prototype || base === null || base === Array.prototype) return 0;
  if (base === Map.prototype && isMap(value)) return writeEntries(value, path, walk);
  if (base === Set.prototype && isSet(value)) return writeMembers(value, path, walk);
  if (value instanceof Error && isIntrinsic(base)) return textOf(value, "message");
  return refuse(path, "extends one that is not plain data");
}

function writeItems(value: readonly unknown[], path: string, walk: Walk): unknown[] {
  const items: unknown[] = [];
  for (let i = 0; i < value.length; i++) items[i] = write(value[i], `${path}[${i}]`, walk);
  return items;
}

function writeEntries(value: Map<unknown, unknown>, path: string, walk: Walk): unknown[] {
  const entries: unknown[] = [];
  Map.prototype.forEach.call(value, (item, key) => {
    entries.push([write(key, `${path} key`, walk), write(item, `${path}.get(…)`, walk)]);
  });
  return entries;
}

function writeMembers(value: Set<unknown>, path: string, walk: Walk): unknown[] {
  const members: unknown[] = [];
  Set.prototype.forEach.call(value, (item) => void members.push(write(item, `${path} member`, walk)));
  return members;
}

function writeFields(value: object, path: string, walk: Walk): Record<string, unknown> {
  // Without a prototype a field called `__proto__` is one like any other.
  const fields = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value)) {
    const field: unknown = Reflect.get(value, key);
    fields[key.startsWith("$") ? `$${key}` : key] = write(field, `${path}.${key}`, walk);
  }
  return fields;
}
