/*
 * Owns: what a value is, asked so that no program can answer in its place: `instanceof` alone believes a forged
 * prototype. The language's own methods are frozen before any program runs, so calling them by name is safe.
 */

/** Whether the language's own `probe` accepts `value`; asked only where the prototype says so, as it costs a throw. */
function accepts(probe: () => unknown): boolean {
  try {
    probe();
    return true;
  } catch {
    return false;
  }
}

export function isMap(value: object): value is Map<unknown, unknown> {
  return value instanceof Map && accepts(() => Map.prototype.has.call(value, 0));
}

export function isSet(value: object): value is Set<unknown> {
  return value instanceof Set && accepts(() => Set.prototype.has.call(value, 0));
}

export function isDate(value: object): value is Date {
  return value instanceof Date && accepts(() => Date.prototype.getTime.call(value));
}

const readSource = Reflect.getOwnPropertyDescriptor(RegExp.prototype, "source")?.get ?? (() => "");
const readFlags = Reflect.getOwnPropertyDescriptor(RegExp.prototype, "flags")?.get ?? (() => "");
const { apply } = Reflect;

export function isRegExp(value: object): value is RegExp {
  return value instanceof RegExp && accepts(() => apply(readSource, value, []));
}

export function regExpParts(value: RegExp): readonly [source: string, flags: string] {
  return [String(apply(readSource, value, [])), String(apply(readFlags, value, []))];
}

/** False for a proxy that refuses to be asked. */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

/** `name` or `message` of an error as text, whatever the program put there. */
export function textOf(error: Error, field: "name" | "message"): string {
  try {
    return String(error[field]);
  } catch {
    return field === "name" ? "Error" : "";
  }
}

const readStack = Reflect.getOwnPropertyDescriptor(Error.prototype, "stack")?.get;

/** Where an error was made, as the engine noted it: not what the program may have written over it. */
export function stackOf(error: Error): string {
  const stack: unknown = readStack === undefined ? "" : apply(readStack, error, []);
  return typeof stack === "string" ? stack : "";
}
