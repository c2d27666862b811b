import { privatesOf } from "./classes.ts";
import { type Handle, idOf, isHandle, isOwned, tagOf } from "./handle.ts";
import { isIntrinsic } from "./intrinsics.ts";
import { isMap, isSet } from "./kinds.ts";
import { misuse } from "./misuse.ts";

type Reader = (index: number) => unknown;

interface Registration {
  readonly names: readonly string[];
  readonly read: Reader;
  /** What stands behind a bound function or a proxy: it is looked into in their place. */
  readonly behind?: object;
}

/** Names of captured places by registration number; filled by the compiled program's first lines. */
export const captureNames: { list: readonly (readonly string[] | undefined)[] } = { list: [] };

/** A library object's method under this name gives what it holds, for walks that cannot look into it. */
export const HELD: unique symbol = Symbol("what it holds");

let frameOf: (value: object) => object | null = () => null;

/** Says how to look into an async function that has not begun: as an object with captures; null for anything else. */
export function lookIntoFramesWith(read: (value: object) => object | null): void {
  frameOf = read;
}

const registered = new WeakMap<object, Registration>();

/**
 * Called by compiled programs: `value` (a function, class or object of functions) captures the places of `id`.
 * `name` is what the function would be called had it not been wrapped in this call.
 */
export function registerCaptures<T extends object>(value: T, id: number, read: Reader, name?: string): T {
  if (name !== undefined) Object.defineProperty(value, "name", { value: name, configurable: true });
  registered.set(value, { names: captureNames.list[id] ?? [], read });
  return value;
}

/** For bound functions and proxies, which cannot be looked into: `value` holds `parts`, and stands for the first. */
export function registerParts<T extends object>(value: T, parts: readonly unknown[]): T {
  const names = parts.map((_, i) => (i === 1 && typeof value === "function" ? "this" : ""));
  registered.set(value, { names, read: (index) => parts[index], behind: parts[0] as object });
  return value;
}

/**
 * Called by compiled programs to read the captured place `base.a.b`: runs no getter, because a spawn must not run
 * the program's code, and stops at a handle (`guard.value` is reached through the guard).
 */
export function place(base: unknown, ...names: readonly string[]): unknown {
  let value = base;
  stepsLeft = names.length;
  for (const name of names) {
    if (typeof value !== "object" || value === null || isHandle(value)) return value;
    const field = Reflect.getOwnPropertyDescriptor(value, name);
    if (field === undefined || !("value" in field)) return value;
    value = field.value;
    stepsLeft--;
  }
  return value;
}

/** How many names of the path read last were not followed. */
let stepsLeft = 0;

/** What a spawned closure takes along. */
export interface Captured {
  /** Endpoints for the kernel: `d3:tx` moves, `s4` is shared. */
  readonly endpoints: string;
  /** Every object the closure can reach, with the path a reader would call it by. */
  readonly objects: ReadonlyMap<object, string>;
}

/** Keys that every function has and no program hides things under. */
const OF_FUNCTIONS: ReadonlySet<PropertyKey> = new Set([
  "length",
  "name",
  "prototype",
  "arguments",
  "caller",
]);

/** Walks what `body` can reach: variables, fields, private fields, elements, and the same of functions it calls. */
export function walkCaptures(body: object, taker: "thread" | "task" = "thread"): Captured {
  const walk = new CaptureWalk(taker);
  walk.visitBody(body);
  return { endpoints: walk.endpoints, objects: walk.objects };
}

class CaptureWalk {
  readonly objects = new Map<object, string>();
  endpoints = "";
  #futures: Set<object> | null = null;
  #shared: number[] | null = null;
  #moved: number[] | null = null;
  readonly #taker: "thread" | "task";

  constructor(taker: "thread" | "task") {
    this.#taker = taker;
  }

