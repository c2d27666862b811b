import { idOf, isEndpoint, isHandle, tagOf } from "./handle.ts";
import { isIntrinsic } from "./intrinsics.ts";
import { misuse } from "./misuse.ts";

type Reader = (index: number) => unknown;

interface Registration {
  readonly names: readonly string[];
  readonly read: Reader;
}

/** Names of captured places by registration number; filled by the compiled program's first lines. */
export const captureNames: { list: readonly (readonly string[] | undefined)[] } = { list: [] };

const registered = new WeakMap<object, Registration>();
const privateReaders = new WeakMap<object, (instance: object) => readonly unknown[]>();

/**
 * Called by compiled programs: `value` (a function, class or object of functions) captures the places of `id`.
 * `name` is what the function would be called had it not been wrapped in this call.
 */
export function registerCaptures<T extends object>(value: T, id: number, read: Reader, name?: string): T {
  if (name !== undefined) Object.defineProperty(value, "name", { value: name, configurable: true });
  registered.set(value, { names: captureNames.list[id] ?? [], read });
  return value;
}

/** Called by compiled programs: how to read the private fields of a class's instances. */
export function registerPrivates(
  constructor: { prototype: object },
  read: (instance: object) => readonly unknown[],
): void {
  privateReaders.set(constructor.prototype, read);
}

/**
 * Called by compiled programs to read the captured place `base.a.b`: runs no getter, because a spawn must not run
 * the program's code, and stops at a handle (`guard.value` is reached through the guard).
 */
export function place(base: unknown, ...names: readonly string[]): unknown {
  let value = base;
  for (const name of names) {
    if (typeof value !== "object" || value === null || isHandle(value)) return value;
    const field = Reflect.getOwnPropertyDescriptor(value, name);
    if (field === undefined || !("value" in field)) return value;
    value = field.value;
  }
  return value;
}

/** What a spawned closure takes along. */
export interface Captured {
  /** Endpoints for the kernel: `d3:tx` moves, `s4` is shared. */
  readonly endpoints: string;
  /** Every object the closure can reach, with the path a reader would call it by. */
  readonly objects: Map<object, string>;
}

/** Walks what `body` can reach: variables, fields, private fields, elements, and the same of functions it calls. */
export function walkCaptures(body: object): Captured {
  const objects = new Map<object, string>();
  const moved = new Map<number, string>();
  const shared = new Set<number>();

  const visit = (value: unknown, path: string, direct: boolean): void => {
    if ((typeof value !== "object" || value === null) && typeof value !== "function") return;
    if (isHandle(value)) {
      if (tagOf(value) === "guard")
        misuse(
          `The new thread would take \`${path}\` along, but a lock's guard stays in the thread that locked. Unlock it first, and lock again in there.`,
        );
      if (!isEndpoint(value)) return;
      if (direct) moved.set(idOf(value), path);
      else shared.add(idOf(value));
      return;
    }
    if (objects.has(value) || isIntrinsic(value)) return;
    objects.set(value, path);
    visitRegistration(value, false);
    visitFields(value, path);
  };

  const visitRegistration = (value: object, direct: boolean): void => {
    const registration = registered.get(value);
    registration?.names.forEach((name, index) => visit(readQuietly(registration.read, index), name, direct));
  };

  const visitFields = (value: object, path: string): void => {
    if (value instanceof Map) {
      for (const [key, item] of value) {
        visit(key, `${path} key`, false);
        visit(item, `${path}.get(…)`, false);
      }
    } else if (value instanceof Set) for (const item of value) visit(item, `${path} member`, false);
    else if (ArrayBuffer.isView(value)) return;
    for (const key of Reflect.ownKeys(value)) {
      const field = Reflect.getOwnPropertyDescriptor(value, key);
      if (field === undefined || !("value" in field)) continue;
      visit(
        field.value,
        typeof key === "symbol" ? path : Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`,
        false,
      );
    }
    for (
      let proto: unknown = value;
      typeof proto === "object" && proto !== null;
      proto = Object.getPrototypeOf(proto)
    ) {
      for (const field of privateReaders.get(proto)?.(value) ?? []) visit(field, path, false);
      if (proto !== value && !isIntrinsic(proto))
        visit(Reflect.getOwnPropertyDescriptor(proto, "constructor")?.value, path, false);
    }
  };

  objects.set(body, "");
  visitRegistration(body, true);
  visitFields(body, "");
  const endpoints = [...moved].map(([id, path]) => `d${id}:${path}`);
  for (const id of shared) if (!moved.has(id)) endpoints.push(`s${id}`);
  return { endpoints: endpoints.join(","), objects };
}

/** A variable may still be in its dead zone, or a path's base undefined: then there is nothing to take along. */
function readQuietly(read: Reader, index: number): unknown {
  try {
    return read(index);
  } catch {
    return undefined;
  }
}
