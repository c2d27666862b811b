import { CALLS, STATUS, type Status } from "#abi";
import { invariant } from "#base";
import { containerOf } from "../endpoints.ts";
import type { Handler, Handlers, Wait } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Mutex } from "../objects.ts";
import type { RwLock } from "../rw-lock.ts";
import type { Thread } from "../thread.ts";
import { giveBack } from "./give-back.ts";

function take(mutex: Mutex, thread: Thread): void {
  mutex.holder = thread;
  mutex.heldAt = thread.at;
  thread.noteLock(mutex);
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
  if (!giveBack(kernel, thread, mutex)) return false;
  mutex.holder = null;
  thread.noteLock(mutex);
  return true;
}

/** A wait that has released its lock and needs nothing but the lock to go on. */
function isDue(kernel: Kernel, thread: Thread): boolean {
  return thread.notified || thread.deadlineNs <= kernel.nowNs;
}

/** Lets the lock go and waits, unless a spurious wake-up comes at once. */
function park(kernel: Kernel, thread: Thread, mutex: Mutex, timeoutNs: number): void {
  if (!release(kernel, thread, mutex)) return;
  kernel.touch(mutex.id);
  kernel.objects.getCondvar(thread.a).waiters.push(thread);
  thread.parked = true;
  thread.deadlineNs = kernel.nowNs + timeoutNs;
  thread.notified = kernel.wakesSpuriously(thread);
}

/** How a wait ended, and whether a thread panicked under the lock meanwhile, which counts more. */
function endOfWait(thread: Thread, mutex: Mutex, spurious: boolean): Status {
  if (mutex.poisoned && thread.b > 0) return STATUS.poisoned;
  if (spurious) return STATUS.spurious;
  return thread.notified ? STATUS.ok : STATUS.timeout;
}

/**
 * Waiting on a condition: first the lock is released, then a notification (or the deadline) and the lock are needed.
 * `b` is the lock, negative where its poison does not matter.
 */
function waiting(timed: boolean): Handler<Thread> {
  const mutexOf = (kernel: Kernel, thread: Thread): Mutex => kernel.objects.getMutex(Math.abs(thread.b));
  return {
    visible: true,
    object: (_kernel, thread) => thread.a,
    ready: (kernel, thread) =>
      !thread.parked || (isDue(kernel, thread) && mutexOf(kernel, thread).holder === null),
    perform: (kernel, thread) => {
      const mutex = mutexOf(kernel, thread);
      if (!thread.parked) return park(kernel, thread, mutex, timed ? thread.timeoutNs : Infinity);
      // Whoever notifies a waiter takes it off the list.
      const { waiters } = kernel.objects.getCondvar(thread.a);
      const at = waiters.indexOf(thread);
      if (at >= 0) waiters.splice(at, 1);
      take(mutex, thread);
      thread.complete(mutex.value, endOfWait(thread, mutex, thread.notified && at >= 0));
    },
    wait: (kernel, thread) => {
      if (isDue(kernel, thread)) return waitForHolder(kernel, thread, mutexOf(kernel, thread));
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

/** A lock of either kind. */
function poisonable(kernel: Kernel, thread: Thread): Mutex | RwLock {
  const object = kernel.objects.all[thread.a - 1];
  invariant(object?.type === "mutex" || object?.type === "rw-lock", `object ${thread.a} is no lock`);
  return object;
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

  // 2 in `b` poisons. One step with the local code that follows, unless a tryLock could tell.
  [CALLS.unlock]: {
    visible: { probedBy: [CALLS.tryLock] },
    object: (_kernel, thread) => thread.a,
    perform: (kernel, thread) => {
      const mutex = kernel.objects.getMutex(thread.a);
      if (!release(kernel, thread, mutex)) return;
      if ((thread.b & 2) !== 0) mutex.poisoned = true;
      thread.complete(0);
    },
  },

  [CALLS.isPoisoned]: {
    visible: true,
    object: (_kernel, thread) => thread.a,
    perform: (kernel, thread) => thread.complete(poisonable(kernel, thread).poisoned ? 1 : 0),
  },

  [CALLS.clearPoison]: {
    visible: true,
    object: (_kernel, thread) => thread.a,
    perform: (kernel, thread) => {
      poisonable(kernel, thread).poisoned = false;
      thread.complete(0);
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
