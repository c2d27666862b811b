import { CALLS } from "#abi";
import { Cancellation } from "../cancellation.ts";
import type { Caller } from "../caller.ts";
import type { Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import { isTry } from "./ends.ts";

const object = (_kernel: Kernel, caller: Caller): number => caller.a;

function tokenOf(kernel: Kernel, caller: Caller): Cancellation {
  return kernel.objects.get(caller.a, "cancellation-token");
}

/** Cancellation of work by asking it to stop, after tokio_util::sync::CancellationToken. */
export const cancellationCalls: Handlers = {
  // A child of `a`, where that is not 0.
  [CALLS.tokenNew]: {
    visible: false,
    pure: true,
    perform: (kernel, caller) => {
      const parent = caller.a === 0 ? null : tokenOf(kernel, caller);
      caller.complete(kernel.objects.make((id) => new Cancellation(id, caller.at, parent)).id);
    },
  },

  [CALLS.tokenCancel]: {
    visible: true,
    object,
    perform: (kernel, caller) => {
      const [, ...descendants] = tokenOf(kernel, caller).cancel();
      for (const token of descendants) kernel.touch(token.id);
      caller.complete(0);
    },
  },

  // Waits until it is cancelled, or asks whether it is.
  [CALLS.tokenCancelled]: {
    visible: true,
    waitable: true,
    object,
    ready: (kernel, caller) => isTry(caller) || tokenOf(kernel, caller).cancelled,
    perform: (kernel, caller) => caller.complete(tokenOf(kernel, caller).cancelled ? 1 : 0),
    wait: (kernel, caller) => ({
      reason: `waits until ${kernel.label(tokenOf(kernel, caller))} is cancelled`,
      threads: [],
    }),
  },
};
