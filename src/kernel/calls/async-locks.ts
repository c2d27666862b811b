import { CALLS, STATUS } from "#abi";
import { invariant } from "#base";
import { AsyncLock } from "../async-lock.ts";
import type { Caller } from "../caller.ts";
import { containerOf } from "../endpoints.ts";
import type { Handlers } from "../handler.ts";
import { Hold } from "../hold.ts";
import type { Kernel } from "../kernel.ts";
import { isTry } from "./ends.ts";
import { keepValue } from "./give-back.ts";
import { waitInLine } from "./permit-words.ts";

const object = (_kernel: Kernel, caller: Caller): number => caller.a;

function lockOf(kernel: Kernel, caller: Caller): AsyncLock {
  const found = kernel.objects.all[caller.a - 1];
  invariant(found instanceof AsyncLock, `object ${caller.a} is no lock of tasks`);
  return found;
}

/** A guard's name in the kernel: numbers are the guests', and guards stay in their thread. */
function guardOf(caller: Caller): string {
  return `${caller.thread.id}:${caller.b}`;
}

function modeOf(caller: Caller): "read" | "write" {
  return caller.payload === 1 ? "read" : "write";
}

function grant(kernel: Kernel, caller: Caller, lock: AsyncLock): void {
  const { id, site, line } = lock;
  const hold = new Hold({ id, site, line, permits: lock.permitsTo(modeOf(caller)), at: caller.at });
  hold.endpoint = kernel.endpoints.createHandle(hold, caller.owner);
  lock.guards.set(guardOf(caller), hold);
  caller.complete(lock.value);
}

/** Locks that a task may hold while it waits, after tokio::sync::{Mutex, RwLock}. `b` is the guard's number. */
export const asyncLockCalls: Handlers = {
  // 0: a mutex, 1: a lock that many may read.
  [CALLS.asyncLockNew]: {
    visible: false,
    pure: true,
    perform: (kernel, caller) => {
      if (!kernel.ownership.checkCarried(caller, caller.payload)) return;
      const made = { site: caller.at, value: caller.payload };
      const type = caller.a === 0 ? "task-mutex" : "task-rw-lock";
      const lock = kernel.objects.make((id) => new AsyncLock(type, id, made));
      kernel.ownership.carry(caller, caller.payload, containerOf(lock.id), "a lock's value");
      caller.complete(lock.id);
    },
  },

  // The payload is 1 where the caller only reads.
  [CALLS.asyncLock]: {
    visible: true,
    waitable: true,
    object,
    begin: (kernel, caller) => {
      const lock = lockOf(kernel, caller);
      if (!isTry(caller)) lock.line.enter(caller, lock.permitsTo(modeOf(caller)));
    },
    ready: (kernel, caller) => isTry(caller) || lockOf(kernel, caller).line.isServed(caller),
    perform: (kernel, caller) => {
      const lock = lockOf(kernel, caller);
      if (isTry(caller) && !lock.line.tryTake(lock.permitsTo(modeOf(caller))))
        return caller.complete(0, STATUS.wouldBlock);
      lock.line.leave(caller);
      grant(kernel, caller, lock);
    },
    cancel: (kernel, caller) => lockOf(kernel, caller).line.giveUp(caller),
    wait: (kernel, caller) => {
      const lock = lockOf(kernel, caller);
      const isMutex = lock.type === "task-mutex";
      return waitInLine(kernel, caller, {
        line: lock.line,
        what: `${isMutex ? "for" : `to ${modeOf(caller)}`} ${kernel.label(lock)}`,
        which: "which",
        doing: (hold) => (isMutex ? "holds" : lock.isWriting(hold) ? "writes" : "reads"),
      });
    },
  },

  // Whoever could change the value brings it back. One step with the local code that follows, unless somebody could
  // tell.
  [CALLS.asyncUnlock]: {
    visible: { probedBy: [CALLS.asyncLock, CALLS.operationPoll] },
    object,
    perform: (kernel, caller) => {
      const lock = lockOf(kernel, caller);
      const hold = lock.guards.get(guardOf(caller));
      const endpoint = hold?.endpoint ?? null;
      if (hold === undefined || endpoint === null || hold.handles === 0)
        return kernel.misuse(
          caller,
          `A guard of ${kernel.label(lock)} is unlocked after the task that locked has ended, which gave the lock back. A guard stays in its task.`,
        );
      if (lock.isWriting(hold) && !keepValue(kernel, caller, lock)) return;
      lock.guards.delete(guardOf(caller));
      for (const owner of endpoint.owners) kernel.endpoints.release(endpoint, owner);
      caller.complete(0);
    },
  },
};
