import { CALLS, STATUS } from "#abi";
import { containerOf } from "../endpoints.ts";
import type { Handlers, Wait } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import { RwLock } from "../rw-lock.ts";
import type { Thread } from "../thread.ts";
import { giveBack } from "./give-back.ts";

const object = (_kernel: Kernel, thread: Thread): number => thread.a;

function lockOf(kernel: Kernel, thread: Thread): RwLock {
  return kernel.objects.get(thread.a, "rw-lock");
}

function read(lock: RwLock, thread: Thread): void {
  lock.readers.push(thread);
  grant(lock, thread);
}

function write(lock: RwLock, thread: Thread): void {
  lock.stopWaiting(thread);
  lock.writer = thread;
  grant(lock, thread);
}

function grant(lock: RwLock, thread: Thread): void {
  lock.heldAt = thread.at;
  thread.noteLock(lock);
  thread.complete(lock.value, lock.poisoned ? STATUS.poisoned : STATUS.ok);
}

/** What the caller waits for: those who hold the lock, or (a reader) the writers who go before it. */
function waitForHolders(kernel: Kernel, thread: Thread): Wait {
  const lock = lockOf(kernel, thread);
  const reads = thread.call === CALLS.rwRead;
  const behind = reads && lock.writer === null;
  const holders = lock.writer === null ? lock.readers : [lock.writer];
  const others = [...new Set(behind ? lock.writersWaiting : holders)];
  const names = others.map((other) => (other === thread ? "it itself" : other.name)).join(" and ");
  const s = others.length === 1 ? "s" : "";
  const what = `waits to ${reads ? "read" : "write"} ${kernel.label(lock)}`;
  return {
    reason: behind
      ? `${what} behind ${names}, which wait${s} to write`
      : `${what}, which ${names} ${lock.writer === null ? "read" : "write"}${s}${since(kernel, lock)}`,
    threads: others.map((other) => other.id),
  };
}

function since(kernel: Kernel, lock: RwLock): string {
  const place = kernel.names.place(lock.heldAt);
  return place === "" ? "" : ` (taken at ${place})`;
}

/** Many readers or one writer, after Rust's std::sync::RwLock. */
export const rwLockCalls: Handlers<Thread> = {
  [CALLS.rwLockNew]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => {
      if (!kernel.ownership.checkCarried(thread, thread.payload)) return;
      const lock = kernel.objects.make((id) => new RwLock(id, thread.at, thread.payload));
      kernel.ownership.carry(thread, thread.payload, containerOf(lock.id), "a lock's value");
      thread.complete(lock.id);
    },
  },

  [CALLS.rwRead]: {
    visible: true,
    object,
    ready: (kernel, thread) => lockOf(kernel, thread).canRead,
    perform: (kernel, thread) => read(lockOf(kernel, thread), thread),
    wait: waitForHolders,
  },

  [CALLS.rwTryRead]: {
    visible: true,
    object,
    perform: (kernel, thread) => {
      const lock = lockOf(kernel, thread);
      if (lock.canRead) read(lock, thread);
      else thread.complete(0, STATUS.wouldBlock);
    },
  },

  // First it gets into line, which later readers can see; then it takes its turn.
  [CALLS.rwWrite]: {
    visible: true,
    object,
    ready: (kernel, thread) => !thread.parked || lockOf(kernel, thread).canWrite,
    perform: (kernel, thread) => {
      const lock = lockOf(kernel, thread);
      if (lock.canWrite) return write(lock, thread);
      lock.writersWaiting.push(thread);
      thread.parked = true;
    },
    wait: waitForHolders,
  },

  [CALLS.rwTryWrite]: {
    visible: true,
    object,
    perform: (kernel, thread) => {
      const lock = lockOf(kernel, thread);
      if (lock.canWrite) write(lock, thread);
      else thread.complete(0, STATUS.wouldBlock);
    },
  },

  // A writer (1 in `b`) brings the value back, and 2 poisons. One step with the local code that follows, unless a try could tell.
  [CALLS.rwUnlock]: {
    visible: { probedBy: [CALLS.rwTryRead, CALLS.rwTryWrite] },
    object,
    perform: (kernel, thread) => {
      const lock = lockOf(kernel, thread);
      if ((thread.b & 1) !== 0) {
        if (!giveBack(kernel, thread, lock)) return;
        lock.writer = null;
        if ((thread.b & 2) !== 0) lock.poisoned = true;
      } else lock.stopReading(thread);
      thread.noteLock(lock);
      thread.complete(0);
    },
  },
};
