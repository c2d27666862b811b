import { CALLS } from "#abi";
import type { Caller } from "../caller.ts";
import type { Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Listener } from "../net/listener.ts";
import type { Stream } from "../net/stream.ts";

/** The socket whose handle has the number `id`. */
export function socketOf(kernel: Kernel, id: number): Listener | Stream {
  const { object } = kernel.endpoints.get(id);
  return kernel.objects.get(object.id, object.type === "listener" ? "listener" : "stream");
}

const object = (kernel: Kernel, caller: Caller): number => socketOf(kernel, caller.a).id;

const use = (kernel: Kernel, caller: Caller): void =>
  kernel.ownership.use(caller, kernel.endpoints.get(caller.a));

/** Calls that a socket that does not wait answers otherwise. */
const PROBES = [CALLS.accept, CALLS.streamRead, CALLS.streamWrite];

/** What listeners and streams have in common. */
export const socketCalls: Handlers = {
  // With b, by the end of a block: what has moved or was closed before is left alone, as Rust drops it once.
  [CALLS.socketClose]: {
    visible: true,
    object,
    begin: (kernel, caller) => {
      if (caller.b === 0) use(kernel, caller);
    },
    perform: (kernel, caller) => {
      const handle = kernel.endpoints.get(caller.a);
      const owner = caller.b === 0 ? kernel.ownership.ownerFor(caller, handle) : caller.owner;
      if (!handle.owners.has(owner)) return caller.complete(0);
      handle.moves.set(caller.owner, { variable: "", into: "close()", site: caller.at });
      kernel.endpoints.release(handle, owner);
      caller.complete(0);
    },
  },

  [CALLS.socketClone]: {
    visible: false,
    pure: true,
    begin: use,
    perform: (kernel, caller) => {
      const clone = kernel.endpoints.createHandle(socketOf(kernel, caller.a), caller.owner);
      caller.complete(clone.id);
    },
  },

  [CALLS.socketNonblocking]: {
    visible: { probedBy: PROBES },
    object,
    begin: use,
    perform: (kernel, caller) => {
      const socket = socketOf(kernel, caller.a);
      socket.nonblocking = caller.b === 1;
      if (socket.type === "stream") socket.changed();
      else kernel.network.changed(socket.id);
      caller.complete(0);
    },
  },

  // b: 0 this side's port, 1 the other side's.
  [CALLS.socketPort]: {
    visible: false,
    pure: true,
    begin: use,
    perform: (kernel, caller) => {
      const socket = socketOf(kernel, caller.a);
      caller.complete(caller.b === 1 && socket.type === "stream" ? socket.peer.port : socket.port);
    },
  },
};
