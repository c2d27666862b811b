import { CALLS, STATUS } from "#abi";
import type { Caller } from "../caller.ts";
import type { Handlers } from "../handler.ts";
import { Hold } from "../hold.ts";
import type { Kernel } from "../kernel.ts";
import { Semaphore } from "../semaphore.ts";
import { endpointOf, isTry, objectOfEnd } from "./ends.ts";
import { waitInLine } from "./permit-words.ts";

const object = (_kernel: Kernel, caller: Caller): number => caller.a;

function semaphoreOf(kernel: Kernel, caller: Caller): Semaphore {
  return kernel.objects.get(caller.a, "semaphore");
}

/** How many permits the call is about. */
function wanted(caller: Caller): number {
  return Number(caller.payload);
}

/** Gives the caller a permit, which is an endpoint: it can be moved, and goes back with its last owner. */
function grant(kernel: Kernel, caller: Caller, { id, site, line }: Semaphore): void {
  const hold = new Hold({ id, site, line, permits: wanted(caller), at: caller.at });
  hold.endpoint = kernel.endpoints.createHandle(hold, caller.owner);
  caller.complete(hold.endpoint.id);
}

/** Permits, after tokio::sync::Semaphore. */
export const semaphoreCalls: Handlers = {
  [CALLS.semaphoreNew]: {
    visible: false,
    pure: true,
    perform: (kernel, caller) =>
      caller.complete(kernel.objects.make((id) => new Semaphore(id, caller.at, caller.a)).id),
  },

  // As many permits as the payload says. Those who wait stand in line; whoever does not wait gets what nobody waits for.
  [CALLS.acquire]: {
    visible: true,
    waitable: true,
    object,
    begin: (kernel, caller) => {
      const semaphore = semaphoreOf(kernel, caller);
      if (!isTry(caller) && !semaphore.closed) semaphore.line.enter(caller, wanted(caller));
    },
    ready: (kernel, caller) => {
      const semaphore = semaphoreOf(kernel, caller);
      return isTry(caller) || semaphore.closed || semaphore.line.isServed(caller);
    },
    perform: (kernel, caller) => {
      const semaphore = semaphoreOf(kernel, caller);
      const { line } = semaphore;
      if (semaphore.closed) {
        line.giveUp(caller);
        caller.complete(0, STATUS.disconnected);
      } else if (isTry(caller) && !line.tryTake(wanted(caller))) caller.complete(0, STATUS.empty);
      else {
        line.leave(caller);
        grant(kernel, caller, semaphore);
      }
    },
    cancel: (kernel, caller) => semaphoreOf(kernel, caller).line.giveUp(caller),
    wait: (kernel, caller) => {
      const semaphore = semaphoreOf(kernel, caller);
      const permits = wanted(caller) === 1 ? "a permit" : `${wanted(caller)} permits`;
      return waitInLine(kernel, caller, {
        line: semaphore.line,
        what: `for ${permits} of ${kernel.label(semaphore)}`,
        which: "of which",
        doing: (hold) => `has ${hold.permits}`,
        alone: `, which has ${semaphore.line.unclaimed}`,
      });
    },
  },

  // One step with the local code that follows, unless somebody could tell. With 1 (the end of a block) it is no
  // matter whether the permit has moved on meanwhile.
  [CALLS.release]: {
    visible: { probedBy: [CALLS.acquire, CALLS.availablePermits, CALLS.operationPoll] },
    object: objectOfEnd,
    begin: (kernel, caller) => {
      if (caller.b !== 1) kernel.ownership.use(caller, endpointOf(kernel, caller));
    },
    perform: (kernel, caller) => {
      const endpoint = endpointOf(kernel, caller);
      const owner = kernel.ownership.ownerFor(caller, endpoint);
      if (endpoint.owners.has(owner)) {
        endpoint.moves.set(owner, { variable: "", into: "release()", site: caller.at });
        kernel.endpoints.release(endpoint, owner);
      }
      caller.complete(0);
    },
  },

  [CALLS.addPermits]: {
    visible: true,
    object,
    perform: (kernel, caller) => {
      semaphoreOf(kernel, caller).line.give(wanted(caller));
      caller.complete(0);
    },
  },

  [CALLS.closeSemaphore]: {
    visible: true,
    object,
    perform: (kernel, caller) => {
      semaphoreOf(kernel, caller).closed = true;
      caller.complete(0);
    },
  },

  [CALLS.availablePermits]: {
    visible: true,
    object,
    perform: (kernel, caller) => caller.complete(semaphoreOf(kernel, caller).line.free),
  },
};
