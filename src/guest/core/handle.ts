/** Kinds of handles that may cross threads, by the tag they travel under. */
export type HandleTag = "tx" | "stx" | "rx" | "mutex" | "condvar" | "cell" | "atomicBool" | "join" | "guard";

let readId: (handle: Handle) => number;
let readTag: (handle: Handle) => HandleTag;
let isOne: (value: object) => value is Handle;

/** What a kernel object looks like inside a guest: a number and a tag, nothing learner code can read or forge. */
export abstract class Handle {
  readonly #id: number;
  readonly #tag: HandleTag;

  constructor(tag: HandleTag, id: number) {
    this.#tag = tag;
    this.#id = id;
  }

  static {
    readId = (handle) => handle.#id;
    readTag = (handle) => handle.#tag;
    isOne = (value): value is Handle => #id in value;
  }
}

export const idOf = (handle: Handle): number => readId(handle);
export const tagOf = (handle: Handle): HandleTag => readTag(handle);
export const isHandle = (value: object): value is Handle => isOne(value);

/** True for the ends of channels, which have owners. */
export function isEndpoint(handle: Handle): boolean {
  const tag = tagOf(handle);
  return tag === "tx" || tag === "stx" || tag === "rx";
}

const revivers = new Map<string, (id: number) => Handle>();

/** Says how a handle that arrives under `tag` becomes an object again. */
export function reviveWith(tag: HandleTag, make: (id: number) => Handle): void {
  revivers.set(tag, make);
}

export function revive(tag: string, id: number): Handle {
  const make = revivers.get(tag);
  if (make === undefined) throw new TypeError(`no handle travels as ${tag}`);
  return make(id);
}

/** A handle object for an existing kernel object: skips the constructor of `type`, which would make a new one. */
export function reviveAs<T extends Handle>(
  type: abstract new (...given: never[]) => T,
  tag: HandleTag,
  id: number,
): T {
  return Reflect.construct(Handle, [tag, id], type as unknown as () => void) as T;
}
