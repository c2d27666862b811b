/** Owns: from when until when a thread or a task held a lock, and what it found and left there. */
import { LOCK_CALLS, UNLOCK_CALLS, actorOf } from "./accesses.ts";
import type { History } from "./history.ts";

export interface LockSection {
  readonly actor: number;
  readonly object: number;
  readonly start: number;
  /** Where it let go; the end of the trace where it never did. */
  readonly end: number;
  readonly found: string;
  /** What it left; null where it changed nothing. */
  readonly wrote: string | null;
  /** Where it took the lock. */
  readonly site: number;
  readonly isOpen: boolean;
}

/** Every time that a lock was held, in the order in which it was taken; all locks where `object` is 0. */
export function findSections(history: History, object = 0): readonly LockSection[] {
  const open = new Map<string, LockSection>();
  const found: LockSection[] = [];
  for (const [at, event] of history.events.entries()) {
    if (event.kind !== "called" && event.kind !== "resumed") continue;
    if (object !== 0 && event.object !== object) continue;
    const actor = actorOf(event);
    const key = `${actor} ${event.object}`;
    if (LOCK_CALLS.has(event.call)) {
      if (event.detail === "" || event.detail === "wouldBlock") continue;
      const base = { actor, object: event.object, start: at, site: event.site, wrote: null };
      open.set(key, { ...base, found: event.detail, end: history.events.length, isOpen: true });
    } else if (UNLOCK_CALLS.has(event.call)) {
      const section = open.get(key);
      open.delete(key);
      if (section === undefined) continue;
      const wrote = event.detail === section.found || event.detail === "" ? null : event.detail;
      found.push({ ...section, end: at, wrote, isOpen: false });
    }
  }
  return [...found, ...open.values()].toSorted((a, b) => a.start - b.start);
}
