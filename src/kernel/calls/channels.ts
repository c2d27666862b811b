import { CALLS, STATUS } from "#abi";
import type { Channel } from "../channel.ts";
import { containerOf } from "../endpoints.ts";
import type { Handler, Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Thread } from "../thread.ts";

function channelOf(kernel: Kernel, thread: Thread): Channel {
  return kernel.endpoints.get(thread.a).channel;
}

const object = (kernel: Kernel, thread: Thread): number => channelOf(kernel, thread).id;

function beginSend(kernel: Kernel, thread: Thread): void {
  kernel.ownership.use(thread, kernel.endpoints.get(thread.a));
  kernel.ownership.checkCarried(thread, thread.payload);
}

function put(kernel: Kernel, thread: Thread, channel: Channel): void {
  kernel.ownership.carry(thread, thread.payload, containerOf(channel.id), "a message");
  channel.queue.push(thread.payload);
  thread.complete(0);
}

function take(kernel: Kernel, thread: Thread, channel: Channel): void {
  const message = channel.queue.shift() ?? "u";
  kernel.endpoints.arrive(message, containerOf(channel.id), thread);
  thread.complete(message);
}

function canReceive(channel: Channel): boolean {
  return channel.queue.length > 0 || channel.senders === 0;
}

/** Receives what is there, or says why there is nothing: the end of the channel comes before a timeout. */
function receive(kernel: Kernel, thread: Thread, nothing: "timeout" | "empty"): void {
  const channel = channelOf(kernel, thread);
  if (channel.queue.length > 0) take(kernel, thread, channel);
  else if (channel.senders === 0) thread.complete(0, STATUS.disconnected);
  else thread.complete(0, STATUS[nothing]);
}

function receiving(timed: boolean): Handler {
  return {
    visible: true,
    object,
    begin: (kernel, thread) => {
      kernel.ownership.use(thread, kernel.endpoints.get(thread.a));
      if (timed) thread.deadlineNs = kernel.nowNs + thread.b;
      if (kernel.failed) return;
      channelOf(kernel, thread).receiversWaiting++;
    },
    ready: (kernel, thread) => canReceive(channelOf(kernel, thread)) || thread.deadlineNs <= kernel.nowNs,
    perform: (kernel, thread) => {
      channelOf(kernel, thread).receiversWaiting--;
      receive(kernel, thread, "timeout");
    },
    wait: (kernel, thread) => {
      const channel = channelOf(kernel, thread);
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
    perform: (kernel, thread) => {
      const channel = kernel.objects.channel(thread.at, thread.a < 0 ? Infinity : thread.a);
      const sender = kernel.endpoints.create("sender", channel, thread.id);
      kernel.endpoints.create("receiver", channel, thread.id);
      thread.complete(sender.id); // the receiver is the next number
    },
  },

  [CALLS.send]: {
    visible: true,
    object,
    begin: beginSend,
    ready: (kernel, thread) => channelOf(kernel, thread).hasRoom || !channelOf(kernel, thread).receiverAlive,
    perform: (kernel, thread) => {
      const channel = channelOf(kernel, thread);
      if (channel.receiverAlive) put(kernel, thread, channel);
      else thread.complete(0, STATUS.disconnected);
    },
    wait: (kernel, thread) => {
      const channel = channelOf(kernel, thread);
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
    perform: (kernel, thread) => {
      const channel = channelOf(kernel, thread);
      if (!channel.receiverAlive) thread.complete(0, STATUS.disconnected);
      else if (channel.hasRoom) put(kernel, thread, channel);
      else thread.complete(0, STATUS.full);
    },
  },

  [CALLS.recv]: receiving(false),
  [CALLS.recvTimeout]: receiving(true),

  [CALLS.tryRecv]: {
    visible: true,
    object,
    begin: (kernel, thread) => kernel.ownership.use(thread, kernel.endpoints.get(thread.a)),
    perform: (kernel, thread) => receive(kernel, thread, "empty"),
  },

  [CALLS.endpointClone]: {
    visible: false,
    pure: true,
    begin: (kernel, thread) => kernel.ownership.use(thread, kernel.endpoints.get(thread.a)),
    perform: (kernel, thread) => {
      const clone = kernel.endpoints.create("sender", channelOf(kernel, thread), thread.id);
      thread.complete(clone.id);
    },
  },

  // One step with the local code that follows, unless a call that does not wait could tell.
  [CALLS.endpointDrop]: {
    visible: (kernel, thread) =>
      kernel.isProbed(
        thread,
        [CALLS.tryRecv, CALLS.trySend, CALLS.recvTimeout],
        channelOf(kernel, thread).id,
      ),
    object,
    begin: (kernel, thread) => kernel.ownership.use(thread, kernel.endpoints.get(thread.a)),
    perform: (kernel, thread) => {
      const endpoint = kernel.endpoints.get(thread.a);
      endpoint.moves.set(thread.id, { variable: "", into: "drop()", site: thread.at });
      kernel.endpoints.release(endpoint, thread.id);
      thread.complete(0);
    },
  },
};
