import { type Bug, wasCut } from "#abi";
import type { History } from "./history.ts";

/** A loop waits for a plain variable, of which every thread has its own copy. */
export function findStaleCopy(history: History): Bug | null {
  const { kind, place, thread } = history.outcome;
  if (!wasCut(kind) || place === undefined) return null;
  const site = history.program.sites.find(
    (one) => one.waitsFor !== undefined && one.file === place.file && one.line === place.line,
  );
  if (site?.waitsFor === undefined || history.program.hidden.includes(place.file)) return null;
  const at = Math.max(
    0,
    history.events.findLastIndex((event) => event.thread === thread),
  );
  const who = history.name(thread);
  const sentence =
    `${who} waits in a loop (line ${place.line}) for \`${site.waitsFor}\`, but looks at a copy of its own, ` +
    `which no other thread can change.`;
  return history.bug("stale-copy", sentence, [[at, "looks at its copy"]]);
}
