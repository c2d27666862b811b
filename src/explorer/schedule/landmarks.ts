/**
 * Owns: telling a thing of a run so that it is found again in a run of edited code. The number of an object will not do:
 * objects are numbered as they are made, so one more shifts all that follow.
 *
 * An object is told by its name in the source, as long as anything has that name (or, of those without a name, as long
 * as there are any): an object more, or one made sooner, changes nothing. Where nothing has it, because it was renamed, by
 * its place among what its thread made of its type: which thread makes an object, and in which order, does not hang on
 * the schedule, as the order among threads would.
 * A thread is told by its number, in order of creation.
 */
import { CALLS, type Call, type ObjectInfo } from "#abi";

/** A kernel object, or (for calls about threads) a thread. */
export type Landmark = { readonly kind: "thread"; readonly thread: number } | ObjectLandmark;

export interface ObjectLandmark {
  readonly kind: "object";
  readonly type: ObjectType;
  /** The thread that made it. */
  readonly by: number;
  /** How many things of its type that thread had made before. */
  readonly ordinal: number;
  /** A hash of its name in the source, from 1 to {@link TAGS}; 0 where it has none. */
  readonly tag: number;
  /** How many of those had this name too. */
  readonly twin: number;
}

export type ObjectType = ObjectInfo["type"];

/** Tags are from 1 to this. */
export const TAGS = 127;

/** Calls whose object is a thread. */
const ABOUT_THREADS: ReadonlySet<number> = new Set([
  CALLS.join,
  CALLS.isFinished,
  CALLS.park,
  CALLS.parkTimeout,
  CALLS.unpark,
  CALLS.scopeJoin,
]);

export function isAboutThread(call: number): boolean {
  return ABOUT_THREADS.has(call);
}

interface Known {
  readonly name: string;
  readonly landmark: ObjectLandmark;
}

/** The objects of one run, as they are made. */
export class Landmarks {
  readonly #byId = new Map<number, Known>();
  /** In order, by maker and type. */
  readonly #made = new Map<string, Known[]>();
  /** In order, by maker, type and tag. */
  readonly #named = new Map<string, Known[]>();

  made(by: number, id: number, type: ObjectType, name: string): void {
    const tag = tagOf(name);
    const siblings = listAt(this.#made, `${by} ${type}`);
    const twins = listAt(this.#named, `${by} ${type} ${tag}`);
    const landmark = { kind: "object", type, by, ordinal: siblings.length, tag, twin: twins.length } as const;
    const known = { name, landmark };
    this.#byId.set(id, known);
    siblings.push(known);
    twins.push(known);
  }

  /** What the object of a call is told by; null where the call has none. */
  of(call: Call | 0, object: number): Landmark | null {
    if (isAboutThread(call)) return { kind: "thread", thread: object };
    return object === 0 ? null : this.ofObject(object);
  }

  /** A number that nobody has heard of stands for itself. */
  ofObject(id: number): ObjectLandmark {
    return (
      this.#byId.get(id)?.landmark ?? { kind: "object", type: "thread", by: 0, ordinal: id, tag: 0, twin: 0 }
    );
  }

  /** True where the object of `call` is the one that was told of. */
  isThere(told: Landmark | null, call: Call | 0, object: number): boolean {
    const here = this.of(call, object);
    if (told?.kind !== "object" || here?.kind !== "object") return isSame(told, here);
    return this.isObject(told, object);
  }

  isObject(told: ObjectLandmark, id: number): boolean {
    const known = this.#byId.get(id);
    return known === undefined ? isSame(told, this.ofObject(id)) : this.#find(told) === known;
  }

  /** The name that the object has in this run, or another of that name where its type was changed; "" where there is none. */
  nameOf(told: ObjectLandmark): string {
    const found = this.#find(told);
    if (found !== undefined || told.tag === 0) return found?.name ?? "";
    const namesakes = [...this.#byId.values()].filter(
      ({ landmark }) => landmark.by === told.by && landmark.tag === told.tag,
    );
    return namesakes[told.twin]?.name ?? "";
  }

  /** True where this run has other objects of that name: the name alone does not tell which one is meant. */
  isOneOfSeveral(told: ObjectLandmark): boolean {
    const name = this.nameOf(told);
    return name !== "" && [...this.#byId.values()].filter((known) => known.name === name).length > 1;
  }

  #find({ type, by, ordinal, tag, twin }: ObjectLandmark): Known | undefined {
    const twins = this.#named.get(`${by} ${type} ${tag}`);
    return twins === undefined ? this.#made.get(`${by} ${type}`)?.[ordinal] : twins[twin];
  }
}

function listAt(lists: Map<string, Known[]>, key: string): Known[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function isSame(a: Landmark | null, b: Landmark | null): boolean {
  if (a?.kind === "thread") return b?.kind === "thread" && a.thread === b.thread;
  if (a?.kind === "object")
    return b?.kind === "object" && a.type === b.type && a.by === b.by && a.ordinal === b.ordinal;
  return b === null;
}

/** 0 for no name. The same for the same name, and for one name in {@link TAGS} that differs. */
function tagOf(name: string): number {
  let sum = 0;
  for (let at = 0; at < name.length; at++) sum = (Math.imul(sum, 31) + name.charCodeAt(at)) >>> 0;
  return name === "" ? 0 : 1 + (sum % TAGS);
}
