import { CALLS, STATUS } from "#abi";
import { invariant } from "#base";
import type { Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Caller } from "../caller.ts";

const object = (_kernel: Kernel, caller: Caller): number => caller.a;

function create(type: "cell" | "atomic"): (kernel: Kernel, caller: Caller) => void {
  return (kernel, caller) => {
    if (!kernel.ownership.checkPlain(caller, caller.payload, "A cell")) return;
    caller.complete(kernel.objects.cell(type, caller.at, caller.payload).id);
  };
}

const load = (kernel: Kernel, caller: Caller): void =>
  caller.complete(kernel.objects.getCell(caller.a).value);

function store(kernel: Kernel, caller: Caller): void {
  if (!kernel.ownership.checkPlain(caller, caller.payload, "A cell")) return;
  kernel.objects.getCell(caller.a).value = caller.payload;
  caller.complete(0);
}

/** What `atomicFetch` can do, by its number argument: the same numbers in src/guest/std/atomic-fetch.ts. */
const FETCHES: readonly ((now: number, operand: number) => number)[] = [
  (now, operand) => (now + operand) | 0,
  (now, operand) => (now - operand) | 0,
  (now, operand) => Math.max(now, operand),
  (now, operand) => Math.min(now, operand),
  (now, operand) => now & operand,
  (now, operand) => now | operand,
  (now, operand) => now ^ operand,
];

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
    perform: (kernel, caller) => {
      const cell = kernel.objects.getCell(caller.a);
      const before = cell.value;
      cell.value = caller.payload;
      caller.complete(before);
    },
  },

  // The expected value is the number argument, the next one the payload: atomics hold numbers.
  [CALLS.atomicCompareExchange]: {
    visible: true,
    object,
    perform: (kernel, caller) => {
      const cell = kernel.objects.getCell(caller.a);
      const before = cell.value;
      if (before !== caller.b) return caller.complete(before, STATUS.differs);
      cell.value = caller.payload;
      caller.complete(before);
    },
  },

  [CALLS.atomicFetch]: {
    visible: true,
    object,
    perform: (kernel, caller) => {
      const cell = kernel.objects.getCell(caller.a);
      const change = FETCHES[caller.b];
      invariant(change, `no atomic operation ${caller.b}`);
      const before = Number(cell.value);
      cell.value = change(before, Number(caller.payload));
      caller.complete(before);
    },
  },
};
