import { type Bug, CALLS } from "#abi";
import { actorOf } from "./accesses.ts";
import { findEvidence, type History } from "./history.ts";
import type { ConditionWait } from "./waits.ts";

/** A wait came back with nothing changed, and whoever had waited went on without looking. */
export function findIfForWhile(history: History): Bug | null {
  if (!history.isWrongResult) return null;
  const evidence = findEvidence(history);
  for (const wait of history.waits.all.toReversed()) {
    const { end, actor, lock, start } = wait;
    if (end === undefined || end > evidence.at || history.event(end).detail === "timeout") continue;
    if (
      actor !== evidence.actor &&
      evidence.carried.length === 0 &&
      !evidence.reads.some((one) => one.object === lock)
    )
      continue;
    if (waitsAgain(history, wait) || looksElsewhere(history, wait)) continue;
    const isSpurious = history.event(end).detail === "spurious";
    const changes = history.of(lock).filter((one) => one.writes !== null && one.at > start && one.at < end);
    if (valueAt(history, lock, start) !== valueAt(history, lock, end)) continue;
    const thief = changes.findLast((one) => one.actor !== actor);
    if (!isSpurious && changes.length < 2) continue;
    return tellIf(history, wait, isSpurious ? undefined : thief?.at);
  }
  return null;
}

/** What a lock held just before an event; undefined where nobody had looked. */
function valueAt(history: History, lock: number, at: number): string | undefined {
  const last = history.of(lock).findLast((one) => one.at < at);
  return last?.writes ?? last?.reads ?? undefined;
}

function waitsAgain(history: History, { actor, condition, end = 0, lock }: ConditionWait): boolean {
  const next = history.events.find(
    (event, at) =>
      at > end && actorOf(event) === actor && (event.object === lock || event.object === condition),
  );
  return next?.call === CALLS.wait || next?.call === CALLS.waitTimeout;
}

/** It looked at something else once it was awake, which may have told it to go on. */
function looksElsewhere(history: History, { actor, lock, end = 0 }: ConditionWait): boolean {
  const next = history.accesses.find((one) => one.at > end && one.actor === actor);
  return next !== undefined && next.object !== lock;
}

function tellIf(history: History, { actor, condition, end = 0, start }: ConditionWait, thief?: number): Bug {
  const who = history.name(actor);
  const why =
    thief === undefined
      ? "woke up though nobody had notified it"
      : `woke up after ${history.name(actorOf(history.event(thief)))} had been there first${history.line(thief)}`;
  const sentence =
    `${who} waited on ${history.thing(condition)}${history.line(start)}, ${why}, and went on ` +
    `without looking again. Wait in a \`while\`, not in an \`if\`.`;
  const taken: [number, string][] = thief === undefined ? [] : [[thief, "was there first"]];
  return history.bug("if-for-while", sentence, [[start, "waited"], ...taken, [end, "went on"]]);
}
