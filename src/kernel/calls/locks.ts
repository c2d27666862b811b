import { CALLS, STATUS } from "#abi";
import { containerOf } from "../endpoints.ts";
import type { Handler, Handlers, Wait } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Mutex } from "../objects.ts";
import type { Thread } from "../thread.ts";

function take(mutex: Mutex, thread: Thread): void {
  mutex.holder = thread;
  mutex.heldAt = thread.at;
}

function waitForHolder(kernel: Kernel, thread: Thread, mutex: Mutex): Wait {
  const holder = mutex.holder;
  const who = holder === thread ? "which it holds itself" : `which ${holder?.name} holds`;
  const since = kernel.names.place(mutex.heldAt);
  return {
    reason: `waits for ${kernel.label(mutex)}, ${who}${since === "" ? "" : ` (taken at ${since})`}`,
    threads: holder === null ? [] : [holder.id],
  };
}

/** Gives the value back and frees the lock; false (and a misuse) where `thread` does not hold it. */
function release(kernel: Kernel, thread: Thread, mutex: Mutex): boolean {
  if (mutex.holder !== thread) {
    kernel.misuse(thread, `${kernel.label(mutex)} is unlocked by ${thread.name}, which does not hold it.`);
    return false;
  }
  if (!kernel.ownership.checkCarried(thread, thread.payload, containerOf(mutex.id))) return false;
  kernel.ownership.carry(
    thread,
    thread.payload,
    containerOf(mutex.id),
    `the value of ${kernel.label(mutex)}`,
  );
  mutex.value = thread.payload;
  mutex.holder = null;
  return true;
}

/** Waiting on a condition: first the lock is released, then a notification (or the deadline) and the lock are needed. */
function waiting(timed: boolean): Handler<Thread> {
  const mutexOf = (kernel: Kernel, thread: Thread): Mutex => kernel.objects.getMutex(thread.b);
  return {
    visible: true,
    object: (_kernel, thread) => thread.a,
    ready: (kernel, thread) => {
      if (!thread.parked) return true;
      return (
        (thread.notified || thread.deadlineNs <= kernel.nowNs) && mutexOf(kernel, thread).holder === null
      );
    },
    perform: (kernel, thread) => {
      const condvar = kernel.objects.getCondvar(thread.a);
      const mutex = mutexOf(kernel, thread);
      if (!thread.parked) {
        const timeoutNs = timed ? thread.timeoutNs : Infinity;
        if (!release(kernel, thread, mutex)) return;
        condvar.waiters.push(thread);
        thread.parked = true;
        thread.deadlineNs = kernel.nowNs + timeoutNs;
        return;
      }
      const at = condvar.waiters.indexOf(thread);
      if (at >= 0) condvar.waiters.splice(at, 1);
      take(mutex, thread);
      thread.complete(mutex.value, thread.notified ? STATUS.ok : STATUS.timeout);
    },
    wait: (kernel, thread) => {
      const due = thread.notified || thread.deadlineNs <= kernel.nowNs;
      if (due) return waitForHolder(kernel, thread, mutexOf(kernel, thread));
      return {
        reason: `waits to be notified on ${kernel.label(kernel.objects.getCondvar(thread.a))}`,
        threads: [],
      };
    },
  };
}

function notify(all: boolean): Handler<Thread> {
  return {
    visible: true,
    object: (_kernel, thread) => thread.a,
    perform: (kernel, thread) => {
      const condvar = kernel.objects.getCondvar(thread.a);
      if (all) for (const waiter of condvar.waiters.splice(0)) waiter.notified = true;
      else if (condvar.waiters.length > 0) {
        const picked = kernel.pickWaiter(condvar);
        condvar.waiters.splice(condvar.waiters.indexOf(picked), 1);
        picked.notified = true;
      }
      thread.complete(0);
    },
  };
}

/** Mutual exclusion and conditions, after Rust's std::sync::{Mutex, Condvar}. */
export const lockCalls: Handlers<Thread> = {
  [CALLS.mutexNew]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => {
      if (!kernel.ownership.checkCarried(thread, thread.payload)) return;
      const mutex = kernel.objects.mutex(thread.at, thread.payload);
      kernel.ownership.carry(thread, thread.payload, containerOf(mutex.id), "a lock's value");
      thread.complete(mutex.id);
    },
  },

  [CALLS.lock]: {
    visible: true,
    object: (_kernel, thread) => thread.a,
    ready: (kernel, thread) => kernel.objects.getMutex(thread.a).holder === null,
    perform: (kernel, thread) => {
      const mutex = kernel.objects.getMutex(thread.a);
      take(mutex, thread);
      thread.complete(mutex.value, mutex.poisoned ? STATUS.poisoned : STATUS.ok);
    },
    wait: (kernel, thread) => waitForHolder(kernel, thread, kernel.objects.getMutex(thread.a)),
  },

  [CALLS.tryLock]: {
    visible: true,
    object: (_kernel, thread) => thread.a,
    perform: (kernel, thread) => {
      const mutex = kernel.objects.getMutex(thread.a);
      if (mutex.holder !== null) return thread.complete(0, STATUS.wouldBlock);
      take(mutex, thread);
      thread.complete(mutex.value, mutex.poisoned ? STATUS.poisoned : STATUS.ok);
    },
  },

  // One step with the local code that follows, unless a tryLock could tell.
  [CALLS.unlock]: {
    visible: { probedBy: [CALLS.tryLock] },
    object: (_kernel, thread) => thread.a,
    perform: (kernel, thread) => {
      if (release(kernel, thread, kernel.objects.getMutex(thread.a))) thread.complete(0);
    },
  },

  [CALLS.condvarNew]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => thread.complete(kernel.objects.condvar(thread.at).id),
  },

  [CALLS.wait]: waiting(false),
  [CALLS.waitTimeout]: waiting(true),
  [CALLS.notifyOne]: notify(false),
  [CALLS.notifyAll]: notify(true),
};
