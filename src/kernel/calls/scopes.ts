import { CALLS, STATUS } from "#abi";
import type { Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import { Scope } from "../scope.ts";
import type { Thread } from "../thread.ts";

function scopeOf(kernel: Kernel, thread: Thread): Scope {
  return kernel.objects.get(thread.a, "scope");
}

/** The thread that the call waits for, noted in `b` when it begins; undefined where the scope has none left. */
function targetOf(kernel: Kernel, thread: Thread): Thread | undefined {
  return kernel.threads[thread.b];
}

/** Threads that end before the call that began the scope returns, after Rust's std::thread::scope. */
export const scopeCalls: Handlers<Thread> = {
  [CALLS.scopeNew]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => thread.complete(kernel.objects.make((id) => new Scope(id, thread.at)).id),
  },

  // Thread `b` belongs to the scope.
  [CALLS.scopeAdd]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => {
      const scope = scopeOf(kernel, thread);
      if (scope.ended)
        return kernel.misuse(
          thread,
          `${thread.name} starts a thread in a scope that has ended. Start it before the function given to scope() returns, or use \`spawn\` for a thread that outlives it.`,
        );
      scope.threads.push(thread.b);
      thread.complete(0);
    },
  },

  // Waits for one of the scope's threads. 1: there may be more; else the scope has ended, with the first unseen panic.
  [CALLS.scopeJoin]: {
    visible: true,
    object: (_kernel, thread) => Math.max(0, thread.b),
    begin: (kernel, thread) => {
      const scope = scopeOf(kernel, thread);
      thread.b = scope.threads[scope.joined] ?? -1;
    },
    ready: (kernel, thread) => targetOf(kernel, thread)?.alive !== true,
    perform: (kernel, thread) => {
      const scope = scopeOf(kernel, thread);
      const target = targetOf(kernel, thread);
      if (target !== undefined) scope.joined++;
      if (target?.state === "panicked" && !target.joined && scope.panic === "") scope.panic = panicOf(target);
      scope.ended = scope.joined === scope.threads.length;
      if (!scope.ended) thread.complete(1);
      else if (scope.panic === "") thread.complete(0);
      else thread.complete(`s${scope.panic}`, STATUS.panicked);
    },
    wait: (kernel, thread) => ({
      reason: `waits for ${targetOf(kernel, thread)?.name} to end`,
      threads: [thread.b],
    }),
  },
};

function panicOf(thread: Thread): string {
  const [name = "", ...message] = String(thread.result).slice(1).split("\n");
  return `${thread.name}: ${name}: ${message.join("\n")}`;
}
