import { MAILBOX } from "#abi";
import { isHandle } from "./handle.ts";
import { mailbox } from "./kernel.ts";
import { misuse, threadName } from "./misuse.ts";
import { mutators } from "./mutators.ts";

/*
 * A thread has copies of what its parent had: it may read them, not change them, because nobody else would see
 * the change. Owns telling such a change, however it is written. Simplifies: what a WeakMap holds and what only
 * a suspended generator can see is not known to be the parent's, and a match may move a RegExp's `lastIndex`.
 * What is lent (lent.ts) is told in the same way.
 */

/** The objects that the running thread did not make, with their names. */
let foreign: ReadonlyMap<object, string> = new Map();

/** The language's own, which programs get with a check in front. */
const { setPrototypeOf } = Reflect;

const shadows = new Map<object, object>();
/** The shadows themselves: what has one for its prototype needs no other. */
const madeShadows = new Set<object>();

/** Why an object must not be changed though it is this thread's own; may become another reason later. */
export interface Lease {
  reason: string;
}

/** Objects that may only be looked at; none before the first is lent. */
let leases: WeakMap<object, Lease> | null = null;

/** From here on a change of `object` itself ends the run; false where it was lent before. */
export function lendOne(object: object, lease: Lease): boolean {
  leases ??= new WeakMap();
  if (leases.has(object)) return false;
  leases.set(object, lease);
  mailbox[MAILBOX.watched] = 1;
  shadow(object);
  return true;
}

/** Called in the copy that a spawn made: everything it can reach is its parent's. */
export function disown(objects: ReadonlyMap<object, string>): void {
  foreign = objects;
  mailbox[MAILBOX.watched] = 1;
  for (const object of objects.keys()) {
    if (typeof object === "function" || isHandle(object)) continue;
    shadow(object);
  }
}

/** Puts a check in front of the methods that change `object`. */
function shadow(object: object): void {
  const methods = mutators(object);
  if (methods.size === 0 || !Object.isExtensible(object)) return;
  const prototype = Object.getPrototypeOf(object) as object;
  if (!madeShadows.has(prototype)) setPrototypeOf(object, shadowOf(prototype, methods));
}

/** Called by compiled programs before a field of `object` is written; ends the run where it is a copy. */
export function owned<T>(object: T, site: number, name: string): T {
  if (isForeign(object)) {
    mailbox[MAILBOX.site] = site;
    refuseChange(object, name === "" || name === "this" ? (foreign.get(object) ?? "") : name);
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
  if (isForeign(object)) refuseChange(object, foreign.get(object) ?? "");
}

/** Called by compiled programs where a variable is written by a thread that did not make it. */
export function foreignVariable(site: number, name: string): never {
  mailbox[MAILBOX.site] = site;
  return refuse(name);
}

function isForeign(value: unknown): value is object {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    (foreign.has(value) || (leases !== null && leases.has(value)))
  );
}

function refuseChange(object: object, name: string): never {
  const lease = foreign.has(object) ? undefined : leases?.get(object);
  return lease === undefined ? refuse(name) : misuse(lease.reason);
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
  const made = Object.create(prototype) as object;
  for (const method of methods)
    Object.defineProperty(made, method, {
      value: function (this: object) {
        return refuseChange(this, foreign.get(this) ?? "");
      },
    });
  shadows.set(prototype, made);
  madeShadows.add(made);
  return made;
}
