import type { Bug } from "#abi";
import { findEarlyRead, NOTHING } from "./early-read.ts";
import type { History } from "./history.ts";

/** Whoever failed read what nobody had written yet. */
export function findUseBeforeInit(history: History): Bug | null {
  const early = findEarlyRead(history);
  if (early === null || !NOTHING.has(early.read.reads ?? "")) return null;
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
