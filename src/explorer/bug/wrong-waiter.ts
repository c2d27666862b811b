import type { Bug } from "#abi";
import { isHalted } from "./blocked.ts";
import type { History } from "./history.ts";
import { findSections } from "./sections.ts";
import type { ConditionWait } from "./waits.ts";

/** A notifyOne reached somebody who could not go on, while somebody who waits elsewhere in the code was passed over. */
export function findWrongWaiter(history: History): Bug | null {
  if (history.outcome.kind === "leak" || !isHalted(history)) return null;
  const { all, notifications } = history.waits;
  for (const { at, condition, reached, all: everybody } of notifications.toReversed()) {
    const [woken] = reached;
    if (everybody || woken?.end === undefined) continue;
    const again = all.find(
      (wait) => wait.actor === woken.actor && wait.start > (woken.end ?? 0) && wait.condition === condition,
    );
    const passed = all.find(
      (wait) =>
        wait.condition === condition &&
        wait.actor !== woken.actor &&
        wait.start < at &&
        wait.end === undefined &&
        wait.notified === undefined &&
        waitsForElse(history, woken, wait),
    );
    if (again === undefined || passed === undefined || changedBetween(history, woken, again)) continue;
    if (!changedSince(history, passed)) continue;
    return tellWrong(history, at, { woken, again, passed });
  }
  return null;
}

/** Elsewhere in the code, or in the same line for another value of the lock. */
function waitsForElse(history: History, woken: ConditionWait, passed: ConditionWait): boolean {
  if (history.event(passed.start).site !== history.event(woken.start).site) return true;
  return woken.lock !== 0 && woken.lock === passed.lock && isToggle(history, woken, passed);
}

/**
 * Whether the lock's value went to and fro between two values, at each of which somebody went on at that line while
 * another waited: `passed` waits at the one, so it waits for the other, and that is what `woken` could not use.
 */
function isToggle(history: History, { lock, end = 0 }: ConditionWait, { start }: ConditionWait): boolean {
  const accesses = history.of(lock);
  const values = new Set(
    accesses.flatMap(({ reads, writes }) => [reads, writes].filter((one) => one !== null)),
  );
  const now = accesses.find((one) => one.at === end)?.reads ?? undefined;
  const then = accesses.findLast((one) => one.at < start)?.reads ?? undefined;
  if (values.size !== 2 || now === undefined || then === undefined || now === then) return false;
  return wentOnAt(history, lock, now) && wentOnAt(history, lock, then);
}

/** Whether somebody found this value in the lock, by taking it or at the end of a wait, and did not wait but changed it. */
function wentOnAt(history: History, lock: number, value: string): boolean {
  const took = findSections(history, lock).some(
    ({ actor, start, end, found, wrote }) =>
      found === value &&
      wrote !== null &&
      !history.waits.all.some((wait) => wait.actor === actor && wait.start > start && wait.start < end),
  );
  return took || history.waits.all.some((wait) => wait.lock === lock && isUsed(history, wait, value));
}

/** Whether a wait ended with this value, and whoever had waited changed it before it let the lock go. */
function isUsed(history: History, { actor, lock, end = Infinity }: ConditionWait, value: string): boolean {
  const accesses = history.of(lock).filter((one) => one.actor === actor && one.at >= end);
  const [found, left] = accesses;
  return found?.reads === value && left !== undefined && left.writes !== null && left.writes !== value;
}

function changedBetween(
  history: History,
  { actor, lock, end = 0 }: ConditionWait,
  again: ConditionWait,
): boolean {
  return history
    .of(lock)
    .some((one) => one.actor === actor && one.writes !== null && one.at > end && one.at <= again.start);
}

function changedSince(history: History, { actor, lock, start }: ConditionWait): boolean {
  return history.of(lock).some((one) => one.actor !== actor && one.writes !== null && one.at > start);
}

function tellWrong(
  history: History,
  at: number,
  { woken, again, passed }: Readonly<Record<"woken" | "again" | "passed", ConditionWait>>,
): Bug {
  const name = history.name(woken.actor);
  const sentence =
    `notifyOne on ${history.thing(woken.condition)}${history.line(at)} woke ${name}, which could not go on and ` +
    `waited again${history.line(again.start)}. ${history.name(passed.actor)} waits there for something else ` +
    `and was not woken${history.line(passed.start)}.`;
  return history.bug("wrong-waiter", sentence, [
    [passed.start, "waits and is passed over"],
    [at, "notified one"],
    [woken.end ?? at, "was woken"],
    [again.start, "waits again"],
  ]);
}
