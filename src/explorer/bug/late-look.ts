import { type Bug, CALLS } from "#abi";
import type { Access } from "./accesses.ts";
import { isShown, readExpectation } from "./expectation.ts";
import { findEvidence, type History } from "./history.ts";

/** What somebody changed, what another made of that before the look at it, the look, and what was done for it. */
interface LateLook {
  readonly own: Access;
  readonly change: Access;
  readonly look: Access;
  readonly act: Access;
}

/**
 * Somebody changed a value and then looked what it had become, another changed it in between, and both acted on the one
 * answer. That a single act would have been right is what the failure says itself.
 */
export function findLateLook(history: History): Bug | null {
  const told = history.isWrongResult ? readExpectation(history) : null;
  const result = findEvidence(history).reads[0];
  if (told === null || result === undefined || !isShown(result.reads, told.got)) return null;
  const acts = history.of(result.object).filter((one) => one.at < result.at && one.writes !== null);
  const act = acts.at(-1);
  if (act === undefined || !isShown(act.writes, told.got) || !isShown(act.reads, told.expected)) return null;
  const late = findLate(history, act);
  if (late === null) return null;
  const other = acts.find((one) => one.actor === late.change.actor && one.site === act.site);
  return other === undefined || !sawTheSame(history, late, other) ? null : tell(history, late);
}

/** The last look of whoever acted, at what it had changed itself and another had changed after it. */
function findLate(history: History, act: Access): LateLook | null {
  const before = history.accesses.filter((one) => one.actor === act.actor && one.at < act.at);
  const [look, own] = [before.at(-1), before.at(-2)];
  if (look === undefined || own === undefined || look.object !== own.object) return null;
  if (look.object === act.object || look.reads === null || look.writes !== null) return null;
  if (own.writes === null || history.event(own.at).call !== CALLS.atomicFetch) return null;
  const change = history
    .of(look.object)
    .findLast((one) => one.at > own.at && one.at < look.at && one.actor !== act.actor && one.writes !== null);
  return change === undefined || change.site !== own.site ? null : { own, change, look, act };
}

/** Whether the other had looked in the same line, seen the same and acted on it as well. */
function sawTheSame(history: History, { change, look }: LateLook, other: Access): boolean {
  const seen = history.accesses.findLast((one) => one.actor === other.actor && one.at < other.at);
  return (
    seen?.object === look.object &&
    seen.at > change.at &&
    seen.site === look.site &&
    seen.reads === look.reads
  );
}

function tell(history: History, { own, change, look, act }: LateLook): Bug {
  const who = history.name(look.actor);
  const sentence =
    `${who} changed ${history.thing(look.object)} to ${own.writes}${history.line(own.at)}, then ` +
    `${history.name(change.actor)} changed it to ${change.writes}${history.line(change.at)}, and ${who} looked at it only ` +
    `after that${history.line(look.at)}: both saw ${look.reads}, and both acted on it${history.line(act.at)}.`;
  return history.bug("check-then-act", sentence, [
    [own.at, "changed it"],
    [change.at, "changed it as well"],
    [look.at, "looked too late"],
    [act.at, "acted on what it saw"],
  ]);
}
