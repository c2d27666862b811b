/**
 * The language's own constructors, prototypes and namespaces, and this library's modules: shared by nature,
 * never a thread's own. Their methods are not listed; a walk that meets one finds nothing inside.
 */
const intrinsics = new Set<object>();

export function isIntrinsic(value: object): boolean {
  return intrinsics.has(value);
}

/** Prototypes whose inherited names programs assign over: `this.name = …` in an Error, `counts["constructor"] = 1`. */
function overridden(): readonly (readonly [object, readonly PropertyKey[] | "all"])[] {
  const named = ["name", "message", "toString", "constructor", "cause"] as const;
  const errors = [
    Error,
    TypeError,
    RangeError,
    SyntaxError,
    ReferenceError,
    EvalError,
    URIError,
    AggregateError,
  ];
  return [
    [Object.prototype, "all"],
    [Function.prototype, ["name", "length", "toString", "constructor", "bind", "call", "apply"]],
    [Array.prototype, ["toString", "constructor", "concat", "join", "length"]],
    ...errors.map((error) => [error.prototype, named] as const),
    [Iterator.prototype, "all"],
    [Map.prototype, ["constructor", "toString"]],
    [Set.prototype, ["constructor", "toString"]],
    [Date.prototype, ["constructor", "toString", "valueOf", "toJSON"]],
    [Number.prototype, ["constructor", "toString", "valueOf"]],
    [String.prototype, ["constructor", "toString", "valueOf", "length"]],
  ];
}

/** Prototypes that no global name leads to. */
function hidden(): readonly unknown[] {
  const generator = function* (): Generator<void> {};
  const iterators = [[].values(), new Map().values(), new Set().values(), ""[Symbol.iterator]()];
  return [generator, generator.prototype, ...iterators, Int8Array].map(
    (value): unknown => Object.getPrototypeOf(value) as unknown,
  );
}

/**
 * Freezes the language's own objects, so that no program can change what another relies on. Inherited names
 * stay assignable through accessors, as SES does it ("override mistake"). Methods take no further properties.
 * The global object is left to the host, which freezes it after the program is loaded.
 */
export function freezeIntrinsics(library: readonly object[]): void {
  for (const [prototype, keys] of overridden())
    for (const key of keys === "all" ? Reflect.ownKeys(prototype) : keys) makeOverridable(prototype, key);
  for (const key of Reflect.ownKeys(globalThis))
    freeze(Reflect.getOwnPropertyDescriptor(globalThis, key)?.value);
  for (const object of [...hidden(), ...library]) freeze(object);
  intrinsics.add(globalThis);
}

/** Freezes a constructor, prototype or namespace, and whatever holds further methods below it. */
function freeze(value: unknown): void {
  if (!isObject(value) || intrinsics.has(value) || value === globalThis) return;
  intrinsics.add(value);
  if (!ArrayBuffer.isView(value)) Object.freeze(value);
  for (const key of Reflect.ownKeys(value)) {
    const field = Reflect.getOwnPropertyDescriptor(value, key);
    for (const part of [field?.value, field?.get, field?.set] as unknown[])
      if (typeof part === "function" && !("prototype" in part)) Object.preventExtensions(part);
      else freeze(part);
  }
  freeze(Object.getPrototypeOf(value));
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function makeOverridable(prototype: object, key: PropertyKey): void {
  const field = Reflect.getOwnPropertyDescriptor(prototype, key);
  if (field === undefined || !("value" in field) || field.configurable !== true) return;
  const { value, enumerable } = field as { value: unknown; enumerable?: boolean };
  Object.defineProperty(prototype, key, {
    get: () => value,
    set(this: object, next: unknown) {
      if (this === prototype)
        throw new TypeError(`${String(key)} belongs to the language and cannot be changed`);
      Object.defineProperty(this, key, { value: next, writable: true, enumerable: true, configurable: true });
    },
    enumerable: enumerable === true,
    configurable: false,
  });
}