  visitBody(body: object): void {
    if (typeof body === "function" || !this.#visitFuture(body, "", true))
      for (let at: object | undefined = body; at !== undefined;) {
        const registration = registered.get(at);
        this.objects.set(at, "");
        if (registration !== undefined) this.#visitRegistration(registration, true);
        // A future by hand: what is in its fields goes with it.
        if (typeof at === "object") this.#visitFields(at, "", true);
        at = registration?.behind;
      }
    for (const id of this.#shared ?? [])
      if (this.#moved === null || !this.#moved.includes(id)) this.#tell(`s${id}`);
  }

  #visit(value: unknown, path: string, direct: boolean): void {
    if ((typeof value !== "object" || value === null) && typeof value !== "function") return;
    if (isHandle(value)) {
      this.#visitHandle(value, path, direct);
      if (isIntrinsic(Object.getPrototypeOf(value) as object)) return void this.objects.set(value, path);
    }
    if (this.objects.has(value) || isIntrinsic(value)) return;
    if (typeof value === "object" && this.#visitFuture(value, path, direct)) return;
    this.objects.set(value, path);
    const registration = registered.get(value);
    if (registration !== undefined) this.#visitRegistration(registration, false);
    if (registration?.behind === undefined) this.#visitFields(value, path);
  }

  /** What a future that has not begun holds goes with it, and it may be polled where it goes. */
  #visitFuture(value: object, path: string, direct: boolean): boolean {
    if (this.#futures?.has(value) === true) return true;
    const frame = frameOf(value);
    if (frame !== null) {
      (this.#futures ??= new Set()).add(value);
      const registration = registered.get(frame);
      if (registration !== undefined) this.#visitRegistration(registration, direct);
    } else if (HELD in value) {
      (this.#futures ??= new Set()).add(value);
      for (const part of (value[HELD] as () => readonly unknown[])()) this.#visit(part, path, direct);
    } else return false;
    return true;
  }

  #visitHandle(handle: Handle, path: string, direct: boolean): void {
    const tag = tagOf(handle);
    if (tag === "guard")
      misuse(
        `The new ${this.#taker} would take ${path === "" ? "a guard" : `\`${path}\``} along, but a lock's guard stays in the ${this.#taker} that locked. Unlock it first, and lock again in there.`,
      );
    if (!isOwned(tag)) return;
    const id = idOf(handle);
    if (!direct) (this.#shared ??= []).push(id);
    else if (this.#moved === null || !this.#moved.includes(id)) {
      (this.#moved ??= []).push(id);
      this.#tell(`d${id}:${path}`);
    }
  }

  #visitRegistration({ names, read }: Registration, direct: boolean): void {
    for (let i = 0; i < names.length; i++) {
      stepsLeft = 0;
      const value = readQuietly(read, i);
      this.#visit(value, shorten(names[i] as string, stepsLeft), direct);
    }
  }

  #visitFields(value: object, path: string, direct = false): void {
    if (isMap(value)) {
      Map.prototype.forEach.call(value, (item, key) => {
        this.#visit(key, `${path} key`, false);
        this.#visit(item, `${path}.get(…)`, false);
      });
    } else if (isSet(value))
      Set.prototype.forEach.call(value, (item) => this.#visit(item, `${path} member`, false));
    else if (ArrayBuffer.isView(value)) return void this.objects.set(value.buffer, path);
    const isFunction = typeof value === "function";
    for (const key of Reflect.ownKeys(value)) {
      if (isFunction && OF_FUNCTIONS.has(key)) continue;
      const field = Reflect.getOwnPropertyDescriptor(value, key);
      if (field === undefined) continue;
      const step = Array.isArray(value) ? `[${String(key)}]` : path === "" ? String(key) : `.${String(key)}`;
      const there = typeof key === "symbol" ? path : path + step;
      this.#visit(field.value, there, direct);
      if (field.get === undefined && field.set === undefined) continue;
      this.#visit(field.get, there, false);
      this.#visit(field.set, there, false);
    }
    this.#visitClass(value, path, direct);
  }

  /** Private fields, and what the methods of the value's classes capture. */
  #visitClass(value: object, path: string, direct: boolean): void {
    for (
      let proto: unknown = Object.getPrototypeOf(value);
      typeof proto === "object" && proto !== null && !isIntrinsic(proto);
      proto = Object.getPrototypeOf(proto)
    ) {
      const { names, read } = privatesOf(proto);
      const fields = names.length === 0 ? [] : read(value);
      for (let i = 0; i < fields.length; i++) this.#visit(fields[i], `${path}.${names[i] ?? ""}`, direct);
      this.#visit(Reflect.getOwnPropertyDescriptor(proto, "constructor")?.value, path, false);
    }
  }

  #tell(endpoint: string): void {
    this.endpoints = this.endpoints === "" ? endpoint : `${this.endpoints},${endpoint}`;
  }
}

/** `path` without its last `steps` names. */
function shorten(path: string, steps: number): string {
  return steps === 0 ? path : path.split(".").slice(0, -steps).join(".");
}

/** A variable may still be in its dead zone, or a path's base undefined: then there is nothing to take along. */
function readQuietly(read: Reader, index: number): unknown {
  try {
    return read(index);
  } catch {
    return undefined;
  }
}
