import { CALLS, STATUS } from "#abi";
import type { Caller } from "../caller.ts";
import type { Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Listener } from "../net/listener.ts";
import { Operation } from "../operation.ts";

function listenerOf(kernel: Kernel, caller: Caller): Listener {
  return kernel.objects.get(kernel.endpoints.get(caller.a).object.id, "listener");
}

const object = (kernel: Kernel, caller: Caller): number => listenerOf(kernel, caller).id;

/** Ports that take connections, after Rust's std::net::TcpListener. */
export const listenerCalls: Handlers = {
  // a: the port, 0 for any; b: the backlog, 0 for the usual one.
  [CALLS.bind]: {
    visible: true,
    object: (kernel, caller) => kernel.network.listenerAt(caller.a)?.id ?? 0,
    perform: (kernel, caller) => {
      const { network } = kernel;
      if (!network.mayOpen(caller)) return;
      const listener = network.bind(caller.at, caller.a, caller.b);
      if (listener === null) return caller.complete(0, STATUS.addressInUse);
      caller.payload = listener.port; // for the trace
      caller.complete(network.open(caller, listener).id);
    },
  },

  [CALLS.accept]: {
    visible: true,
    waitable: true,
    object,
    begin: (kernel, caller) => kernel.ownership.use(caller, kernel.endpoints.get(caller.a)),
    ready: (kernel, caller) => {
      const listener = listenerOf(kernel, caller);
      // A future waits in any case, because nobody is blocked by it.
      return listener.waiting.length > 0 || (listener.nonblocking && !(caller instanceof Operation));
    },
    perform: (kernel, caller) => {
      const stream = listenerOf(kernel, caller).waiting[0];
      if (stream === undefined) return caller.complete(0, STATUS.wouldBlock);
      if (!kernel.network.mayOpen(caller)) return;
      listenerOf(kernel, caller).waiting.shift();
      stream.site = caller.at;
      caller.complete(kernel.network.open(caller, stream).id);
    },
    wait: (kernel, caller) => {
      const listener = listenerOf(kernel, caller);
      return {
        reason: `waits for a connection to port ${listener.port}`,
        threads: [],
      };
    },
  },
};
