/** Owns: who was waiting for what when a run ended. */
import { CALLS, type TraceEvent } from "#abi";
import { actorOf } from "./accesses.ts";
import type { History } from "./history.ts";

/** The waits that nothing ended, by the place of their events, oldest first. */
export function findOpenWaits(history: History): readonly number[] {
  const open: number[] = [];
  for (const [at, event] of history.events.entries()) {
    if (event.kind === "blocked" || event.kind === "pending") {
      // A wait on a condition that has the notification and lacks the lock is told of again.
      drop(
        open,
        history,
        (other) => event.kind === "blocked" && other.kind === "blocked" && isSame(event, other),
      );
      open.push(at);
    } else if (event.kind === "resumed" || event.kind === "given-up") {
      drop(open, history, (other) => isSame(event, other) && other.call === event.call);
    } else if (event.kind === "ended" || event.kind === "panicked")
      drop(open, history, (other) => other.thread === event.thread);
    else if (event.kind === "task-dropped" || event.kind === "task-ended")
      drop(open, history, (other) => other.task === event.object);
  }
  return open;
}

function isSame(event: TraceEvent, other: TraceEvent): boolean {
  return actorOf(event) === actorOf(other) && event.object === other.object;
}

function drop(open: number[], history: History, matches: (event: TraceEvent) => boolean): void {
  const index = open.findLastIndex((at) => matches(history.event(at)));
  if (index >= 0) open.splice(index, 1);
}

/** Waits that time ends. */
const TIMED: ReadonlySet<number> = new Set([
  CALLS.sleep,
  CALLS.sleepUntil,
  CALLS.work,
  CALLS.recvTimeout,
  CALLS.waitTimeout,
  CALLS.parkTimeout,
]);

/**
 * Whether nothing could go on any more: the run says so, or whoever failed had waited until its time ran out, and each
 * of the others waits without a limit.
 */
export function isHalted(history: History): boolean {
  if (history.isStandstill) return true;
  if (!history.isWrongResult) return false;
  const { thread } = history.event(history.failedAt);
  const gaveUp = history.events.findLastIndex(
    (event) => event.thread === thread && event.kind === "resumed" && event.detail === "timeout",
  );
  if (gaveUp < 0 || history.events.some((event, at) => at > gaveUp && event.thread !== thread)) return false;
  const open = findOpenWaits(history).filter((at) => history.event(at).thread !== thread);
  if (open.some((at) => TIMED.has(history.event(at).call))) return false;
  return history.trace.threads.every(
    ({ id, state }) =>
      id === thread ||
      state === "ended" ||
      state === "panicked" ||
      open.some((at) => history.event(at).thread === id && history.event(at).kind === "blocked"),
  );
}

/** Whether there are words for it; an executor that has nothing to poll waits too, which tells nothing. */
export function isTold(history: History, at: number): boolean {
  return history.words.waiting(history.event(at)) !== "";
}

/** What somebody waits for, in words: `waits for worker-1 to end (line 7)`. */
export function describeWait(history: History, at: number): string {
  const event = history.event(at);
  const words = history.words.waiting(event) || "waits";
  return `${words}${history.line(at)}`;
}
