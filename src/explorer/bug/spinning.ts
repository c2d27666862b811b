import type { Bug } from "#abi";
import { actorOf } from "./accesses.ts";
import type { History } from "./history.ts";

/** So many looks in a row that saw the same are a spin. */
const LOOKS_MIN = 40;

/** A thread looked at the same thing over and over until the run's bound, and always saw the same. */
export function findSpinning(history: History): Bug | null {
  const { kind, thread } = history.outcome;
  if (kind !== "out-of-fuel" && kind !== "over-limit") return null;
  const own = history.accesses.filter((one) => one.reads !== null && history.event(one.at).thread === thread);
  const last = own.at(-1);
  if (last === undefined) return null;
  const same = own.filter((one) => one.object === last.object && one.reads === last.reads);
  const first = own.findLastIndex((one) => one.object !== last.object || one.reads !== last.reads) + 1;
  const looks = own.length - first;
  const changed = history
    .of(last.object)
    .some(
      (one) =>
        one.at > (own[first]?.at ?? 0) &&
        one.writes !== null &&
        actorOf(history.event(one.at)) === last.actor,
    );
  if (looks < LOOKS_MIN || same.length === 0 || changed) return null;
  const sentence =
    `${history.name(last.actor)} spins: it looked at ${history.thing(last.object)} ${looks} times${history.line(last.at)} ` +
    `and always saw ${last.reads}.`;
  return history.bug("spinning", sentence, [
    [own[first]?.at ?? last.at, "looked first"],
    [last.at, "looked last"],
  ]);
}
