import { CALLS } from "#abi";
import { Barrier } from "../barrier.ts";
import type { Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Thread } from "../thread.ts";

function barrierOf(kernel: Kernel, thread: Thread): Barrier {
  return kernel.objects.get(thread.a, "barrier");
}

/** A meeting point of a fixed number of threads, after Rust's std::sync::Barrier. */
export const barrierCalls: Handlers<Thread> = {
  [CALLS.barrierNew]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) =>
      thread.complete(kernel.objects.make((id) => new Barrier(id, thread.at, thread.a)).id),
  },

  // First it arrives; the last to arrive leads and lets the others go.
  [CALLS.barrierWait]: {
    visible: true,
    object: (_kernel, thread) => thread.a,
    ready: (_kernel, thread) => !thread.parked || thread.notified,
    perform: (kernel, thread) => {
      const barrier = barrierOf(kernel, thread);
      if (thread.notified) return thread.complete(0);
      if (barrier.waiting.length + 1 < barrier.size) {
        barrier.waiting.push(thread);
        thread.parked = true;
        return;
      }
      for (const other of barrier.waiting.splice(0)) other.notified = true;
      thread.complete(1);
    },
    wait: (kernel, thread) => {
      const barrier = barrierOf(kernel, thread);
      const missing = barrier.size - barrier.waiting.length;
      const more = `${missing} more of ${barrier.size} threads`;
      return { reason: `waits at ${kernel.label(barrier)} for ${more}`, threads: [] };
    },
  },
};
