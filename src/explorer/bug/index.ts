/**
 * Owns: the name of the mistake that a failing run shows. Reads the trace, the outcome and the program's names; a name
 * is given only where its witnesses are in the trace, else none.
 */
import { type Bug, wasCut } from "#abi";
import type { Program } from "#compile";
import type { RunResult } from "#machine";
import { findAba } from "./aba.ts";
import { findCheckThenAct } from "./check-then-act.ts";
import { findDroppedMessage } from "./dropped-message.ts";
import { findExecutorBlocked } from "./executor-blocked.ts";
import { History, type Pattern } from "./history.ts";
import { findIfForWhile } from "./if-for-while.ts";
import { findLateLook } from "./late-look.ts";
import { findLeak } from "./leak.ts";
import { findLockOrder } from "./lock-order.ts";
import { findLostUpdate } from "./lost-update.ts";
import { findLostWakeUp } from "./lost-wake-up.ts";
import { findSleepAsSync } from "./sleep-as-sync.ts";
import { findSpinning } from "./spinning.ts";
import { findStaleCopy } from "./stale-copy.ts";
import { findUseBeforeInit } from "./use-before-init.ts";
import { findWaitCycle } from "./wait-cycle.ts";
import { findWrongWaiter } from "./wrong-waiter.ts";

/** From the most specific to the least: the first that fits names the run. */
const PATTERNS: readonly Pattern[] = [
  findLockOrder,
  findExecutorBlocked,
  findDroppedMessage,
  findLostWakeUp,
  findWrongWaiter,
  findIfForWhile,
  findAba,
  findLostUpdate,
  findCheckThenAct,
  findLateLook,
  findSleepAsSync,
  findUseBeforeInit,
  findStaleCopy,
  findSpinning,
  findWaitCycle,
  findLeak,
];

/** Longer traces are not searched: patterns compare accesses with each other. */
const EVENTS_MAX = 5_000;

/** The mistake that a recorded run shows; null where it passed, was not recorded, or no known mistake fits. */
export function findBug(result: RunResult, program: Program): Bug | null {
  const { trace, outcome } = result;
  if (trace === undefined || trace.events.length === 0 || outcome.kind === "passed") return null;
  if (trace.events.length > EVENTS_MAX && !wasCut(outcome.kind)) return null;
  const history = new History(trace, result, program);
  for (const pattern of PATTERNS) {
    const bug = pattern(history);
    if (bug !== null) return bug;
  }
  return null;
}
