/** Kinds of handles that may cross threads, by the tag they travel under. */
export type HandleTag =
  | "waker"
  | "task"
  | "asyncTx"
  | "unboundedTx"
  | "asyncRx"
  | "oneshotTx"
  | "oneshotRx"
  | "broadcastTx"
  | "broadcastRx"
  | "watchTx"
  | "watchRx"
  | "asyncMutex"
  | "asyncRwLock"
  | "notify"
  | "semaphore"
  | "permit"
  | "token"
  | "tx"
  | "stx"
  | "rx"
  | "mutex"
  | "condvar"
  | "cell"
  | "atomicBool"
  | "join"
  | "guard"
  | "file"
  | "listener"
  | "stream"
  | "asyncListener"
  | "asyncStream"
  | "asyncFile"
  | "rwLock"
  | "barrier"
  | "once"
  | "atomicI32"
  | "thread"
  | "scope";

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

const CHANNEL_ENDS: readonly HandleTag[] = ["tx", "stx", "rx", "asyncTx", "unboundedTx", "asyncRx"];
const ENDS: readonly HandleTag[] = [
  ...CHANNEL_ENDS,
  "oneshotTx",
  "oneshotRx",
  "broadcastTx",
  "broadcastRx",
  "watchTx",
  "watchRx",
];
const SOCKETS: readonly HandleTag[] = ["listener", "stream", "asyncListener", "asyncStream"];
const OWNED: ReadonlySet<HandleTag> = new Set([...ENDS, ...SOCKETS, "file", "asyncFile", "permit"]);

/** True for what has owners: the ends of channels, sockets, open files, permits. */
export function hasOwners(handle: Handle): boolean {
  return isOwned(tagOf(handle));
}

/** {@link hasOwners}, of whatever travels as `tag`. */
export function isOwned(tag: HandleTag): boolean {
  return OWNED.has(tag);
}

/** True for the ends of channels that queue values. */
export function isEndpoint(handle: Handle): boolean {
  return CHANNEL_ENDS.includes(tagOf(handle));
}

/** The number of a channel's end, whichever it is. */
export const idOfEndpoint = (handle: Handle): number => idAmong(handle, CHANNEL_ENDS);

/** The number of an end of a channel of any kind. */
export const idOfEnd = (handle: Handle): number => idAmong(handle, ENDS);

/** The number of a socket, whichever it is. */
export const idOfSocket = (handle: Handle): number => idAmong(handle, SOCKETS);

/** {@link idAs} for a method that classes with different tags share. */
function idAmong(handle: unknown, tags: readonly HandleTag[]): number {
  const tag = typeof handle === "object" && handle !== null && isOne(handle) ? readTag(handle) : null;
  const known = tags.find((candidate) => candidate === tag) ?? (tags[0] as HandleTag);
  return idAs(handle as Handle, known);
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
