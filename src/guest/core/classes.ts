/** Prototypes of the program's module-level classes, in the order they were declared: the same in every thread. */
const prototypes: object[] = [];

/** Called by compiled programs for every class declared at the top of a module. */
export function registerClass(constructor: { prototype: object }): void {
  prototypes.push(constructor.prototype);
}

/** The class's number, or -1 where instances of it cannot travel. */
export function classNumber(prototype: unknown): number {
  return prototypes.indexOf(prototype as object);
}

export function prototypeOfClass(number: number): object | null {
  return prototypes[number] ?? null;
}
