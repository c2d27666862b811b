import type { Bug } from "#abi";
import { actorOf, LOCK_CALLS } from "./accesses.ts";
import { findOpenWaits } from "./blocked.ts";
import type { History } from "./history.ts";
import { findSections, type LockSection } from "./sections.ts";

/** Somebody who holds one lock and waits for the next one. */
interface Link {
  readonly held: LockSection;
  readonly waits: number;
}

/**
 * Each in a circle took a lock and waits for the one that the next has taken. That is so however the run ended: somebody
 * outside of the circle may have waited with a timeout, and found that nothing came.
 */
export function findLockOrder(history: History): Bug | null {
  const holding = findSections(history).filter((section) => section.isOpen);
  const waits = findOpenWaits(history).filter((at) => LOCK_CALLS.has(history.event(at).call));
  for (const start of holding) {
    const links = follow(history, start, { holding, waits });
    if (links !== null && new Set(links.map(({ held }) => held.object)).size > 1)
      return tellOrder(history, links);
  }
  return null;
}

/** From a lock that is held to what its holder waits for, until the first lock comes again. */
function follow(
  history: History,
  start: LockSection,
  { holding, waits }: { readonly holding: readonly LockSection[]; readonly waits: readonly number[] },
): readonly Link[] | null {
  const links: Link[] = [];
  let held = start;
  while (links.length <= holding.length) {
    const wait = findWaitOf(history, held.actor, waits);
    if (wait === undefined) return null;
    links.push({ held, waits: wait });
    const wanted = history.event(wait).object;
    if (wanted === start.object) return links;
    const next = holding.find((section) => section.object === wanted);
    if (next === undefined) return null;
    held = next;
  }
  return null;
}

function findWaitOf(history: History, actor: number, waits: readonly number[]): number | undefined {
  return waits.find((at) => actorOf(history.event(at)) === actor);
}

function tellOrder(history: History, links: readonly Link[]): Bug {
  const told = links.map(
    ({ held, waits }) =>
      `${history.name(held.actor)} took ${history.thing(held.object)}${history.line(held.start)} and wants ` +
      `${history.thing(history.event(waits).object)}${history.line(waits)}`,
  );
  const sentence = `The locks are taken in different orders: ${told.join("; ")}.`;
  return history.bug(
    "lock-order-inversion",
    sentence,
    links.flatMap(({ held, waits }) => [
      [held.start, "took one lock"] as const,
      [waits, "waits for the other"] as const,
    ]),
  );
}
