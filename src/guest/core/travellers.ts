/** A library value that travels as one number. */
export interface Traveller {
  readonly tag: string;
  readonly write: (value: object) => number;
  readonly read: (data: number) => object;
}

const travellers = new Map<object, Traveller>();

/** Says how instances with `prototype` travel. */
export function travelAs(prototype: object, traveller: Traveller): void {
  travellers.set(prototype, traveller);
}

export function travellerOf(prototype: object): Traveller | undefined {
  return travellers.get(prototype);
}

export function travellerWith(tag: string): Traveller {
  for (const traveller of travellers.values()) if (traveller.tag === tag) return traveller;
  throw new TypeError(`nothing travels as ${tag}`);
}
