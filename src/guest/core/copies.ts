import { MAILBOX } from "#abi";
import { isHandle } from "./handle.ts";
import { mailbox } from "./kernel.ts";
import { misuse, threadName } from "./misuse.ts";
import { mutators } from "./mutators.ts";

/*
 * A thread has copies of what its parent had: it may read them, not change them, because nobody else would see
 * the change. Owns telling such a change, however it is written. Simplifies: what a WeakMap holds and what only
 * a suspended generator can see is not known to be the parent's, and a match may move a RegExp's `lastIndex`.
 */

/** The objects that the running thread did not make, with their names. */
let foreign: ReadonlyMap<object, string> = new Map();

/** The language's own, which programs get with a check in front. */
const { setPrototypeOf } = Reflect;

const shadows = new Map<object, object>();

/** Called in the copy that a spawn made: everything it can reach is its parent's. */
export function disown(objects: ReadonlyMap<object, string>): void {
  foreign = objects;
  for (const object of objects.keys()) {
    if (typeof object === "function" || isHandle(object)) continue;
    const methods = mutators(object);
    if (methods.size > 0 && Object.isExtensible(object))
      setPrototypeOf(object, shadowOf(Object.getPrototypeOf(object) as object, methods));
  }
}

/** Called by compiled programs before a field of `object` is written; ends the run where it is a copy. */
export function owned<T>(object: T, site: number, name: string): T {
  if (isForeign(object)) {
    mailbox[MAILBOX.site] = site;
    refuse(name === "" || name === "this" ? (foreign.get(object) ?? "") : name);
  }
  return object;
}

/**
 * Called by compiled programs where a method is called around the object's own prototype, as
 * `Array.prototype.push.call(items, 1)` and `super.set(key, value)` do.
 */
export function ownedBy<T>(object: T, method: string, site: number, name: string): T {
  return isForeign(object) && mutators(object).has(method) ? owned(object, site, name) : object;
}

/** For the language's functions that change the object they are given: ends the run where it is a copy. */
export function checkOwned(object: unknown): void {
  if (isForeign(object)) refuse(foreign.get(object) ?? "");
}

/** Called by compiled programs where a variable is written by a thread that did not make it. */
export function foreignVariable(site: number, name: string): never {
  mailbox[MAILBOX.site] = site;
  return refuse(name);
}

function isForeign(value: unknown): value is object {
  return ((typeof value === "object" && value !== null) || typeof value === "function") && foreign.has(value);
}

function refuse(name: string): never {
  const what = name === "" ? "an object" : `\`${name}\``;
  return misuse(
    `${threadName()} changes its own copy of ${what}; nobody else sees that. Put it into a Mutex, or send the result through a channel.`,
  );
}

/** A prototype like `prototype` whose changing methods refuse: one for each, made on first use. */
function shadowOf(prototype: object, methods: ReadonlySet<string>): object {
  const known = shadows.get(prototype);
  if (known !== undefined) return known;
  const shadow = Object.create(prototype) as object;
  for (const method of methods)
    Object.defineProperty(shadow, method, {
      value: function (this: object) {
        return refuse(foreign.get(this) ?? "");
      },
    });
  shadows.set(prototype, shadow);
  return shadow;
}
