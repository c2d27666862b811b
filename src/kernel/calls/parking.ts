import { CALLS, STATUS } from "#abi";
import type { Handler, Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Thread } from "../thread.ts";

/** Gives a thread its token: it ends the wait in `park`, or the next one at once. There is at most one. */
export function unpark(kernel: Kernel, id: number): void {
  const thread = kernel.threads[id];
  if (thread !== undefined) thread.unparked = true;
}

function parking(timed: boolean): Handler<Thread> {
  return {
    visible: true,
    object: (_kernel, thread) => thread.id,
    begin: (kernel, thread) => {
      if (timed) thread.deadlineNs = kernel.nowNs + thread.a;
      if (!thread.unparked) thread.notified = kernel.wakesSpuriously(thread);
    },
    ready: (kernel, thread) => thread.unparked || thread.notified || thread.deadlineNs <= kernel.nowNs,
    perform: (_kernel, thread) => {
      const status = thread.unparked ? STATUS.ok : thread.notified ? STATUS.spurious : STATUS.timeout;
      thread.unparked = false;
      thread.complete(0, status);
    },
    wait: () => ({ reason: "waits to be unparked", threads: [] }),
  };
}

/** Waiting for a token of one's own, after Rust's std::thread::{park, park_timeout, Thread::unpark}. */
export const parkingCalls: Handlers<Thread> = {
  [CALLS.park]: parking(false),
  [CALLS.parkTimeout]: parking(true),
  [CALLS.unpark]: {
    visible: true,
    object: (_kernel, thread) => thread.a,
    perform: (kernel, thread) => {
      unpark(kernel, thread.a);
      thread.complete(0);
    },
  },
};
