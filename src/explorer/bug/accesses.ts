/** Owns: which events of a trace read or changed a value that is shared, and which value. */
import { CALLS, type Trace, type TraceEvent } from "#abi";

/** One event that read a shared value, changed it, or both. Values are as the trace shows them. */
export interface Access {
  readonly at: number;
  readonly actor: number;
  readonly object: number;
  readonly site: number;
  /** What it found; null where it did not look. */
  readonly reads: string | null;
  /** What it left there; null where it changed nothing, "?" where the trace does not say. */
  readonly writes: string | null;
}

/** A number for whoever did it: the thread, or below 0 the task. */
export function actorOf({ thread, task }: Pick<TraceEvent, "thread" | "task">): number {
  return task === 0 ? thread : -task;
}

export const LOCK_CALLS: ReadonlySet<number> = new Set([
  CALLS.lock,
  CALLS.tryLock,
  CALLS.rwRead,
  CALLS.rwTryRead,
  CALLS.rwWrite,
  CALLS.rwTryWrite,
  CALLS.asyncLock,
]);
export const UNLOCK_CALLS: ReadonlySet<number> = new Set([CALLS.unlock, CALLS.rwUnlock, CALLS.asyncUnlock]);
const WAITS: ReadonlySet<number> = new Set([CALLS.wait, CALLS.waitTimeout]);
const READS: ReadonlySet<number> = new Set([
  CALLS.cellGet,
  CALLS.atomicLoad,
  CALLS.onceGet,
  CALLS.watchBorrow,
]);
const WRITES: ReadonlySet<number> = new Set([
  CALLS.cellSet,
  CALLS.atomicStore,
  CALLS.onceSet,
  CALLS.onceEnd,
  CALLS.watchSend,
  CALLS.watchModify,
]);
const CHANGES: ReadonlySet<number> = new Set([
  CALLS.atomicSwap,
  CALLS.atomicFetch,
  CALLS.atomicCompareExchange,
]);
/** Details that are no value. */
const FAILED: ReadonlySet<string> = new Set(["differs", "wouldBlock", "poisoned", "full", "disconnected"]);

/** A lock's value, from when it was taken until it is let go. */
interface Section {
  readonly object: number;
  readonly found: string | null;
}

/** All accesses of a run, in order. What a lock's holder changed counts when it lets the lock go. */
export function findAccesses(trace: Trace): readonly Access[] {
  const held = new Map<number, Section[]>();
  const found: Access[] = [];
  for (const [at, event] of trace.events.entries()) {
    if (event.kind !== "called" && event.kind !== "resumed") continue;
    const access = toAccess(event, at, listOf(held, actorOf(event)));
    if (access !== null) found.push(access);
  }
  return fillUnknown(found);
}

function toAccess(event: TraceEvent, at: number, held: Section[]): Access | null {
  const { call, object, detail, site } = event;
  const base = { at, actor: actorOf(event), object, site };
  if (LOCK_CALLS.has(call)) return take(event, base, held);
  if (UNLOCK_CALLS.has(call)) return letGo(event, base, held);
  if (WAITS.has(call)) return wake(event, base, held);
  if (FAILED.has(detail)) return null;
  if (READS.has(call)) return { ...base, reads: detail, writes: null };
  if (WRITES.has(call)) return { ...base, reads: null, writes: detail };
  if (CHANGES.has(call)) return { ...base, reads: detail, writes: "?" };
  return null;
}

type Base = Pick<Access, "at" | "actor" | "object" | "site">;

/** The first of two events of a lock that had to wait has taken nothing yet. */
function take({ detail, object }: TraceEvent, base: Base, held: Section[]): Access | null {
  if (detail === "" || detail === "wouldBlock") return null;
  const reads = detail === "poisoned" ? null : detail;
  held.push({ object, found: reads });
  return reads === null ? null : { ...base, reads, writes: null };
}

function letGo({ object, detail }: TraceEvent, base: Base, held: Section[]): Access | null {
  const index = held.findLastIndex((section) => section.object === object);
  if (index < 0) return null;
  const [section] = held.splice(index, 1);
  return detail === "" || section?.found === detail ? null : { ...base, reads: null, writes: detail };
}

/** A wait first gives back the value of its lock, the one taken last; when it is over it reads it again. */
function wake({ detail }: TraceEvent, base: Base, held: Section[]): Access | null {
  const section = held.at(-1);
  if (section === undefined || NO_VALUE.has(detail)) return null;
  if (detail === "") {
    return section.found === null
      ? null
      : { ...base, object: section.object, reads: null, writes: UNTOLD + section.found };
  }
  held[held.length - 1] = { object: section.object, found: detail };
  return { ...base, object: section.object, reads: detail, writes: null };
}

const NO_VALUE: ReadonlySet<string> = new Set(["spurious", "timeout", "poisoned"]);

/** Stands before what a lock held when a wait began, which may have left something else there. */
const UNTOLD = "\0";

/** What an atomic change or a wait left is what the next one to look found. */
function fillUnknown(found: readonly Access[]): readonly Access[] {
  const next = new Map<number, string | null>();
  const filled = found.toReversed().flatMap((access) => {
    const { object, reads, writes } = access;
    const seen = next.get(object) ?? null;
    if (writes?.startsWith(UNTOLD)) {
      if (seen === null || writes === UNTOLD + seen) return [];
      next.set(object, null);
      return [{ ...access, writes: seen }];
    }
    next.set(object, reads);
    return writes === "?" && seen !== null ? [{ ...access, writes: seen }] : [access];
  });
  return filled.toReversed();
}

export function listOf<T>(map: Map<number, T[]>, key: number): T[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}
