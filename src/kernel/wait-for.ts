import type { WaitFor } from "#abi";
import type { Waiter } from "./waiters.ts";

/**
 * Finds a cycle among threads and tasks that wait for each other; null where there is none. Every edge counts, so a
 * receiver that waits for several senders is in a cycle only if one of them leads back to it; since nobody can go on
 * when this is asked, one such path is enough to explain the standstill.
 */
export function findCycle(waiters: readonly Waiter[]): WaitFor[] | null {
  const byOwner = new Map(waiters.map((waiter) => [waiter.owner, waiter]));
  for (const start of waiters) {
    const path = walk(start, start.owner, byOwner, new Set());
    if (path !== null) return path;
  }
  return null;
}

function walk(
  waiter: Waiter,
  goal: number,
  byOwner: ReadonlyMap<number, Waiter>,
  seen: Set<number>,
): WaitFor[] | null {
  seen.add(waiter.owner);
  for (const next of waiter.wait.threads) {
    const edge: WaitFor = { thread: waiter.owner, waitsFor: next, reason: waiter.wait.reason };
    if (next === goal) return [edge];
    const target = byOwner.get(next);
    if (target === undefined || seen.has(next)) continue;
    const rest = walk(target, goal, byOwner, seen);
    if (rest !== null) return [edge, ...rest];
  }
  return null;
}
