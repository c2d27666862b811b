import { type Bug, callName } from "#abi";
import { formatMs } from "#base";
import { actorOf } from "./accesses.ts";
import { describeWait, findOpenWaits } from "./blocked.ts";
import type { History } from "./history.ts";

/** A task, or the thread that drives it, kept the executor from polling the others. */
export function findExecutorBlocked(history: History): Bug | null {
  if (history.outcome.kind === "starved") return findLongPoll(history);
  return history.isStandstill ? findBlockedThread(history) : null;
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

function isInPoll(history: History, at: number): boolean {
  const { thread } = history.event(at);
  const last = history.events.findLast(
    (event, i) =>
      i <= at &&
      event.thread === thread &&
      /^task-(polled|suspended|ended|dropped|panicked)$/.test(event.kind),
  );
  return last?.kind === "task-polled";
}
