import { type Bug, CALLS } from "#abi";
import { actorOf } from "./accesses.ts";
import { findEvidence, type History } from "./history.ts";

/**
 * A compare-exchange found the value it had loaded, though others had changed it and changed it back, and what was read
 * in between was no longer true.
 */
export function findAba(history: History): Bug | null {
  if (!history.isWrongResult) return null;
  const { at: failedAt } = findEvidence(history);
  for (const [at, event] of history.events.entries()) {
    if (at > failedAt || event.call !== CALLS.atomicCompareExchange || event.detail === "differs") continue;
    if (event.kind !== "called") continue;
    const bug = inspect(history, at);
    if (bug !== null) return bug;
  }
  return null;
}

function inspect(history: History, at: number): Bug | null {
  const { object, detail } = history.event(at);
  const actor = actorOf(history.event(at));
  const accesses = history.of(object);
  const load = accesses.findLast((one) => one.at < at && one.actor === actor);
  if (load?.reads !== detail || load.writes !== null) return null;
  const others = accesses.filter(
    (one) => one.at > load.at && one.at < at && one.actor !== actor && one.writes !== null,
  );
  const away = others.find((one) => one.writes !== detail);
  const back = others.at(-1);
  if (away === undefined || back === undefined || back === away) return null;
  const stale = history.accesses.find(
    (one) =>
      one.actor === actor &&
      one.object !== object &&
      one.reads !== null &&
      one.at > load.at &&
      one.at < at &&
      history
        .of(one.object)
        .some(
          (other) => other.actor !== actor && other.at > one.at && other.at < at && other.writes !== null,
        ),
  );
  if (stale === undefined) return null;
  const who = history.name(actor);
  const thing = history.thing(object);
  const sentence =
    `${who} loaded ${detail} from ${thing}${history.line(load.at)}; ${history.name(away.actor)} changed it` +
    `${history.line(away.at)} and put ${detail} back${history.line(back.at)}, so the compareExchange of ${who} ` +
    `went through${history.line(at)}, though ${history.thing(stale.object)} was no longer what it had read.`;
  return history.bug("aba", sentence, [
    [load.at, "loaded"],
    [stale.at, "read what went stale"],
    [away.at, "changed it"],
    [back.at, "put it back"],
    [at, "compareExchange went through"],
  ]);
}
