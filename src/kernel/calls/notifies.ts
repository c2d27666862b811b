import { CALLS } from "#abi";
import type { Caller } from "../caller.ts";
import type { Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import { Notify } from "../notify.ts";

const object = (_kernel: Kernel, caller: Caller): number => caller.a;

function notifyOf(kernel: Kernel, caller: Caller): Notify {
  return kernel.objects.get(caller.a, "notify");
}

/** Notifications without a value, after tokio::sync::Notify. */
export const notifyCalls: Handlers = {
  [CALLS.notifyNew]: {
    visible: false,
    pure: true,
    perform: (kernel, caller) => caller.complete(kernel.objects.make((id) => new Notify(id, caller.at)).id),
  },

  // `b` is how often all had been notified when the future was made.
  [CALLS.notified]: {
    visible: true,
    waitable: true,
    object,
    begin: (kernel, caller) => notifyOf(kernel, caller).arrive(caller, caller.b),
    ready: (kernel, caller) => notifyOf(kernel, caller).isNotified(caller),
    perform: (kernel, caller) => {
      notifyOf(kernel, caller).leave(caller);
      caller.complete(0);
    },
    cancel: (kernel, caller) => notifyOf(kernel, caller).giveUp(caller),
    wait: (kernel, caller) => ({
      reason: `waits to be notified on ${kernel.label(notifyOf(kernel, caller))}`,
      threads: [],
    }),
  },

  // 0: notifies one, 1: all, 2: asks how often all were notified.
  [CALLS.notify]: {
    visible: true,
    object,
    perform: (kernel, caller) => {
      const notify = notifyOf(kernel, caller);
      if (caller.payload === 0) notify.notifyOne();
      else if (caller.payload === 1) notify.notifyAll();
      caller.complete(notify.generation);
    },
  },
};
