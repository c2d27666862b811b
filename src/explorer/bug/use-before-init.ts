import { type Bug, CALLS } from "#abi";
import { type Access, actorOf } from "./accesses.ts";
import { type EarlyRead, findEarlyRead, NOTHING } from "./early-read.ts";
import { isShown, readExpectation } from "./expectation.ts";
import type { History } from "./history.ts";

/** Values that something has before it is made, and that may be meant as well. */
const EMPTY: ReadonlySet<string> = new Set(['""', "{}"]);

/** Whoever failed read what nobody had written yet. */
export function findUseBeforeInit(history: History): Bug | null {
  const early = findEarlyRead(history);
  if (early === null || !isUnmade(history, early)) return null;
  const { read, writer } = early;
  const then =
    writer === undefined
      ? "before anybody had set it"
      : `before ${history.name(writer.actor)} set it to ${writer.writes}${history.line(writer.at)}`;
  const sentence = `${history.name(read.actor)} used ${history.thing(read.object)}${history.line(read.at)} ${then}.`;
  return history.bug("use-before-init", sentence, [
    [read.at, "read nothing"],
    ...(writer === undefined ? [] : [[writer.at, "set it"] as const]),
  ]);
}

/**
 * Whether what was read can only be what was there before anything was made: nothing at all; else the value that it began
 * with, which somebody replaces once, and on which the failure follows at once or which it says it got instead.
 */
function isUnmade(history: History, { read, writer }: EarlyRead): boolean {
  if (NOTHING.has(read.reads ?? "")) return true;
  if (writer === undefined) return isEmpty(history, read);
  if (writer.reads !== null) return false;
  const writes = history.of(read.object).filter((one) => one.writes !== null);
  if (writes.length !== 1) return false;
  const told = readExpectation(history);
  if (told !== null) return isShown(read.reads, told.got) && isShown(writer.writes, told.expected);
  return isEmpty(history, read);
}

/** Whether it read an empty value, and did nothing after that but let go of locks, and fail. */
function isEmpty(history: History, { at, actor, reads }: Access): boolean {
  const between = history.events.slice(at + 1, history.failedAt);
  const failsAtOnce = between.every((event) => actorOf(event) !== actor || event.call === CALLS.unlock);
  return failsAtOnce && EMPTY.has(reads ?? "");
}
