/** Owns: reads that came before what they needed had been written. */
import { CALLS } from "#abi";
import type { Access } from "./accesses.ts";
import { findEvidence, type History } from "./history.ts";

/** What is there where nobody has written. */
export const NOTHING: ReadonlySet<string> = new Set(["null", "undefined", "empty"]);
export const SLEEPS: ReadonlySet<number> = new Set([CALLS.sleep, CALLS.sleepUntil]);

interface EarlyRead {
  readonly read: Access;
  /** The write that came too late; absent where the run ended before it. */
  readonly writer?: Access;
}

/** The read that the failure is about, of something that another writes later without having been waited for. */
export function findEarlyRead(history: History): EarlyRead | null {
  if (!history.isWrongResult) return null;
  const { reads, actor } = findEvidence(history);
  const [read] = reads;
  if (read === undefined || read.writes !== null || read.actor !== actor) return null;
  const accesses = history.of(read.object);
  const before = accesses.some((one) => one.at < read.at && one.writes !== null);
  if (before && NOTHING.has(read.reads ?? "")) return null;
  const writer = accesses.find((one) => one.at > read.at && one.actor !== actor && one.writes !== null);
  if (writer !== undefined) return history.order.isBefore(read.at, writer.at) ? null : { read, writer };
  return !before && isStillToCome(history, read) ? { read } : null;
}

/** Whether another thread is under way, and the program says somewhere else what has not run yet about this thing. */
function isStillToCome(history: History, read: Access): boolean {
  const { sites } = history.program;
  const made = history.trace.objects[read.object - 1]?.site ?? 0;
  const name = sites[made]?.name ?? "";
  const seen = new Set(history.events.map((event) => event.site));
  const isElse = sites.some((site, i) => i !== made && !seen.has(i) && site.name === name);
  const isUnderWay = history.trace.threads.some(
    ({ id, state }) =>
      id !== history.event(read.at).thread &&
      (state === "running" || (state === "blocked" && sleeps(history, id))),
  );
  return name !== "" && isElse && isUnderWay;
}

/** A thread that has not begun, sleeps or works: it will go on by itself. */
function sleeps(history: History, thread: number): boolean {
  const last = history.events.findLast((event) => event.thread === thread);
  return last === undefined || SLEEPS.has(last.call) || last.call === CALLS.work;
}
