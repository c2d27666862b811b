import { type Bug, callName, CALLS, type TraceEvent, wasCut } from "#abi";
import { actorOf } from "./accesses.ts";
import { findCall, readCall } from "./code-text.ts";
import type { History } from "./history.ts";

/** So many looks in a row that saw the same are a spin. */
const LOOKS_MIN = 40;

/** Until the run's bound a thread asked for the same thing over and over, or a task that waits for nothing was polled. */
export function findSpinning(history: History): Bug | null {
  if (!wasCut(history.outcome.kind)) return null;
  return findLooking(history) ?? findTrying(history) ?? findSelfWaking(history);
}

/** It looked at a shared value, and always saw the same. */
function findLooking(history: History): Bug | null {
  const { thread } = history.outcome;
  const own = history.accesses.filter((one) => one.reads !== null && history.event(one.at).thread === thread);
  const last = own.at(-1);
  if (last === undefined) return null;
  const same = own.filter((one) => one.object === last.object && one.reads === last.reads);
  const first = own.findLastIndex((one) => one.object !== last.object || one.reads !== last.reads) + 1;
  const looks = own.length - first;
  const changed = history
    .of(last.object)
    .some(
      (one) =>
        one.at > (own[first]?.at ?? 0) &&
        one.writes !== null &&
        actorOf(history.event(one.at)) === last.actor,
    );
  if (looks < LOOKS_MIN || same.length === 0 || changed) return null;
  const sentence =
    `${history.name(last.actor)} spins: it looked at ${history.thing(last.object)} ${looks} times${history.line(last.at)} ` +
    `and always saw ${last.reads}.`;
  return history.bug("spinning", sentence, [
    [own[first]?.at ?? last.at, "looked first"],
    [last.at, "looked last"],
  ]);
}

/** Calls that do nothing for anybody. */
const IDLE: ReadonlySet<number> = new Set([CALLS.yieldNow, CALLS.now]);
const TRIES: ReadonlySet<number> = new Set([CALLS.tryRecv, CALLS.tryLock, CALLS.rwTryRead, CALLS.rwTryWrite]);
const IN_VAIN: ReadonlySet<string> = new Set(["empty", "wouldBlock"]);

/** The last events of the thread that spins, back to the first that is not part of it; places in the trace, latest first. */
function findRound(history: History, isPart: (event: TraceEvent) => boolean): readonly number[] {
  const round: number[] = [];
  for (let at = history.events.length - 1; at >= 0; at--) {
    const event = history.event(at);
    if (event.thread !== history.outcome.thread) continue;
    if (isPart(event)) round.push(at);
    else if (event.kind !== "called" || !IDLE.has(event.call)) break;
  }
  return round;
}

/** It tried to take a message or a lock that never was there. */
function findTrying(history: History): Bug | null {
  const { thread } = history.outcome;
  const last = history.events.findLast((event) => event.thread === thread && TRIES.has(event.call));
  if (last === undefined || !IN_VAIN.has(last.detail)) return null;
  const round = findRound(
    history,
    ({ call, object, detail }) => call === last.call && object === last.object && detail === last.detail,
  );
  const [latest, first] = [round[0], round.at(-1)];
  if (round.length < LOOKS_MIN || latest === undefined || first === undefined) return null;
  const sentence =
    `${history.name(actorOf(last))} spins: it called \`${callName(last.call)}\` on ${history.thing(last.object)} ` +
    `${round.length} times${history.line(latest)}, always in vain.`;
  return history.bug("spinning", sentence, [
    [first, "tried first"],
    [latest, "tried last"],
  ]);
}

/** Its task is polled, wakes itself and is polled again. One that only lets others go first does something in between. */
function findSelfWaking(history: History): Bug | null {
  const woken = history.events.findLastIndex((event) => event.kind === "task-woken");
  if (woken < 0) return null;
  const { object: task, site } = history.event(woken);
  if (readCall(history, findCall(history, site)).method !== "wake") return null;
  const round = findRound(history, (event) => event.object === task && isTurn(event));
  const wakes = round.filter((at) => history.event(at).kind === "task-woken");
  const [latest, first] = [wakes[0], wakes.at(-1)];
  if (wakes.length < LOOKS_MIN || latest === undefined || first === undefined) return null;
  const sentence =
    `${history.name(actorOf(history.event(latest)))} spins: it was polled ${wakes.length} times, and each time woke itself` +
    `${history.line(latest)} instead of waiting for something.`;
  return history.bug("spinning", sentence, [
    [first, "woke itself first"],
    [latest, "woke itself last"],
  ]);
}

function isTurn({ kind }: TraceEvent): boolean {
  return kind === "task-polled" || kind === "task-woken" || kind === "task-suspended";
}
