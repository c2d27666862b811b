import { CALLS, STATUS } from "#abi";
import type { Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Thread } from "../thread.ts";

const object = (_kernel: Kernel, thread: Thread): number => thread.a;

function create(type: "cell" | "atomic"): (kernel: Kernel, thread: Thread) => void {
  return (kernel, thread) => {
    if (!kernel.ownership.checkPlain(thread, thread.payload, "A cell")) return;
    thread.complete(kernel.objects.cell(type, thread.at, thread.payload).id);
  };
}

const load = (kernel: Kernel, thread: Thread): void =>
  thread.complete(kernel.objects.getCell(thread.a).value);

function store(kernel: Kernel, thread: Thread): void {
  if (!kernel.ownership.checkPlain(thread, thread.payload, "A cell")) return;
  kernel.objects.getCell(thread.a).value = thread.payload;
  thread.complete(0);
}

/** Memory shared on purpose: cells without any order, and sequentially consistent atomics. */
export const memoryCalls: Handlers = {
  [CALLS.cellNew]: { visible: false, pure: true, perform: create("cell") },
  [CALLS.cellGet]: { visible: true, object, perform: load },
  [CALLS.cellSet]: { visible: true, object, perform: store },
  [CALLS.atomicNew]: { visible: false, pure: true, perform: create("atomic") },
  [CALLS.atomicLoad]: { visible: true, object, perform: load },
  [CALLS.atomicStore]: { visible: true, object, perform: store },

  [CALLS.atomicSwap]: {
    visible: true,
    object,
    perform: (kernel, thread) => {
      const cell = kernel.objects.getCell(thread.a);
      const before = cell.value;
      cell.value = thread.payload;
      thread.complete(before);
    },
  },

  // The expected value is the number argument, the next one the payload: atomics hold numbers.
  [CALLS.atomicCompareExchange]: {
    visible: true,
    object,
    perform: (kernel, thread) => {
      const cell = kernel.objects.getCell(thread.a);
      const before = cell.value;
      if (before !== thread.b) return thread.complete(before, STATUS.differs);
      cell.value = thread.payload;
      thread.complete(before);
    },
  },
};
