import { CALLS, STATUS } from "#abi";
import { formatMs } from "#base";
import type { Handlers } from "../handler.ts";
import { endThread, panicThread, spawnThread, takeResult } from "../lifecycle.ts";
import type { Thread } from "../thread.ts";

/** Calls that could tell whether another thread has ended already. */
const PROBES = [CALLS.isFinished, CALLS.tryRecv, CALLS.trySend, CALLS.recvTimeout, CALLS.tryLock];

/** Spawning, ending, joining; the clock; work on a core. */
export const threadCalls: Handlers<Thread> = {
  [CALLS.spawn]: {
    visible: false,
    perform: (kernel, thread) => spawnThread(kernel, thread),
  },

  [CALLS.exit]: {
    visible: { probedBy: PROBES },
    perform: (kernel, thread) => endThread(kernel, thread, "ended", thread.payload),
  },

  [CALLS.panic]: {
    visible: false,
    perform: (kernel, thread) => panicThread(kernel, thread, String(thread.payload)),
  },

  [CALLS.join]: {
    visible: true,
    waitable: true,
    object: (_kernel, caller) => caller.a,
    begin: (kernel, caller) => {
      const target = kernel.threads[caller.a];
      if (target === caller) kernel.misuse(caller, `${caller.name} joins itself; that wait could never end.`);
      else if (target?.joined)
        kernel.misuse(
          caller,
          `${target.name} is joined a second time. A thread can be joined once: keep what join() returned.`,
        );
    },
    ready: (kernel, caller) => !kernel.threads[caller.a]?.alive,
    perform: (kernel, caller) => {
      const target = kernel.threads[caller.a];
      if (target === undefined) return;
      target.joined = true;
      takeResult(kernel, target, caller);
      caller.complete(target.result, target.state === "panicked" ? STATUS.panicked : STATUS.ok);
    },
    wait: (kernel, caller) => ({
      reason: `waits for ${kernel.threads[caller.a]?.name} to end`,
      threads: [caller.a],
    }),
  },

  [CALLS.isFinished]: {
    visible: true,
    object: (_kernel, thread) => thread.a,
    perform: (kernel, thread) => thread.complete(kernel.threads[thread.a]?.alive ? 0 : 1),
  },

  [CALLS.threadName]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => thread.complete(`s${kernel.threads[thread.a]?.name}`),
  },

  [CALLS.cores]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => thread.complete(kernel.cores.count),
  },

  // Ready once another thread has gone first, or when no other can: the kernel decides (Kernel.isReady).
  [CALLS.yieldNow]: {
    visible: true,
    perform: (_kernel, thread) => thread.complete(0),
  },

  [CALLS.now]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => thread.complete(kernel.nowNs),
  },

  [CALLS.sleep]: {
    visible: false,
    begin: (kernel, thread) => {
      thread.deadlineNs = kernel.nowNs + thread.a;
    },
    ready: (kernel, thread) => thread.deadlineNs <= kernel.nowNs,
    perform: (_kernel, thread) => thread.complete(0),
    wait: (_kernel, thread) => ({ reason: `sleeps until ${formatMs(thread.deadlineNs)}`, threads: [] }),
  },

  [CALLS.work]: {
    visible: false,
    begin: (kernel, thread) => kernel.cores.begin(thread, thread.a, kernel.nowNs),
    ready: (kernel, thread) => kernel.cores.isDone(thread, kernel.nowNs),
    perform: (kernel, thread) => {
      kernel.cores.end(thread, kernel.nowNs);
      thread.complete(0);
    },
    wait: (_kernel, thread) => ({
      reason:
        thread.deadlineNs === Infinity ? "waits for a core" : `works until ${formatMs(thread.deadlineNs)}`,
      threads: [],
    }),
  },
};
