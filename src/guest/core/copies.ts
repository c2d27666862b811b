import { MAILBOX } from "#abi";
import { mailbox } from "./kernel.ts";
import { misuse, threadName } from "./misuse.ts";

/**
 * A thread has copies of what its parent had: it may read them, not change them, because nobody else
 * would see the change. Holds the objects that the running thread did not make, with their names.
 */
let foreign: ReadonlyMap<object, string> = new Map();

const ARRAY = ["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin"];
const TYPED_ARRAY = ["set", "sort", "reverse", "fill", "copyWithin"];
const MAP = ["set", "delete", "clear"];
const SET = ["add", "delete", "clear"];
const ITERATOR = ["next", "return", "throw"];
const DATE = Reflect.ownKeys(Date.prototype).filter(
  (key): key is string => typeof key === "string" && key.startsWith("set"),
);

const shadows = new Map<object, object>();

/** Called in the copy that a spawn made: everything it can reach is its parent's. */
export function disown(objects: ReadonlyMap<object, string>): void {
  foreign = objects;
  for (const object of objects.keys()) {
    const methods = mutators(object);
    if (methods !== null && Object.isExtensible(object))
      Object.setPrototypeOf(object, shadowOf(Object.getPrototypeOf(object) as object, methods));
  }
}

/** Called by compiled programs before a field of `object` is written; ends the run where it is a copy. */
export function owned<T>(object: T, site: number, name: string): T {
  if (typeof object === "object" && object !== null && foreign.has(object)) {
    mailbox[MAILBOX.site] = site;
    refuse(name === "" || name === "this" ? (foreign.get(object) ?? "") : name);
  }
  return object;
}

/** Called by compiled programs where a variable is written by a thread that did not make it. */
export function foreignVariable(site: number, name: string): never {
  mailbox[MAILBOX.site] = site;
  return refuse(name);
}

function refuse(name: string): never {
  const what = name === "" ? "an object" : `\`${name}\``;
  return misuse(
    `${threadName()} changes its own copy of ${what}; nobody else sees that. Put it into a Mutex, or send the result through a channel.`,
  );
}

function mutators(object: object): readonly string[] | null {
  if (Array.isArray(object)) return ARRAY;
  if (object instanceof Map) return MAP;
  if (object instanceof Set) return SET;
  if (object instanceof Date) return DATE;
  if (ArrayBuffer.isView(object)) return TYPED_ARRAY;
  if (Object.prototype.isPrototypeOf.call(Iterator.prototype, object) && "next" in object) return ITERATOR;
  return null;
}

/** A prototype like `prototype` whose changing methods refuse: one for each, made on first use. */
function shadowOf(prototype: object, methods: readonly string[]): object {
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
