/** Kinds of handles that may cross threads, by the tag they travel under. */
export type HandleTag = "tx" | "stx" | "rx" | "mutex" | "condvar" | "cell" | "atomicBool" | "join" | "guard";

/** What the library's own code shows to make a handle, and nobody else has: else a program could forge any by number. */
export const KEY: unique symbol = Symbol("the library's own");
export type HandleKey = typeof KEY;

/**
 * The number of a handle that a method of the class that travels as `tag` was called on: with another object,
 * or none, a program would ask the kernel for something that does not exist.
 */
export let idAs: (handle: Handle, tag: HandleTag) => number;

let readId: (handle: Handle) => number;
let readTag: (handle: Handle) => HandleTag;
let isOne: (value: object) => value is Handle;

/** What a kernel object looks like inside a guest: a number and a tag, nothing learner code can read or forge. */
export abstract class Handle {
  readonly #id: number;
  readonly #tag: HandleTag;

  constructor(key: HandleKey, tag: HandleTag, id: number) {
    if (key !== KEY)
      throw new TypeError(
        "Only the library makes these: an end of a channel comes from `channel()`, a guard from `lock()`, a thread from `spawn()`.",
      );
    this.#tag = tag;
    this.#id = id;
  }

  static {
    readId = (handle) => handle.#id;
    idAs = (handle, tag) => {
      try {
        if (handle.#tag === tag) return handle.#id;
      } catch {
        // No handle at all: the same mistake.
      }
      throw new TypeError("This method was called without its object: write `object.method()`.");
    };
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

/** The number of a channel's end, whichever it is. */
export function idOfEndpoint(handle: Handle): number {
  return idAs(handle, isOne(handle) && isEndpoint(handle) ? readTag(handle) : "tx");
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
  return Reflect.construct(Handle, [KEY, tag, id], type as unknown as () => void) as T;
}
