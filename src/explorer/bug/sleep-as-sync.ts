import { type Bug, CALLS } from "#abi";
import { formatMs } from "#base";
import { type Access, actorOf } from "./accesses.ts";
import { findEarlyRead, SLEEPS } from "./early-read.ts";
import type { History } from "./history.ts";

/** Whoever failed had slept before it read, and nothing but that sleep put the write first. */
export function findSleepAsSync(history: History): Bug | null {
  const early = findEarlyRead(history);
  if (early === null) return null;
  const { read, writer } = early;
  const slept = findSleepBefore(history, read);
  if (slept === undefined) return null;
  const who = history.name(read.actor);
  const started = history.events.findLastIndex(
    (event, at) =>
      at < slept && actorOf(event) === read.actor && (event.kind === "blocked" || event.kind === "pending"),
  );
  const ms = history.event(slept).timeNs - (history.events[started]?.timeNs ?? 0);
  const then =
    writer === undefined
      ? "before anybody had written it"
      : `before ${history.name(writer.actor)} wrote ${writer.writes}${history.line(writer.at)}`;
  const sentence =
    `${who} slept ${formatMs(ms)}${history.line(slept)} and then read ${history.thing(read.object)}` +
    `${history.line(read.at)}, ${then}: a sleep puts nothing in order.`;
  return history.bug("sleep-as-synchronisation", sentence, [
    [slept, "had slept"],
    [read.at, "read too early"],
    ...(writer === undefined ? [] : [[writer.at, "wrote too late"] as const]),
  ]);
}

/** The sleep that is the last thing its actor did before the read, other than reading. */
function findSleepBefore(history: History, { at, actor }: Access): number | undefined {
  for (let i = at - 1; i >= 0; i--) {
    const event = history.event(i);
    if (actorOf(event) !== actor) continue;
    if (SLEEPS.has(event.call)) return event.kind === "resumed" ? i : undefined;
    if (event.kind === "task-polled" || event.kind === "printed" || event.kind === "task-suspended") continue;
    const access = history.accesses.find((one) => one.at === i);
    if (access !== undefined && access.writes === null) continue;
    if (event.call === CALLS.now || (event.call === CALLS.unlock && access === undefined)) continue;
    return undefined;
  }
  return undefined;
}
