/** Owns: whether a wait follows on the lock that it needs with nothing in between, so that nobody looked at the value. */
import { actorOf, LOCK_CALLS } from "./accesses.ts";
import { findCall, readCall } from "./code-text.ts";
import type { History } from "./history.ts";
import type { ConditionWait } from "./waits.ts";

/** Ends the statement that takes the lock, and begins the one that waits. */
const BETWEEN = /^[^;{}]*\);\s*(?:return |if \(|(?:const|let) [\w$]+ = )?!?\($/;
const WAITS: ReadonlySet<string> = new Set(["wait", "waitTimeout"]);
const COMMENTS = /\/\/[^\n]*|\/\*.*?\*\//gs;

/** False as well where the lock was taken somewhere that the program's text does not show next to the wait. */
export function isStraight(history: History, wait: ConditionWait): boolean {
  const taken = history.events.findLastIndex(
    (event, at) =>
      at < wait.start &&
      LOCK_CALLS.has(event.call) &&
      event.object === wait.lock &&
      actorOf(event) === wait.actor,
  );
  if (taken < 0) return false;
  const lock = findCall(history, history.event(taken).site);
  const start = findCall(history, history.event(wait.start).site);
  if (lock < 0 || start < lock || !WAITS.has(readCall(history, start).method)) return false;
  const between = history.program.code.slice(lock, start).replace(/\$at\[0\]=\d+,$/, "");
  return BETWEEN.test(between.replace(COMMENTS, ""));
}
