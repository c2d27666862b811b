import { type Bug, CALLS } from "#abi";
import { type Access, actorOf } from "./accesses.ts";
import type { History } from "./history.ts";
import { findSections } from "./sections.ts";
import { isStraight } from "./straight-wait.ts";
import type { ConditionWait } from "./waits.ts";

/**
 * Whoever waits for ever, or until its time ran out, began to wait after the notification that was meant for it, which
 * nobody heard.
 */
export function findLostWakeUp(history: History): Bug | null {
  if (!history.isStandstill && !history.isWrongResult) return null;
  const { all, notifications } = history.waits;
  for (const wait of all) {
    if (wait.notified !== undefined || !waitedInVain(history, wait)) continue;
    const { condition, start, end = Infinity } = wait;
    const missed = notifications.findLast(
      ({ at, reached }) => at < start && reached.length === 0 && actorOf(history.event(at)) !== wait.actor,
    );
    const later = notifications.some((one) => one.condition === condition && one.at > start && one.at < end);
    if (missed?.condition !== condition || later || !wasMeant(history, wait, missed.at)) continue;
    return tellLost(history, missed.at, start);
  }
  return history.isStandstill ? findLostNotify(history) : null;
}

/** For ever; in a run that went wrong, until its time ran out, or for some time that was not over when the run ended. */
function waitedInVain(history: History, { start, end }: ConditionWait): boolean {
  if (history.isStandstill) return end === undefined;
  const { failedAt } = history;
  if (end !== undefined) return end < failedAt && history.event(end).detail === "timeout";
  return start < failedAt && history.event(failedAt).timeNs > history.event(start).timeNs;
}

/** Whether what the notification told of was still so when the wait began, and the waiter had not looked since. */
function wasMeant(history: History, wait: ConditionWait, notified: number): boolean {
  const { actor, lock, start, end = Infinity } = wait;
  const changes = history.accesses.filter((one) => one.actor !== actor && one.writes !== null);
  const looks = history.accesses.filter((one) => one.actor === actor && one.reads !== null && one.at < start);
  const onLock = changes.filter((one) => one.object === lock);
  if (onLock.some((one) => one.at > start && one.at < end)) return false;
  const missed = changes.some(
    (change) =>
      isTold(history, change, notified) &&
      looks.some((look) => look.object === change.object && look.at < change.at) &&
      !looks.some((look) => look.object === change.object && look.at > change.at && look.object !== lock) &&
      !history.of(change.object).some((one) => one.at > change.at && one.at < end && one.writes !== null) &&
      (change.object === lock ? isStraight(history, wait) : !looksAgain(history, actor, change.object, end)),
  );
  if (missed) return isUnread(history, actor, lock, start, notified);
  if (history.of(lock).some((one) => one.actor === actor && one.writes !== null)) return false;
  if (onLock.length === 1 && isTold(history, onLock[0]!, notified)) return isStraight(history, wait);
  const nothingTold = history
    .of(lock)
    .every((one) => one.writes === null && SAYS_NOTHING.has(one.reads ?? ""));
  return history.isStandstill && nothingTold && !looks.some((look) => look.object !== lock);
}

/** Whether it looked once more when its time was over: then the limit was there to make up for a lost wake-up. */
function looksAgain(history: History, actor: number, object: number, end: number): boolean {
  return history.of(object).some((one) => one.actor === actor && one.reads !== null && one.at > end);
}

/** Whether a change came before a notification, or under the lock that whoever notified held meanwhile. */
function isTold(history: History, { at, actor, object }: Access, notified: number): boolean {
  if (at < notified) return true;
  const section = findSections(history, object).find((one) => one.actor === actor && one.end === at);
  return section !== undefined && section.start < notified && actorOf(history.event(notified)) === actor;
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
