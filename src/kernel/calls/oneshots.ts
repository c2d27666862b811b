import { CALLS, STATUS } from "#abi";
import { invariant } from "#base";
import type { Caller } from "../caller.ts";
import { containerOf } from "../endpoints.ts";
import type { Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import { Oneshot } from "../oneshot.ts";
import { endpointOf, isTry, look, objectOfEnd as object, use } from "./ends.ts";

function oneshotOf(kernel: Kernel, caller: Caller): Oneshot {
  const found = endpointOf(kernel, caller).object;
  invariant(found instanceof Oneshot, `endpoint ${caller.a} is no end of a oneshot`);
  return found;
}

/** Channels for one value, after tokio::sync::oneshot. */
export const oneshotCalls: Handlers = {
  [CALLS.oneshotNew]: {
    visible: false,
    pure: true,
    perform: (kernel, caller) => {
      const oneshot = kernel.objects.make((id) => new Oneshot(id, caller.at));
      const sender = kernel.endpoints.create("sender", oneshot, caller.owner);
      kernel.endpoints.create("receiver", oneshot, caller.owner);
      caller.complete(sender.id); // the receiver is the next number
    },
  },

  [CALLS.oneshotSend]: {
    visible: true,
    object,
    begin: (kernel, caller) => {
      use(kernel, caller);
      kernel.ownership.checkCarried(caller, caller.payload);
    },
    perform: (kernel, caller) => {
      const oneshot = oneshotOf(kernel, caller);
      const endpoint = endpointOf(kernel, caller);
      const { owner, payload, at } = caller;
      if (oneshot.receivers === 0) caller.complete(0, STATUS.disconnected);
      else {
        kernel.ownership.carry(caller, payload, containerOf(oneshot.id), "a message");
        oneshot.value = payload;
        caller.complete(0);
      }
      endpoint.moves.set(owner, { variable: "", into: "send()", site: at });
      kernel.endpoints.release(endpoint, owner);
    },
  },

  [CALLS.oneshotRecv]: {
    visible: true,
    waitable: true,
    object,
    begin: use,
    ready: (kernel, caller) => {
      const oneshot = oneshotOf(kernel, caller);
      return isTry(caller) || oneshot.value !== null || oneshot.senders === 0;
    },
    perform: (kernel, caller) => {
      const oneshot = oneshotOf(kernel, caller);
      const { value } = oneshot;
      oneshot.value = null;
      if (value === null) caller.complete(0, oneshot.senders === 0 ? STATUS.disconnected : STATUS.empty);
      else {
        kernel.endpoints.arrive(value, containerOf(oneshot.id), caller);
        caller.complete(value);
      }
    },
    wait: (kernel, caller) => {
      const oneshot = oneshotOf(kernel, caller);
      return {
        reason: `waits for the message on ${kernel.label(oneshot)}`,
        threads: kernel.endpoints.sendersOf(oneshot),
      };
    },
  },

  // Waits until the receiver has gone, or asks whether it has.
  [CALLS.oneshotClosed]: {
    visible: true,
    waitable: true,
    object,
    begin: look,
    ready: (kernel, caller) => isTry(caller) || oneshotOf(kernel, caller).receivers === 0,
    perform: (kernel, caller) => caller.complete(oneshotOf(kernel, caller).receivers === 0 ? 1 : 0),
    wait: (kernel, caller) => {
      const oneshot = oneshotOf(kernel, caller);
      const threads = kernel.endpoints.receiversOf(oneshot);
      const owners = threads.map((owner) =>
        owner === caller.owner ? "it owns itself" : `${kernel.nameOfOwner(owner)} owns`,
      );
      const which = owners.length === 0 ? "" : `, which ${owners.join(" and ")}`;
      return { reason: `waits until the receiver of ${kernel.label(oneshot)} is dropped${which}`, threads };
    },
  },
};
