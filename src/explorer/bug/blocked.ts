/** Owns: who was waiting for what when a run ended. */
import type { TraceEvent } from "#abi";
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
