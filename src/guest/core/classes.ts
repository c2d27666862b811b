/*
 * Owns: the program's classes, as far as their instances travel between threads or are looked into.
 */

/** Prototypes of the program's module-level classes, in the order they were declared: the same in every thread. */
const prototypes: object[] = [];

/** Called by compiled programs for every class declared at the top of a module. */
export function registerClass(constructor: { prototype: object }): void {
  prototypes.push(constructor.prototype);
  constructors.set(constructor.prototype, constructor as unknown as Constructor);
}

/** The class's number, or -1 where instances of it cannot travel. */
export function classNumber(prototype: unknown): number {
  return prototypes.indexOf(prototype as object);
}

export function prototypeOfClass(number: number): object | null {
  return prototypes[number] ?? null;
}

/** A class's private instance fields: their names, and the only code that can reach them. */
interface Privates {
  readonly names: readonly string[];
  readonly read: (instance: object) => readonly unknown[];
  readonly write: (instance: object, values: readonly unknown[]) => void;
}

const NO_PRIVATES: Privates = { names: [], read: () => [], write: () => {} };
const privates = new WeakMap<object, Privates>();

/** Called by compiled programs: how to read and write the private fields of a class's instances. */
export function registerPrivates(
  constructor: { prototype: object },
  read: Privates["read"],
  write: Privates["write"],
  names: readonly string[],
): void {
  privates.set(constructor.prototype, { names, read, write });
}

/** The private fields that the class with `prototype` declares itself. */
export function privatesOf(prototype: object): Privates {
  return privates.get(prototype) ?? NO_PRIVATES;
}

/** The program's prototypes of an instance with `prototype`, nearest first, and the language's one below them. */
export function lineage(prototype: object): {
  readonly own: readonly object[];
  readonly base: object | null;
} {
  const own: object[] = [];
  let at: object | null = prototype;
  while (at !== null && prototypes.includes(at)) {
    own.push(at);
    at = Object.getPrototypeOf(at) as object | null;
  }
  return { own, base: at };
}

let basesLeft = 0;

/**
 * Offered to compiled programs (src/compile/revival.ts). While `on`, their constructors only make an object with
 * its private fields; `next` is what a constructor hands to the one of the class it extends.
 */
export const revival = {
  on: false,
  next: (): readonly unknown[] => (--basesLeft > 0 ? ANYTHING : []),
};

/** A new instance of a class of the program with its private fields still empty; no code of the program runs. */
export function instantiate(prototype: object): object {
  const { own, base } = lineage(prototype);
  const type = constructorOf(prototype);
  if (own.every((each) => privatesOf(each).names.length === 0)) {
    if (base === null || base === Object.prototype) return Object.create(prototype) as object;
    return Reflect.construct(constructorOf(base), [], type) as object;
  }
  basesLeft = own.length;
  revival.on = true;
  try {
    return Reflect.construct(constructorOf(own[0] as object), ANYTHING, type) as object;
  } finally {
    revival.on = false;
  }
}

type Constructor = new (...given: readonly unknown[]) => object;
const constructors = new Map<object, Constructor>();

function constructorOf(prototype: object): Constructor {
  return constructors.get(prototype) ?? (Reflect.get(prototype, "constructor") as Constructor);
}

/** Whatever a constructor's parameters take apart, so that no default value of theirs is computed. */
const anything: object = new Proxy(() => anything, {
  get: (_target, key) =>
    key === Symbol.iterator ? () => Array.from({ length: 8 }, () => anything).values() : anything,
});
const ANYTHING: readonly object[] = Array.from({ length: 32 }, () => anything);
