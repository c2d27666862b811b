import { CALLS, STATUS } from "#abi";
import { invariant } from "#base";
import type { Caller } from "../caller.ts";
import type { Handlers, Wait } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import { Watch } from "../watch.ts";
import { endpointOf, isTry, look, objectOfEnd as object, use } from "./ends.ts";

function watchOf(kernel: Kernel, caller: Caller): Watch {
  const found = endpointOf(kernel, caller).object;
  invariant(found instanceof Watch, `endpoint ${caller.a} is no end of a watch`);
  return found;
}

const isFree = (kernel: Kernel, caller: Caller): boolean => watchOf(kernel, caller).isFreeFor(caller.thread);

function waitForModifier(kernel: Kernel, caller: Caller): Wait {
  const watch = watchOf(kernel, caller);
  const { modifier } = watch;
  return {
    reason: `waits until ${modifier?.name} has written ${kernel.label(watch)}`,
    threads: modifier === null ? [] : [modifier.owner],
  };
}

/** Misuse (and false) where the thread already computes the next value. */
function checkNotModifying(kernel: Kernel, caller: Caller): boolean {
  const watch = watchOf(kernel, caller);
  if (watch.modifier !== caller.thread) return true;
  kernel.misuse(
    caller,
    `${kernel.label(watch)} is used inside the function that sendModify() was given, which has it for itself. Use the value that the function is given.`,
  );
  return false;
}

/** A value that is watched, after tokio::sync::watch. */
export const watchCalls: Handlers = {
  [CALLS.watchNew]: {
    visible: false,
    pure: true,
    perform: (kernel, caller) => {
      if (!kernel.ownership.checkCopied(caller, caller.payload, "a watch")) return;
      const watch = kernel.objects.make((id) => new Watch(id, caller.at, caller.payload));
      const sender = kernel.endpoints.create("sender", watch, caller.owner);
      watch.subscribe(kernel.endpoints.create("receiver", watch, caller.owner).id, 0);
      caller.complete(sender.id); // the receiver is the next number
    },
  },

  [CALLS.watchSend]: {
    visible: true,
    object,
    begin: (kernel, caller) => {
      use(kernel, caller);
      if (!checkNotModifying(kernel, caller)) return;
      kernel.ownership.checkCopied(caller, caller.payload, kernel.label(watchOf(kernel, caller)));
    },
    ready: isFree,
    perform: (kernel, caller) => {
      const watch = watchOf(kernel, caller);
      if (watch.receivers === 0) return caller.complete(0, STATUS.disconnected);
      watch.replace(caller.payload);
      caller.complete(0);
    },
    wait: waitForModifier,
  },

  // With 1 the receiver has seen the value.
  [CALLS.watchBorrow]: {
    visible: true,
    object,
    begin: (kernel, caller) => {
      look(kernel, caller);
      checkNotModifying(kernel, caller);
    },
    ready: isFree,
    perform: (kernel, caller) => {
      const watch = watchOf(kernel, caller);
      if (caller.b === 1) watch.markSeen(caller.a);
      caller.complete(watch.value);
    },
    wait: waitForModifier,
  },

  // 0: has the value for itself, which is the reply; 1: puts the next one there; 2: leaves it as it is.
  [CALLS.watchModify]: {
    visible: true,
    object,
    begin: (kernel, caller) => {
      use(kernel, caller);
      if (caller.b === 0) checkNotModifying(kernel, caller);
      else if (caller.b === 1)
        kernel.ownership.checkCopied(caller, caller.payload, kernel.label(watchOf(kernel, caller)));
    },
    ready: isFree,
    perform: (kernel, caller) => {
      const watch = watchOf(kernel, caller);
      watch.modifier = caller.b === 0 ? caller.thread : null;
      if (caller.b === 1) watch.replace(caller.payload);
      caller.complete(watch.value);
    },
    wait: waitForModifier,
  },

  // Asked by somebody who does not wait: whether there is a change, which stays unseen.
  [CALLS.watchChanged]: {
    visible: true,
    waitable: true,
    object,
    begin: (kernel, caller) => (isTry(caller) ? look : use)(kernel, caller),
    ready: (kernel, caller) => {
      const watch = watchOf(kernel, caller);
      return isTry(caller) || watch.hasChangedFor(caller.a) || watch.senders === 0;
    },
    perform: (kernel, caller) => {
      const watch = watchOf(kernel, caller);
      const hasChanged = watch.hasChangedFor(caller.a);
      const isOver = watch.senders === 0 && (isTry(caller) || !hasChanged);
      if (isOver) return caller.complete(0, STATUS.disconnected);
      if (!isTry(caller)) watch.markSeen(caller.a);
      caller.complete(hasChanged ? 1 : 0);
    },
    wait: (kernel, caller) => {
      const watch = watchOf(kernel, caller);
      return {
        reason: `waits for a change of ${kernel.label(watch)}`,
        threads: kernel.endpoints.sendersOf(watch),
      };
    },
  },

  // A further receiver, which has seen what the one that it is made with has seen; with a payload of 1 a second sender.
  [CALLS.watchSubscribe]: {
    visible: true,
    object,
    begin: look,
    perform: (kernel, caller) => {
      const watch = watchOf(kernel, caller);
      const { id } = kernel.endpoints.create(
        caller.payload === 1 ? "sender" : "receiver",
        watch,
        caller.owner,
      );
      if (caller.payload !== 1) watch.subscribe(id, caller.a);
      caller.complete(id);
    },
  },
};
