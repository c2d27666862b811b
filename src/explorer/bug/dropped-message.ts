import { type Bug, CALLS, type TraceEvent } from "#abi";
import { actorOf } from "./accesses.ts";
import { readExpectation } from "./expectation.ts";
import { findEvidence, type History } from "./history.ts";

const RECEIVES: ReadonlySet<number> = new Set([CALLS.recv, CALLS.recvTimeout, CALLS.oneshotRecv]);
const NOTHING: ReadonlySet<string> = new Set(["", "empty", "disconnected", "timeout"]);

/** A future took a message, then waited for something else, and was dropped before it had passed the message on. */
export function findDroppedMessage(history: History): Bug | null {
  if (!history.isWrongResult && !history.isStandstill) return null;
  for (const [at, event] of history.events.entries()) {
    if (!RECEIVES.has(event.call) || NOTHING.has(event.detail)) continue;
    if (event.kind !== "called" && event.kind !== "resumed") continue;
    const dropped = findDrop(history, at);
    if (dropped === null || isSeenAgain(history, at)) continue;
    if (history.isStandstill || isMissed(history, at, dropped)) return tell(history, at, dropped);
  }
  return null;
}

/** Where what took the message at `received` was dropped: its task, or the one call that it began after it. */
function findDrop(history: History, received: number): number | null {
  const actor = actorOf(history.event(received));
  const begun = findBegun(history, received, actor);
  const last = begun.at(-1);
  if (last === undefined) return null;
  const isOwn = (at: number): boolean => at > last && actorOf(history.event(at)) === actor;
  const ends = history.events.flatMap((event, at) =>
    (isOwn(at) && ENDS.has(event.kind)) ||
    (event.kind === "task-aborted" && event.object === -actor && at > last)
      ? [at]
      : [],
  );
  const [first, second] = ends;
  if (first === undefined) return null;
  if (history.event(first).kind === "task-aborted") return first;
  // Dropped by a timeout: its clock comes first, then what it had waited for is given up.
  const dropped = history.event(first).kind === "given-up" ? first : second;
  if (dropped === undefined || history.event(dropped).kind !== "given-up") return null;
  return begun.some((at) => isSame(history.event(at), history.event(dropped))) ? dropped : null;
}

const ENDS: ReadonlySet<string> = new Set(["resumed", "called", "given-up"]);

function isSame(begun: TraceEvent, end: TraceEvent): boolean {
  return begun.call === end.call && begun.object === end.object && begun.detail === end.detail;
}

/** Whether what ends at `at` was waited for before the message came: it is of another future of the same select. */
function isOlder(history: History, at: number, received: number): boolean {
  const { call, object } = history.event(at);
  const actor = actorOf(history.event(at));
  const begun = history.events.findLastIndex(
    (event, i) =>
      i < at &&
      event.kind === "pending" &&
      actorOf(event) === actor &&
      event.call === call &&
      event.object === object,
  );
  return begun >= 0 && begun < received;
}

/**
 * The one wait that was begun after the message was taken and before its actor was suspended, or another future was
 * ready; a clock that was set before that is not of the same future. None where it did anything else, or began several waits.
 */
function findBegun(history: History, received: number, actor: number): readonly number[] {
  const begun: number[] = [];
  let clocksSet = 0;
  for (const [at, event] of history.events.entries()) {
    if (at <= received || actorOf(event) !== actor) continue;
    if (event.kind === "task-suspended") break;
    // Taking a message makes room: whoever waited to send is woken.
    if (event.kind === "task-woken") continue;
    if (event.kind === "resumed" && begun.length > 0 && isOlder(history, at, received)) break;
    if (event.kind === "pending") begun.push(at);
    else if (event.call === CALLS.now) clocksSet += 1;
    else return [];
  }
  const clocks = begun.filter((at) => history.event(at).call === CALLS.sleepUntil);
  const outer = clocks.length > clocksSet ? 1 : 0;
  if (begun.length !== 1 + outer) return [];
  return outer === 1 ? begun.filter((at) => at !== clocks.at(-1)) : begun;
}

/** Whether the value turns up anywhere after it was received, or the failure tells that somebody has it. */
function isSeenAgain(history: History, received: number): boolean {
  const value = history.event(received).detail;
  if (readExpectation(history)?.got.includes(value) === true) return true;
  const actor = actorOf(history.event(received));
  return history.events.some(
    (event, at) =>
      at > received &&
      actorOf(event) === actor &&
      event.kind !== "pending" &&
      event.kind !== "given-up" &&
      !event.kind.startsWith("task-") &&
      !event.kind.endsWith("panicked") &&
      event.detail.includes(value),
  );
}

/**
 * Whether the failure can be about the message: it was expected, or whoever failed had looked at something shared after
 * that. Else what it failed on was in plain variables, where the message may have been kept as well.
 */
function isMissed(history: History, received: number, dropped: number): boolean {
  if (readExpectation(history)?.expected.includes(history.event(received).detail) === true) return true;
  const { at: failedAt, actor } = findEvidence(history);
  const isLater = (at: number): boolean => at > dropped && at < failedAt;
  if (history.accesses.some((one) => one.actor === actor && isLater(one.at))) return true;
  return history.events.some(
    (event, at) => isLater(at) && actorOf(event) === actor && RECEIVES.has(event.call),
  );
}

function tell(history: History, received: number, dropped: number): Bug {
  const { object, detail } = history.event(received);
  const sentence =
    `${history.name(actorOf(history.event(received)))} received ${detail} from ${history.thing(object)}` +
    `${history.line(received)} inside a future that was then dropped while it waited${history.line(dropped)}: ` +
    `the message is lost.`;
  return history.bug("dropped-message", sentence, [
    [received, "received it"],
    [dropped, "was dropped"],
  ]);
}
