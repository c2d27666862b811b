import type { Bug } from "#abi";
import { actorOf } from "./accesses.ts";
import { describeWait, findOpenWaits, isTold } from "./blocked.ts";
import type { History } from "./history.ts";

/** Who was left when the rest had ended, and what they wait for. */
export function findLeak(history: History): Bug | null {
  if (history.outcome.kind !== "leak") return null;
  const open = findOpenWaits(history);
  const told = open.filter((at) => isTold(history, at));
  const waits = told.length > 0 ? told : open;
  const last = new Map(waits.map((at) => [actorOf(history.event(at)), at]));
  if (last.size === 0) return null;
  const sentences = [...last].map(([actor, at]) => `${history.name(actor)} ${describeWait(history, at)}`);
  return history.bug(
    "leak",
    `Left behind: ${sentences.join("; ")}.`,
    [...last.values()].map((at) => [at, "waits for ever"]),
  );
}
