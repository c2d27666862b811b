import { CALLS } from "#abi";
import { invariant } from "#base";
import type { Handlers } from "../handler.ts";

/** Handles of sockets and open files, whichever of the two libraries they belong to. */
export const handleCalls: Handlers = {
  // Payload: what took the handle, for messages. The new one is the caller's alone.
  [CALLS.handleReplace]: {
    visible: false,
    pure: true,
    begin: (kernel, caller) => kernel.ownership.handOver(caller, kernel.endpoints.get(caller.a)),
    perform: (kernel, caller) => {
      const { endpoints } = kernel;
      const old = endpoints.get(caller.a);
      invariant("handles" in old.object, `endpoint ${caller.a} is a handle`);
      const made = endpoints.createHandle(old.object, caller.owner);
      const move = { variable: "", into: String(caller.payload).slice(1), site: caller.at };
      old.moves.set(caller.owner, move);
      endpoints.release(old, kernel.ownership.ownerFor(caller, old));
      caller.complete(made.id);
    },
  },
};
