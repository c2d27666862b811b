import { type Bug, CALLS } from "#abi";
import { actorOf } from "./accesses.ts";
import type { History } from "./history.ts";
import type { ConditionWait } from "./waits.ts";

/** Whoever waits for ever began to wait after the notification that was meant for it, which nobody heard. */
export function findLostWakeUp(history: History): Bug | null {
  if (!history.isStandstill) return null;
  const { all, notifications } = history.waits;
  for (const wait of all) {
    if (wait.end !== undefined || wait.notified !== undefined) continue;
    const { condition } = wait;
    const missed = notifications.findLast(
      ({ at, reached }) =>
        at < wait.start && reached.length === 0 && actorOf(history.event(at)) !== wait.actor,
    );
    const later = notifications.some((one) => one.condition === condition && one.at > wait.start);
    if (missed?.condition !== condition || later || !wasMeant(history, wait, missed.at)) continue;
    return tellLost(history, missed.at, wait.start);
  }
  return findLostNotify(history);
}

/** Whether what the notification told of was still so when the wait began, and the waiter had not looked since. */
function wasMeant(history: History, { actor, lock, start }: ConditionWait, notified: number): boolean {
  const changes = history.accesses.filter((one) => one.actor !== actor && one.writes !== null);
  const looks = history.accesses.filter((one) => one.actor === actor && one.reads !== null && one.at < start);
  const onLock = changes.filter((one) => one.object === lock);
  if (onLock.some((one) => one.at > start)) return false;
  const missed = changes.some(
    (change) =>
      change.at < notified &&
      looks.some((look) => look.object === change.object && look.at < change.at) &&
      !looks.some((look) => look.object === change.object && look.at > change.at && look.object !== lock) &&
      !history.of(change.object).some((one) => one.at > change.at && one.writes !== null),
  );
  if (missed) return isUnread(history, actor, lock, start, notified);
  const isFlag = onLock.length === 1 && onLock[0]?.writes === "true" && onLock[0].at < notified;
  const nothingTold = history
    .of(lock)
    .every((one) => one.writes === null && SAYS_NOTHING.has(one.reads ?? ""));
  return history.of(lock).some((one) => one.actor === actor && one.writes !== null)
    ? false
    : isFlag || (nothingTold && !looks.some((look) => look.object !== lock));
}

/** Values that a waiter cannot have looked for. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(["null", "undefined", "{}"]);

/** A waiter that took its lock after the change looked at it, unless it had made up its mind elsewhere. */
function isUnread(history: History, actor: number, lock: number, start: number, notified: number): boolean {
  const looks = history.accesses.filter((one) => one.actor === actor && one.reads !== null && one.at < start);
  const last = looks.at(-1);
  if (last === undefined || last.at < notified) return true;
  const before = looks.findLast((one) => one.at < last.at);
  return last.object === lock && before !== undefined && before.at < notified;
}

function tellLost(history: History, notified: number, start: number): Bug {
  const waiter = history.name(actorOf(history.event(start)));
  const notifier = history.name(actorOf(history.event(notified)));
  const thing = history.thing(history.event(start).object);
  const sentence =
    `The wake-up was lost: ${notifier} notified ${thing}${history.line(notified)} when nobody waited there, ` +
    `and ${waiter} began to wait after that${history.line(start)}.`;
  return history.bug("lost-wake-up", sentence, [
    [notified, "notified nobody"],
    [start, "began to wait"],
  ]);
}

/** The same for a task that waits on a `Notify` of which all waiters were notified before. */
function findLostNotify(history: History): Bug | null {
  const waiting = history.events.findLastIndex(
    ({ kind, call }) => (kind === "pending" || kind === "blocked") && call === CALLS.notified,
  );
  if (waiting < 0) return null;
  const { object } = history.event(waiting);
  const actor = actorOf(history.event(waiting));
  const ended = history.events.some(
    (event, at) => at > waiting && event.call === CALLS.notified && actorOf(event) === actor,
  );
  const all = history.events.flatMap((event, at) =>
    event.call === CALLS.notify && event.object === object && event.detail !== "2" ? [at] : [],
  );
  const last = all.at(-1);
  if (ended || last === undefined || last > waiting || history.event(last).detail !== "1") return null;
  const earlier = history.events.some(
    (event, at) => at < last && event.call === CALLS.notified && event.object === object,
  );
  return earlier || actorOf(history.event(last)) === actor ? null : tellLost(history, last, waiting);
}
