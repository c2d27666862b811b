import { CALLS, STATUS } from "#abi";
import { invariant } from "#base";
import { Broadcast } from "../broadcast.ts";
import type { Caller } from "../caller.ts";
import type { Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import { endpointOf, isTry, look, objectOfEnd as object, use } from "./ends.ts";

function broadcastOf(kernel: Kernel, caller: Caller): Broadcast {
  const found = endpointOf(kernel, caller).object;
  invariant(found instanceof Broadcast, `endpoint ${caller.a} is no end of a broadcast`);
  return found;
}

/** A new receiver of `broadcast`; its number. */
function subscribe(kernel: Kernel, caller: Caller, broadcast: Broadcast): number {
  const { id } = kernel.endpoints.create("receiver", broadcast, caller.owner);
  broadcast.subscribe(id);
  return id;
}

/** Channels whose every receiver gets every value, after tokio::sync::broadcast. */
export const broadcastCalls: Handlers = {
  [CALLS.broadcastNew]: {
    visible: false,
    pure: true,
    perform: (kernel, caller) => {
      const broadcast = kernel.objects.make((id) => new Broadcast(id, caller.at, caller.a));
      const sender = kernel.endpoints.create("sender", broadcast, caller.owner);
      subscribe(kernel, caller, broadcast);
      caller.complete(sender.id); // the receiver is the next number
    },
  },

  // How many receivers there are to see it; nothing is sent where there is none.
  [CALLS.broadcastSend]: {
    visible: true,
    object,
    begin: (kernel, caller) => {
      use(kernel, caller);
      kernel.ownership.checkCopied(caller, caller.payload, kernel.label(broadcastOf(kernel, caller)));
    },
    perform: (kernel, caller) => {
      const broadcast = broadcastOf(kernel, caller);
      if (broadcast.receivers === 0) return caller.complete(0, STATUS.disconnected);
      broadcast.send(caller.payload);
      caller.complete(broadcast.receivers);
    },
  },

  // The reply is the number of values that were missed where the status is `lagged`.
  [CALLS.broadcastRecv]: {
    visible: true,
    waitable: true,
    object,
    begin: use,
    ready: (kernel, caller) => {
      const broadcast = broadcastOf(kernel, caller);
      return isTry(caller) || broadcast.hasMore(caller.a) || broadcast.senders === 0;
    },
    perform: (kernel, caller) => {
      const broadcast = broadcastOf(kernel, caller);
      if (!broadcast.hasMore(caller.a))
        return caller.complete(0, broadcast.senders === 0 ? STATUS.disconnected : STATUS.empty);
      const taken = broadcast.take(caller.a);
      if ("missed" in taken) caller.complete(taken.missed, STATUS.lagged);
      else caller.complete(taken.value);
    },
    wait: (kernel, caller) => {
      const broadcast = broadcastOf(kernel, caller);
      return {
        reason: `waits for a message on ${kernel.label(broadcast)}`,
        threads: kernel.endpoints.sendersOf(broadcast),
      };
    },
  },

  // A new receiver of what is sent from now on, made with any end; with a payload of 1 a second sender.
  [CALLS.broadcastSubscribe]: {
    visible: true,
    object,
    begin: look,
    perform: (kernel, caller) => {
      const broadcast = broadcastOf(kernel, caller);
      caller.complete(
        caller.payload === 1
          ? kernel.endpoints.create("sender", broadcast, caller.owner).id
          : subscribe(kernel, caller, broadcast),
      );
    },
  },

  [CALLS.broadcastCount]: {
    visible: true,
    object,
    begin: look,
    perform: (kernel, caller) => caller.complete(broadcastOf(kernel, caller).receivers),
  },
};
