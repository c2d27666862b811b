import type { WaitFor } from "#abi";
import type { Wait } from "./handler.ts";
import type { Thread } from "./thread.ts";

/**
 * Finds a cycle among threads that wait for each other; null where there is none. Every edge counts, so a
 * receiver that waits for several senders is in a cycle only if one of them leads back to it; since no
 * thread can go on when this is asked, one such path is enough to explain the standstill.
 */
export function findCycle(
  blocked: readonly Thread[],
  waitOf: (thread: Thread) => Wait | null,
): WaitFor[] | null {
  const byId = new Map(blocked.map((thread) => [thread.id, thread]));
  for (const start of blocked) {
    const path = walk(start, start.id, byId, waitOf, new Set());
    if (path !== null) return path;
  }
  return null;
}

function walk(
  thread: Thread,
  goal: number,
  byId: ReadonlyMap<number, Thread>,
  waitOf: (thread: Thread) => Wait | null,
  seen: Set<number>,
): WaitFor[] | null {
  seen.add(thread.id);
  const wait = waitOf(thread);
  for (const next of wait?.threads ?? []) {
    const edge: WaitFor = { thread: thread.id, waitsFor: next, reason: wait?.reason ?? "" };
    if (next === goal) return [edge];
    const target = byId.get(next);
    if (target === undefined || seen.has(next)) continue;
    const rest = walk(target, goal, byId, waitOf, seen);
    if (rest !== null) return [edge, ...rest];
  }
  return null;
}
