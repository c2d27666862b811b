import type { Bug } from "#abi";
import type { Access } from "./accesses.ts";
import { findEvidence, type History } from "./history.ts";
import { findSections, type LockSection } from "./sections.ts";

/** A read, somebody else's change, and a write over it that does not know of that change. */
interface Loss {
  readonly read: Access;
  readonly between: Access;
  readonly write: { readonly at: number; readonly writes: string };
}

/**
 * Somebody changed a value between another's read and write of it, both changes built on what was read, and the
 * failure is about that value.
 */
export function findLostUpdate(history: History): Bug | null {
  if (!history.isWrongResult) return null;
  const { reads, carried } = findEvidence(history);
  const objects =
    carried.length > 0
      ? [...new Set(history.accesses.map(({ object }) => object))]
      : [...new Set(reads.map(({ object }) => object))];
  for (const object of objects) {
    const seen = reads.find((read) => read.object === object)?.at ?? history.events.length;
    const loss = findLoss(history.of(object)) ?? findLossAcrossSections(history, object);
    if (loss === null || loss.write.at > seen) continue;
    const { read, between, write } = loss;
    const values: readonly (string | null)[] = [read.reads, between.writes, write.writes];
    if (carried.length === 0 || carried.some((value) => values.includes(value)))
      return tell(history, object, loss);
  }
  return null;
}

function tell(history: History, object: number, { read, between, write }: Loss): Bug {
  const [loser, other] = [history.name(between.actor), history.name(read.actor)];
  const sentence =
    `${history.thing(object)} lost an update: ${other} read ${read.reads}${history.line(read.at)}, ` +
    `${loser} ${between.writes === "?" ? "changed it" : `wrote ${between.writes}`}${history.line(between.at)} in between, ` +
    `and ${other} then wrote ${write.writes} over it${history.line(write.at)}.`;
  return history.bug("lost-update", sentence, [
    [read.at, "read"],
    [between.at, "wrote in between"],
    [write.at, "wrote over it"],
  ]);
}

function findLoss(accesses: readonly Access[]): Loss | null {
  for (const [i, access] of accesses.entries()) {
    const { at, actor, writes } = access;
    if (writes === null || access.reads !== null) continue;
    const readAt = accesses.findLastIndex(
      (one, j) => j < i && one.actor === actor && (one.reads !== null || one.writes !== null),
    );
    const read = accesses[readAt];
    if (read === undefined || read.reads === null || !isUpdate(read.reads, writes)) continue;
    const between = accesses
      .slice(readAt + 1, i)
      .find((one) => one.actor !== actor && isChangeFrom(one, accesses));
    if (between !== undefined) return { read, between, write: { at, writes } };
  }
  return null;
}

/** A change that its maker built on what it had read itself. */
function isChangeFrom(access: Access, accesses: readonly Access[]): boolean {
  const { at, actor, reads, writes } = access;
  if (writes === null) return false;
  if (reads !== null) return reads !== writes;
  const before = accesses.findLast((one) => one.at < at && one.actor === actor && one.reads !== null);
  return isUpdate(before?.reads ?? writes, writes);
}

/** Whether `after` is what an update makes of `before`: another number, a longer list or text. */
export function isUpdate(before: string, after: string): boolean {
  if (before === after) return false;
  if (isNumber(before) && isNumber(after)) return true;
  return extendsList(before, after) || extendsText(before, after);
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function extendsList(before: string, after: string): boolean {
  if (!before.startsWith("[") || !after.startsWith("[") || !before.endsWith("]")) return false;
  return after.length > before.length && after.startsWith(before.slice(0, -1));
}

function extendsText(before: string, after: string): boolean {
  const quote = before[0] ?? "";
  if (!/^["'`“]$/.test(quote) || after[0] !== quote) return false;
  return after.length > before.length && after.startsWith(before.slice(0, -1));
}

/** Under a lock: what was read in one section is written in another one. */
function findLossAcrossSections(history: History, object: number): Loss | null {
  const sections = findSections(history, object);
  for (const section of sections) {
    const own = sections.filter((one) => one.actor === section.actor && one.end < section.start);
    const first = own.at(-1);
    if (first === undefined || first.wrote !== null || first.found === section.found) continue;
    if (first.site === section.site) continue;
    const between = sections.filter(
      (one) => one.actor !== section.actor && one.start > first.start && one.end < section.start,
    );
    const change = between.findLast((one) => one.wrote !== null);
    if (change === undefined || !isLost(first, section, change, sections)) continue;
    const read = history.of(object).find((access) => access.at === first.start);
    const write = { at: section.end, writes: section.wrote ?? section.found };
    const written = history.of(object).find((access) => access.at === change.end);
    if (read !== undefined && written !== undefined) return { read, between: written, write };
  }
  return null;
}

function isLost(
  first: LockSection,
  second: LockSection,
  change: LockSection,
  sections: readonly LockSection[],
): boolean {
  const { found, wrote } = second;
  if (wrote !== null)
    return !isNumber(wrote) && isUpdate(first.found, wrote) && !isUpdate(found, wrote) && wrote !== found;
  // The same code, from the same value, wrote the same: only that a flag would do so as well.
  if (change.site !== second.site || !isNumber(found) || change.wrote !== found) return false;
  return sections.some(
    (one) =>
      one.actor === change.actor &&
      one.end < change.start &&
      one.site === first.site &&
      one.found === first.found,
  );
}
