import { CALLS, STATUS, type Payload } from "#abi";
import type { Channel } from "../channel.ts";
import { containerOf } from "../endpoints.ts";
import type { Handler, Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Caller } from "../caller.ts";
import { ASK_FOR_ENDS, objectOfEnd } from "./ends.ts";

function channelOf(kernel: Kernel, caller: Caller): Channel {
  return kernel.endpoints.channelOf(caller.a);
}

const object = (kernel: Kernel, caller: Caller): number => channelOf(kernel, caller).id;

function beginSend(kernel: Kernel, caller: Caller): void {
  kernel.ownership.use(caller, kernel.endpoints.get(caller.a));
  kernel.ownership.checkCarried(caller, caller.payload);
}

function put(kernel: Kernel, caller: Caller, channel: Channel): void {
  kernel.ownership.carry(caller, caller.payload, containerOf(channel.id), "a message");
  channel.queue.push(caller.payload);
  caller.complete(0);
}

function leaveLine(channel: Channel, caller: Caller): void {
  const at = channel.sending.indexOf(caller);
  if (at >= 0) channel.sending.splice(at, 1);
}

/** A thread stands in line where others can see that it waits; elsewhere who of them sends is the chooser's. */
function standsInLine(caller: Caller, channel: Channel): boolean {
  return caller === caller.thread && (channel.capacity === 0 || caller.b === 1);
}

/** Takes the next value; at a rendezvous the first sender in line hands it over, and can go on. */
function take(kernel: Kernel, caller: Caller, channel: Channel): void {
  const sender = channel.queue.length === 0 ? channel.sending.shift() : undefined;
  if (sender !== undefined) {
    kernel.ownership.carry(sender, sender.payload, containerOf(channel.id), "a message");
    sender.notified = true;
  }
  const message = sender?.payload ?? channel.queue.shift() ?? "u";
  kernel.endpoints.arrive(message, containerOf(channel.id), caller);
  caller.complete(message);
}

/** A waker's message: nobody is asked whether the sender may be used, and a receiver that has gone is no matter. */
export function sendQuietly(kernel: Kernel, sender: number, message: Payload): void {
  const channel = kernel.endpoints.channelOf(sender);
  if (!channel.receiverAlive) return;
  channel.queue.push(message);
  kernel.touch(channel.id);
}

function canReceive(channel: Channel): boolean {
  return channel.hasValue || channel.senders === 0;
}

/** Receives what is there, or says why there is nothing: the end of the channel comes before a timeout. */
function receive(kernel: Kernel, caller: Caller, nothing: "timeout" | "empty"): void {
  const channel = channelOf(kernel, caller);
  if (channel.hasValue) take(kernel, caller, channel);
  else if (channel.senders === 0) caller.complete(0, STATUS.disconnected);
  else caller.complete(0, STATUS[nothing]);
}

function receiving(timed: boolean): Handler {
  return {
    visible: true,
    waitable: true,
    object,
    begin: (kernel, caller) => {
      kernel.ownership.use(caller, kernel.endpoints.get(caller.a));
      if (timed) caller.deadlineNs = kernel.nowNs + caller.b;
    },
    // At a rendezvous it first stands there, which a sender that does not wait can see.
    ready: (kernel, caller) => {
      const channel = channelOf(kernel, caller);
      const arrives = channel.capacity === 0 && !caller.parked;
      return arrives || canReceive(channel) || caller.deadlineNs <= kernel.nowNs;
    },
    perform: (kernel, caller) => {
      const channel = channelOf(kernel, caller);
      if (caller.parked) channel.receiversWaiting--;
      else if (!canReceive(channel) && caller.deadlineNs > kernel.nowNs) {
        channel.receiversWaiting++;
        caller.parked = true;
        return;
      }
      receive(kernel, caller, "timeout");
    },
    wait: (kernel, caller) => {
      const channel = channelOf(kernel, caller);
      return {
        reason: `waits for a message on ${kernel.label(channel)}`,
        threads: kernel.endpoints.sendersOf(channel),
      };
    },
  };
}

/** Multi-producer, single-consumer channels, after Rust's std::sync::mpsc. */
export const channelCalls: Handlers = {
  [CALLS.channelNew]: {
    visible: false,
    pure: true,
    perform: (kernel, caller) => {
      const channel = kernel.objects.channel(caller.at, caller.a < 0 ? Infinity : caller.a);
      const sender = kernel.endpoints.create("sender", channel, caller.owner);
      kernel.endpoints.create("receiver", channel, caller.owner);
      caller.complete(sender.id); // the receiver is the next number
    },
  },

  // With 1 a thread stands in line, as tasks do.
  [CALLS.send]: {
    visible: true,
    waitable: true,
    object,
    begin: (kernel, caller) => {
      beginSend(kernel, caller);
      if (caller !== caller.thread) channelOf(kernel, caller).sending.push(caller);
    },
    ready: (kernel, caller) => {
      const channel = channelOf(kernel, caller);
      const arrives = standsInLine(caller, channel) && !caller.parked;
      return arrives || caller.notified || channel.hasRoomFor(caller) || !channel.receiverAlive;
    },
    perform: (kernel, caller) => {
      const channel = channelOf(kernel, caller);
      if (caller.notified) return caller.complete(0);
      if (standsInLine(caller, channel) && !caller.parked && channel.receiverAlive && !channel.hasSpareRoom) {
        channel.sending.push(caller);
        caller.parked = true;
        return;
      }
      leaveLine(channel, caller);
      if (channel.receiverAlive) put(kernel, caller, channel);
      else caller.complete(0, STATUS.disconnected);
    },
    cancel: (kernel, caller) => leaveLine(channelOf(kernel, caller), caller),
    wait: (kernel, caller) => {
      const channel = channelOf(kernel, caller);
      return {
        reason: `waits for room in ${kernel.label(channel)}`,
        threads: kernel.endpoints.receiversOf(channel),
      };
    },
  },

  [CALLS.trySend]: {
    visible: true,
    object,
    begin: beginSend,
    perform: (kernel, caller) => {
      const channel = channelOf(kernel, caller);
      if (!channel.receiverAlive) caller.complete(0, STATUS.disconnected);
      else if (channel.hasSpareRoom) put(kernel, caller, channel);
      else caller.complete(0, STATUS.full);
    },
  },

  [CALLS.recv]: receiving(false),
  [CALLS.recvTimeout]: receiving(true),

  [CALLS.tryRecv]: {
    visible: true,
    object,
    begin: (kernel, caller) => kernel.ownership.use(caller, kernel.endpoints.get(caller.a)),
    perform: (kernel, caller) => receive(kernel, caller, "empty"),
  },

  [CALLS.endpointClone]: {
    visible: false,
    pure: true,
    begin: (kernel, caller) => kernel.ownership.use(caller, kernel.endpoints.get(caller.a)),
    perform: (kernel, caller) => {
      const clone = kernel.endpoints.create("sender", channelOf(kernel, caller), caller.owner);
      caller.complete(clone.id);
    },
  },

  // One step with the local code that follows, unless a call that does not wait could tell.
  [CALLS.endpointDrop]: {
    visible: { probedBy: ASK_FOR_ENDS },
    object: objectOfEnd,
    begin: (kernel, caller) => kernel.ownership.use(caller, kernel.endpoints.get(caller.a)),
    perform: (kernel, caller) => {
      const endpoint = kernel.endpoints.get(caller.a);
      endpoint.moves.set(caller.owner, { variable: "", into: "drop()", site: caller.at });
      kernel.endpoints.release(endpoint, kernel.ownership.ownerFor(caller, endpoint));
      caller.complete(0);
    },
  },
};
