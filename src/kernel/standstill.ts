import { formatMs } from "#base";
import type { WaitFor } from "#abi";
import type { Failure } from "./failure.ts";
import type { Wait } from "./handler.ts";
import type { Thread } from "./thread.ts";
import { findCycle } from "./wait-for.ts";

export interface Standstill {
  waitOf(thread: Thread): Wait | null;
  nameOf(id: number): string;
  readonly bodyEnded: boolean;
  readonly mayLeave: boolean;
  readonly graceNs: number;
}

/**
 * Names what is wrong when threads are left and none can run: `deadlock` where they wait for each other,
 * `stuck` where the body itself waits for something that can never come, `leak` where others outlive it.
 * Null where nothing is wrong.
 */
export function judgeStandstill(left: readonly Thread[], world: Standstill): Failure | null {
  const [first] = left;
  if (first === undefined) return null;
  const blocked = left.filter((thread) => thread.deadlineNs === Infinity);
  const cycle = findCycle(blocked, (thread) => world.waitOf(thread));
  if (cycle !== null) return deadlock(cycle, left, world);
  if (!world.bodyEnded) return stuck(left, world);
  if (world.mayLeave) return null;
  const reason = world.waitOf(first)?.reason ?? "still runs";
  const message = `${first.name} was still there ${formatMs(world.graceNs)} after the rest had ended: it ${reason}.`;
  return { kind: "leak", message, thread: first.id, site: first.at, stack: "" };
}

function deadlock(cycle: readonly WaitFor[], left: readonly Thread[], world: Standstill): Failure {
  const sentences = cycle.map(
    (edge) => `${world.nameOf(edge.thread)} ${edge.reason}${toWhom(edge, cycle, world)}.`,
  );
  const thread = left.find((candidate) => candidate.id === cycle[0]?.thread);
  return {
    kind: "deadlock",
    message: `${sentences.join(" ")} Nobody can go on.`,
    thread: thread?.id ?? -1,
    site: thread?.at ?? 0,
    stack: "",
    cycle,
  };
}

/** Who could end the wait, where the reason does not say so itself. */
function toWhom(edge: WaitFor, cycle: readonly WaitFor[], world: Standstill): string {
  if (!edge.reason.includes("message")) return "";
  if (edge.waitsFor === edge.thread)
    return " while it holds a sender of it itself, so the channel never ends";
  return cycle.length > 1 ? `, which ${world.nameOf(edge.waitsFor)} could send` : "";
}

function stuck(left: readonly Thread[], world: Standstill): Failure {
  const waits = left.map((thread) => `${thread.name} ${world.waitOf(thread)?.reason ?? "waits"}`);
  const [first] = left;
  return {
    kind: "stuck",
    message: `${waits.join("; ")}. Nothing will ever wake ${left.length === 1 ? "it" : "them"}.`,
    thread: first?.id ?? -1,
    site: first?.at ?? 0,
    stack: "",
  };
}
