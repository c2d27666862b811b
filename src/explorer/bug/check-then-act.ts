import { type Bug, CALLS } from "#abi";
import { type Access, actorOf } from "./accesses.ts";
import { type Evidence, findEvidence, type History } from "./history.ts";
import { findSections } from "./sections.ts";

/** What was looked at, what made the look stale, and what was done as if it still held. */
interface Stale {
  readonly look: Access;
  readonly change: Access;
  readonly act: number;
}

/** Somebody looked, another changed what it had seen, and it acted on the old answer. */
export function findCheckThenAct(history: History): Bug | null {
  if (!history.isWrongResult) return null;
  const evidence = findEvidence(history);
  const objects = [...new Set(history.accesses.map(({ object }) => object))];
  for (const object of objects) {
    const stale =
      findBothIn(history, object, evidence) ??
      findAcrossSections(history, object, evidence) ??
      findOwnStale(history, object, evidence);
    if (stale !== null) return tell(history, object, stale);
  }
  return null;
}

function tell(history: History, object: number, { look, change, act }: Stale): Bug {
  const who = history.name(look.actor);
  const sentence =
    `${who} saw ${look.reads} in ${history.thing(object)}${history.line(look.at)}, ` +
    `then ${history.name(change.actor)} changed it${change.writes === "?" ? "" : ` to ${change.writes}`}${history.line(change.at)}, ` +
    `and ${who} acted on what it had seen${history.line(act)}.`;
  return history.bug("check-then-act", sentence, [
    [look.at, "looked"],
    [change.at, "changed it"],
    [act, "acted on the old answer"],
  ]);
}

/** Two looked at the same line, saw the same, and both went on to write. */
function findBothIn(history: History, object: number, evidence: Evidence): Stale | null {
  const accesses = history.of(object);
  for (const [i, write] of accesses.entries()) {
    if (write.writes === null || write.reads !== null || write.at > evidence.at) continue;
    const look = lastOf(accesses.slice(0, i), write.actor);
    if (look === undefined || look.reads === null || look.writes !== null) continue;
    const change = accesses.find(
      (one) =>
        one.at > look.at &&
        one.at < write.at &&
        one.actor !== write.actor &&
        one.site === write.site &&
        one.writes !== null &&
        one.reads === null &&
        one.writes !== look.reads,
    );
    if (change === undefined) continue;
    const other = lastOf(
      accesses.filter((one) => one.at < change.at),
      change.actor,
    );
    if (other?.reads !== look.reads || other.site !== look.site) continue;
    if (concerns(history, evidence, { look, change, act: write.at })) return { look, change, act: write.at };
  }
  return null;
}

function lastOf(accesses: readonly Access[], actor: number): Access | undefined {
  return accesses.findLast((one) => one.actor === actor);
}

/** Whether a result that was handed over may tell of it: a yes or a no, or one of the values themselves. */
function tells({ carried }: Evidence, look: Access, change: Access): boolean {
  return carried.some((value) => ["true", "false", look.reads, change.writes].includes(value));
}

/** Whether the failure is about what the two did there: it is theirs, or it looks at what both touched after it. */
function concerns(history: History, evidence: Evidence, { look, change }: Stale): boolean {
  const pair = [look.actor, change.actor];
  if (pair.includes(evidence.actor) || tells(evidence, look, change)) return true;
  return evidence.reads.some(
    (read) =>
      read.object !== look.object &&
      pair.every((actor) =>
        history.of(read.object).some((one) => one.actor === actor && one.at > look.at && one.writes !== null),
      ),
  );
}

/** Looked under a lock, let it go, took it again and changed what was no longer the same. */
function findAcrossSections(history: History, object: number, evidence: Evidence): Stale | null {
  const sections = findSections(history, object);
  for (const second of sections) {
    const first = sections.findLast(
      (one) => one.actor === second.actor && one.end < second.start && !one.isOpen,
    );
    if (first === undefined || first.wrote !== null || first.site === second.site) continue;
    if (first.found === second.found) continue;
    const failsInside =
      evidence.actor === second.actor && evidence.at > second.start && evidence.at <= second.end + 1;
    if (second.wrote === null && !failsInside) continue;
    const isRead = evidence.reads.some((read) => read.object === object);
    const accesses = history.of(object);
    const look = accesses.find((access) => access.at === first.start);
    const change = accesses.find(
      (one) =>
        one.at > first.end && one.at < second.start && one.actor !== second.actor && one.writes !== null,
    );
    if (look === undefined || change === undefined) continue;
    if (!failsInside && !isRead && !tells(evidence, look, change)) continue;
    return { look, change, act: second.wrote === null ? evidence.at : second.end };
  }
  return null;
}

/**
 * Whoever fails had looked at one thing, was kept from going on while another changed that and a second thing, and
 * fails on the second.
 */
function findOwnStale(history: History, object: number, { actor, at, reads }: Evidence): Stale | null {
  const accesses = history.of(object);
  const look = accesses.findLast((one) => one.actor === actor && one.reads !== null && one.at < at);
  const second = reads.find((read) => read.object !== object && look !== undefined && read.at > look.at);
  if (look === undefined || look.writes !== null || second === undefined) return null;
  const changes = (one: Access): boolean =>
    one.at > look.at && one.at < second.at && one.actor !== actor && one.writes !== null;
  const change = accesses.find((one) => changes(one) && one.writes !== look.reads);
  if (change === undefined || waited(history, actor, look.at, at)) return null;
  const other = history.of(second.object).find((one) => changes(one) && one.actor === change.actor);
  return other === undefined ? null : { look, change, act: second.at };
}

/** Whether it waited for somebody in between: then it was not in the middle of something. */
function waited(history: History, actor: number, from: number, to: number): boolean {
  return history.events
    .slice(from, to)
    .some(
      (event) =>
        actorOf(event) === actor &&
        (event.kind === "blocked" || event.kind === "resumed" || event.call === CALLS.join) &&
        event.call !== CALLS.lock,
    );
}
