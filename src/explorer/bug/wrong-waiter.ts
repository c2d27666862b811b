import type { Bug } from "#abi";
import type { History } from "./history.ts";
import type { ConditionWait } from "./waits.ts";

/** A notifyOne reached somebody who could not go on, while somebody who waits elsewhere in the code was passed over. */
export function findWrongWaiter(history: History): Bug | null {
  if (history.outcome.kind !== "deadlock" && history.outcome.kind !== "stuck") return null;
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
        history.event(wait.start).site !== history.event(woken.start).site,
    );
    if (again === undefined || passed === undefined || changedBetween(history, woken, again)) continue;
    if (!changedSince(history, passed)) continue;
    return tellWrong(history, at, { woken, again, passed });
  }
  return null;
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
