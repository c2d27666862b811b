/** Owns: reads that came before what they needed had been written. */
import { CALLS } from "#abi";
import type { Access } from "./accesses.ts";
import { findCall, readCall } from "./code-text.ts";
import { findEvidence, type History } from "./history.ts";

/** What is there where nobody has written. */
export const NOTHING: ReadonlySet<string> = new Set(["null", "undefined", "empty"]);
export const SLEEPS: ReadonlySet<number> = new Set([CALLS.sleep, CALLS.sleepUntil]);

export interface EarlyRead {
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
  const isElse = sites.some((_, site) => site !== made && !seen.has(site) && mayWrite(history, site, name));
  const isUnderWay = history.trace.threads.some(
    ({ id, state }) =>
      id !== history.event(read.at).thread &&
      (state === "running" || (state === "blocked" && goesOn(history, id))),
  );
  return name !== "" && isElse && isUnderWay;
}

const READING: ReadonlySet<string> = new Set(["get", "load", "read", "tryRead", "borrow"]);

/** Whether the program calls something of this name there that does not only look. */
function mayWrite(history: History, site: number, name: string): boolean {
  const call = findCall(history, site);
  const { receiver, method } = readCall(history, call);
  return (history.program.sites[site]?.name === name || receiver === name) && !READING.has(method);
}

/** A thread that has not begun, sleeps, works or could run: it will go on by itself. */
function goesOn(history: History, thread: number): boolean {
  const last = history.events.findLast((event) => event.thread === thread);
  return last === undefined || last.kind !== "blocked" || SLEEPS.has(last.call) || last.call === CALLS.work;
}
