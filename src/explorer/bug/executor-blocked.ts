import { type Bug, callName } from "#abi";
import { formatMs } from "#base";
import { actorOf } from "./accesses.ts";
import { describeWait, findOpenWaits, isHalted } from "./blocked.ts";
import type { History } from "./history.ts";

/** A task, or the thread that drives it, kept the executor from polling the others. */
export function findExecutorBlocked(history: History): Bug | null {
  if (history.outcome.kind === "starved") return findLongPoll(history);
  if (history.isStandstill) return findBlockedThread(history);
  // A panic may be about anything; what an exercise expects is also when things happen.
  const delay = history.outcome.kind === "check-failed" ? findDelay(history) : null;
  return delay ?? (isHalted(history) ? findBlockedThread(history) : null);
}

function findLongPoll(history: History): Bug | null {
  const { thread } = history.outcome;
  const polled = history.events.findLastIndex(
    (event) => event.kind === "task-polled" && event.thread === thread,
  );
  let longest = 0;
  let culprit = -1;
  let before = -1;
  for (const [at, event] of history.events.entries()) {
    if (at < polled || event.thread !== thread) continue;
    const gap = before < 0 ? 0 : event.timeNs - history.event(before).timeNs;
    if (gap > longest) [longest, culprit] = [gap, before];
    before = at;
  }
  if (polled < 0 || culprit < 0) return null;
  const { call } = history.event(culprit);
  const what = call === 0 ? "one poll" : `\`${callName(call)}\``;
  const sentence =
    `${history.name(actorOf(history.event(culprit)))} blocked its executor for ${formatMs(longest)} ` +
    `with ${what}${history.line(culprit)}: no other task of that thread could be polled.`;
  return history.bug("executor-blocked", sentence, [
    [polled, "was polled"],
    [culprit, "held the thread"],
  ]);
}

/** A task was woken and could go on, but its thread waits in a call that blocks. */
function findBlockedThread(history: History): Bug | null {
  const open = findOpenWaits(history).filter((at) => history.event(at).kind === "blocked");
  for (const [at, event] of history.events.entries()) {
    if (event.kind !== "task-woken" && event.kind !== "task-created") continue;
    const task = event.object;
    const { thread, isRoot } = history.trace.objects[task - 1] ?? {};
    const over = history.events.some(
      (one, i) => i > at && one.object === task && /^task-(polled|ended|dropped|panicked)$/.test(one.kind),
    );
    const blocked = open.find((one) => history.event(one).thread === thread && one > 0);
    if (over || isRoot === true || blocked === undefined) continue;
    const holder = history.event(blocked);
    // Only where the thread itself is in the middle of a poll does it keep its tasks waiting.
    if (!isInPoll(history, blocked)) continue;
    const sentence =
      `${history.name(-task)} could go on, but ${history.name(actorOf(holder))} blocks the thread that ` +
      `drives it: it ${describeWait(history, blocked)}.`;
    return history.bug("executor-blocked", sentence, [
      [at, "could go on from here"],
      [blocked, "blocks the thread"],
    ]);
  }
  return null;
}

/** A task that was woken, and the call in another one's poll that its thread was waiting in by then and stayed in. */
interface Delay {
  readonly woken: number;
  readonly blocked: number;
  readonly ns: number;
}

/** Time went by while a task could go on and its thread waited in a call that blocks, in the poll of another. */
function findDelay(history: History): Bug | null {
  let longest: Delay | null = null;
  for (const [blocked, event] of history.events.entries()) {
    if (event.kind !== "blocked" || history.line(blocked) === "" || !isInPoll(history, blocked)) continue;
    const delay = findDelayBy(history, blocked);
    if (delay !== null && delay.ns > (longest?.ns ?? DELAY_MIN_NS)) longest = delay;
  }
  if (longest === null) return null;
  const { woken, blocked, ns } = longest;
  const task = history.event(woken).object;
  const name = history.name(
    history.trace.objects[task - 1]?.isRoot === true ? history.event(blocked).thread : -task,
  );
  const sentence =
    `${history.name(actorOf(history.event(blocked)))} blocked the thread that drives it with ` +
    `\`${callName(history.event(blocked).call)}\`${history.line(blocked)}: ${name} could go on, and was not polled for ${formatMs(ns)}.`;
  return history.bug("executor-blocked", sentence, [
    [blocked, "blocks the thread"],
    [woken, "could go on from here"],
  ]);
}

/** Less is no delay that anybody would notice. */
const DELAY_MIN_NS = 1_000_000;

/** How long others of this executor could go on while the call at `blocked` kept its thread. */
function findDelayBy(history: History, blocked: number): Delay | null {
  const { thread, call } = history.event(blocked);
  const actor = actorOf(history.event(blocked));
  const own = history.event(findPoll(history, blocked)).object;
  const ended = history.events.findIndex(
    (event, at) =>
      at > blocked && actorOf(event) === actor && event.call === call && event.kind === "resumed",
  );
  const end = ended < 0 ? history.failedAt : ended;
  // The first thing that is heard of a task after it was woken is that it is polled, or over.
  const ready = new Map<number, number>();
  for (const [at, event] of history.events.slice(0, end).entries()) {
    if (history.trace.objects[event.object - 1]?.thread !== thread || event.object === own) continue;
    if (event.kind !== "task-woken" && event.kind !== "task-created") {
      if (event.kind.startsWith("task-") && event.kind !== "task-aborted") ready.delete(event.object);
    } else if (!ready.has(event.object)) ready.set(event.object, at);
  }
  const [woken] = ready.values();
  if (woken === undefined) return null;
  const sinceNs = Math.max(history.event(woken).timeNs, history.event(blocked).timeNs);
  return { woken, blocked, ns: history.event(end).timeNs - sinceNs };
}

function isInPoll(history: History, at: number): boolean {
  const last = findPoll(history, at);
  return last >= 0 && history.event(last).kind === "task-polled";
}

/** Where a poll of this thread's executor began or ended last. */
function findPoll(history: History, at: number): number {
  const { thread } = history.event(at);
  return history.events.findLastIndex(
    (event, i) =>
      i <= at &&
      event.thread === thread &&
      /^task-(polled|suspended|ended|dropped|panicked)$/.test(event.kind),
  );
}
