/** Owns: which built-in methods change the object they are called on, by kind of object. */

const NONE: ReadonlySet<string> = new Set();
const ARRAY = new Set(["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin"]);
const TYPED_ARRAY = new Set(["set", "sort", "reverse", "fill", "copyWithin"]);
const VIEW = settersOf(DataView.prototype);
const MAP = new Set(["set", "delete", "clear"]);
const SET = new Set(["add", "delete", "clear"]);
const ITERATOR = new Set(["next", "return", "throw"]);
const DATE = settersOf(Date.prototype);

/** Names of the methods that change `object`. */
export function mutators(object: object): ReadonlySet<string> {
  if (Array.isArray(object)) return ARRAY;
  if (Object.getPrototypeOf(object) === Object.prototype) return NONE;
  if (object instanceof Map || object instanceof WeakMap) return MAP;
  if (object instanceof Set || object instanceof WeakSet) return SET;
  if (object instanceof Date) return DATE;
  if (ArrayBuffer.isView(object)) return object instanceof DataView ? VIEW : TYPED_ARRAY;
  if (object instanceof Iterator && "next" in object) return ITERATOR;
  return NONE;
}

function settersOf(prototype: object): ReadonlySet<string> {
  return new Set(
    Reflect.ownKeys(prototype).filter(
      (key): key is string => typeof key === "string" && key.startsWith("set"),
    ),
  );
}

const changing = new Set<unknown>();

/** Whether `method` is one of the language's own methods that change the object they are called on. */
export function isMutator(method: unknown): boolean {
  if (changing.size === 0) noteMutators();
  return changing.has(method);
}

function noteMutators(): void {
  const kinds: readonly (readonly [object, ReadonlySet<string>])[] = [
    [Array.prototype, ARRAY],
    [Map.prototype, MAP],
    [WeakMap.prototype, MAP],
    [Set.prototype, SET],
    [WeakSet.prototype, SET],
    [Date.prototype, DATE],
    [DataView.prototype, VIEW],
    [Object.getPrototypeOf(Uint8Array.prototype) as object, TYPED_ARRAY],
  ];
  for (const [prototype, names] of kinds)
    for (const name of names) changing.add(Reflect.get(prototype, name));
}
