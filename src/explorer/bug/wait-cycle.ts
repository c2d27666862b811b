import type { Bug, WaitFor } from "#abi";
import { TASK_OWNERS } from "#kernel";
import { actorOf } from "./accesses.ts";
import { findOpenWaits, isTold } from "./blocked.ts";
import type { History } from "./history.ts";

/** Threads and tasks that wait for each other in a circle, and not for locks alone that they took in different orders. */
export function findWaitCycle(history: History): Bug | null {
  const { kind, cycle = [] } = history.outcome;
  const [first] = cycle;
  if (kind !== "deadlock" || first === undefined) return null;
  const open = findOpenWaits(history);
  const waits = cycle.map((edge) => findWaitOf(history, edge, open));
  if (waits.includes(undefined)) return null;
  const told = cycle.map((edge, i) => tell(history, edge, waits[i] ?? 0));
  const sentence =
    cycle.length === 1
      ? `It waits for itself: ${told[0]}${holdsSender(first)}.`
      : `They wait for each other in a circle: ${told.join("; ")}.`;
  return history.bug(
    "wait-cycle",
    sentence,
    waits.map((at) => [at ?? 0, "waits"]),
  );
}

/** The kernel's number of a thread or a task, as accesses have it. */
function actorOfOwner(owner: number): number {
  return owner > TASK_OWNERS ? TASK_OWNERS - owner : owner;
}

function findWaitOf(history: History, { thread }: WaitFor, open: readonly number[]): number | undefined {
  const own = open.filter((at) => actorOf(history.event(at)) === actorOfOwner(thread));
  return own.findLast((at) => isTold(history, at)) ?? own.at(-1);
}

function tell(history: History, { thread, reason }: WaitFor, at: number): string {
  const what = reason.replace(/ \(taken at [^)]*\)/, "");
  return `${history.name(actorOfOwner(thread))} ${what}${history.line(at)}`;
}

/** A receiver's wait for itself is one for a sender that it holds. */
function holdsSender({ reason }: WaitFor): string {
  return /\bmessage\b/.test(reason) ? ", and holds a sender of it itself" : "";
}
