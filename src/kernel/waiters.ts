import { CALLS } from "#abi";
import { HANDLERS } from "./calls/index.ts";
import type { Caller } from "./caller.ts";
import type { Wait } from "./handler.ts";
import type { Kernel } from "./kernel.ts";
import type { Executor, Task } from "./task.ts";
import type { Thread } from "./thread.ts";

/** A thread or a task that cannot go on, and why. */
export interface Waiter {
  readonly owner: number;
  readonly name: string;
  readonly thread: number;
  readonly site: number;
  readonly wait: Wait;
  /** Time will let it go on. */
  readonly timed: boolean;
}

/** What a caller's pending call waits for; null where it does not wait. */
export function waitOf(kernel: Kernel, caller: Caller): Wait | null {
  if (caller.state !== "pending") return null;
  return HANDLERS[caller.call]?.wait?.(kernel, caller) ?? null;
}

/** Everybody who is left and waits, threads in order, each before its tasks. */
export function waitersOf(kernel: Kernel): readonly Waiter[] {
  return kernel.threads.filter((thread) => thread.alive).flatMap((thread) => waitersIn(kernel, thread));
}

function waitersIn(kernel: Kernel, thread: Thread): readonly Waiter[] {
  const executor = thread.executor;
  const own = executor === null ? [] : tasksThatWait(kernel, thread, executor);
  if (thread.call === CALLS.taskNext && thread.state === "pending") return own;
  const wait = waitOf(kernel, thread) ?? { reason: "waits", threads: [] };
  const name = executor?.current?.name ?? thread.name;
  const timed = thread.deadlineNs < Infinity;
  return [{ owner: thread.owner, name, thread: thread.id, site: thread.at, wait, timed }, ...own];
}

function tasksThatWait(kernel: Kernel, thread: Thread, executor: Executor): readonly Waiter[] {
  return [...executor.tasks]
    .filter((task) => task !== executor.current)
    .map((task) => {
      const operations = [...task.operations];
      const at = operations[0]?.at ?? task.suspendedAt;
      return {
        owner: task.owner,
        name: task.name,
        thread: thread.id,
        site: at === 0 ? task.site : at,
        wait: waitOfTask(kernel, task, executor),
        timed: task.state === "waiting" && operations.some((operation) => operation.deadlineNs < Infinity),
      };
    });
}

/** One of several operations would do; each is told. */
function waitOfTask(kernel: Kernel, task: Task, executor: Executor): Wait {
  const { current } = executor;
  const { thread } = task;
  if (task.state === "woken" && current !== null) {
    const reason = `cannot run while ${current.name} blocks the thread`;
    return { reason, threads: [current.owner] };
  }
  if (task.state === "woken" && thread.call !== CALLS.taskNext) {
    const busy = waitOf(kernel, thread)?.reason ?? "is busy";
    return { reason: `cannot run while ${thread.name} ${busy}`, threads: [thread.id] };
  }
  const waits = [...task.operations]
    .map((operation) => waitOf(kernel, operation))
    .filter((wait) => wait !== null);
  if (waits.length === 0) return { reason: "waits to be woken", threads: [] };
  return {
    reason: [...new Set(waits.map((wait) => wait.reason))].join(" or "),
    threads: waits.flatMap((wait) => wait.threads),
  };
}
