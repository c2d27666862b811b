import { formatMs } from "#base";
import type { WaitFor } from "#abi";
import type { Failure } from "./failure.ts";
import { findCycle } from "./wait-for.ts";
import type { Waiter } from "./waiters.ts";

export interface Standstill {
  nameOf(owner: number): string;
  readonly bodyEnded: boolean;
  readonly mayLeave: boolean;
  readonly graceNs: number;
}

/**
 * Names what is wrong when threads or tasks are left and none can run: `deadlock` where they wait for each other,
 * `stuck` where the body itself waits for something that can never come, `leak` where others outlive it.
 * Null where nothing is wrong.
 */
export function judgeStandstill(left: readonly Waiter[], world: Standstill): Failure | null {
  const [first] = left;
  if (first === undefined) return null;
  const cycle = findCycle(left.filter((waiter) => !waiter.timed));
  if (cycle !== null) return deadlock(cycle, left, world);
  if (!world.bodyEnded) return stuck(left);
  if (world.mayLeave) return null;
  const message = `${first.name} was still there ${formatMs(world.graceNs)} after the rest had ended: it ${first.wait.reason}.`;
  return { kind: "leak", message, thread: first.thread, site: first.site, stack: "" };
}

function deadlock(cycle: readonly WaitFor[], left: readonly Waiter[], world: Standstill): Failure {
  const sentences = cycle.map(
    (edge) => `${world.nameOf(edge.thread)} ${edge.reason}${toWhom(edge, cycle, world)}.`,
  );
  const first = left.find((waiter) => waiter.owner === cycle[0]?.thread);
  return {
    kind: "deadlock",
    message: `${sentences.join(" ")} Nobody can go on.`,
    thread: first?.thread ?? -1,
    site: first?.site ?? 0,
    stack: "",
    cycle,
  };
}

/** Who could end the wait, where the reason does not say so itself. */
function toWhom(edge: WaitFor, cycle: readonly WaitFor[], world: Standstill): string {
  if (!/\b(message|change)\b/.test(edge.reason)) return "";
  if (edge.waitsFor === edge.thread)
    return " while it holds a sender of it itself, so the channel never ends";
  return cycle.length > 1 ? `, which ${world.nameOf(edge.waitsFor)} could send` : "";
}

function stuck(left: readonly Waiter[]): Failure {
  const waits = left.map((waiter) => `${waiter.name} ${waiter.wait.reason}`);
  const [first] = left;
  return {
    kind: "stuck",
    message: `${waits.join("; ")}. Nothing will ever wake ${left.length === 1 ? "it" : "them"}.`,
    thread: first?.thread ?? -1,
    site: first?.site ?? 0,
    stack: "",
  };
}
