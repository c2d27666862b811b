import { CALLS, STATUS } from "#abi";
import { formatCount, formatMs } from "#base";
import type { Caller } from "../caller.ts";
import type { Handler, Handlers, Wait } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Stream } from "../net/stream.ts";
import { Operation } from "../operation.ts";
import { isTry } from "./ends.ts";

/** The stream whose handle is the caller's first number. */
export function streamOf(kernel: Kernel, caller: Caller): Stream {
  return kernel.objects.get(kernel.endpoints.get(caller.a).object.id, "stream");
}

const object = (kernel: Kernel, caller: Caller): number => streamOf(kernel, caller).id;

const use = (kernel: Kernel, caller: Caller): void =>
  kernel.ownership.use(caller, kernel.endpoints.get(caller.a));

const isLate = (kernel: Kernel, caller: Caller): boolean => caller.deadlineNs <= kernel.nowNs;

/**
 * How many of `most` bytes a call moves: as many as it can, one, or half of them, which is left open as on any
 * machine. Few enough that a search can try them all.
 */
function pickLength(kernel: Kernel, caller: Caller, most: number): number {
  if (most < 2 || !kernel.network.shortTransfers) return most;
  const half = most >> 1;
  const lengths = half > 1 ? [most, 1, half] : [most, 1];
  return lengths[kernel.pickNumber(caller, lengths.length)] ?? most;
}

/**
 * A call that does not wait: on a stream that was told so, or made by somebody who only tries. A future waits in any
 * case, because nobody is blocked by it.
 */
function isImpatient(caller: Caller, stream: Stream): boolean {
  return isTry(caller) || (stream.nonblocking && !(caller instanceof Operation));
}

/** The streams' own time limits are for threads: a future is given up by whoever waits for it. */
function limit(kernel: Kernel, caller: Caller, limitNs: number): void {
  if (!(caller instanceof Operation)) caller.deadlineNs = kernel.nowNs + limitNs;
}

/** What a call that finds nothing to do answers: it does not wait, or has waited long enough. */
function giveUp(caller: Caller, stream: Stream): void {
  caller.complete(0, isImpatient(caller, stream) ? STATUS.wouldBlock : STATUS.timeout);
}

function waitForPeer(kernel: Kernel, stream: Stream, reason: string): Wait {
  return { reason, threads: kernel.endpoints.ownersOf(stream.peer) };
}

function read(kernel: Kernel, caller: Caller): void {
  const stream = streamOf(kernel, caller);
  const { incoming } = stream;
  if (incoming.arrived > 0) {
    const count = pickLength(kernel, caller, Math.min(incoming.arrived, caller.b));
    caller.complete(`b${stream.take(count)}`);
  } else if (stream.reset) caller.complete(0, STATUS.reset);
  else if (stream.readable) caller.complete("b");
  else giveUp(caller, stream);
}

function write(kernel: Kernel, caller: Caller): void {
  const stream = streamOf(kernel, caller);
  const bytes = String(caller.payload).slice(1);
  if (stream.writeShut) caller.complete(0, STATUS.brokenPipe);
  else if (stream.reset) caller.complete(0, STATUS.reset);
  else if (bytes === "") caller.complete(0);
  else if (stream.outgoing.room === 0) giveUp(caller, stream);
  else {
    const count = pickLength(kernel, caller, Math.min(stream.outgoing.room, bytes.length));
    const sent = bytes.slice(0, count);
    caller.payload = `b${sent}`; // the trace tells what has gone
    stream.send(sent);
    caller.complete(count);
  }
}

const reading: Handler = {
  visible: true,
  waitable: true,
  object,
  begin: (kernel, caller) => {
    use(kernel, caller);
    limit(kernel, caller, streamOf(kernel, caller).readTimeoutNs);
  },
  ready: (kernel, caller) => {
    const stream = streamOf(kernel, caller);
    return stream.readable || isImpatient(caller, stream) || isLate(kernel, caller);
  },
  perform: read,
  wait: (kernel, caller) => {
    const stream = streamOf(kernel, caller);
    return waitForPeer(kernel, stream, `waits for bytes on ${kernel.label(stream)}`);
  },
};

const writing: Handler = {
  visible: true,
  waitable: true,
  object,
  begin: (kernel, caller) => {
    use(kernel, caller);
    limit(kernel, caller, streamOf(kernel, caller).writeTimeoutNs);
  },
  ready: (kernel, caller) => {
    const stream = streamOf(kernel, caller);
    const isReady = stream.writable || caller.payload === "b";
    return isReady || isImpatient(caller, stream) || isLate(kernel, caller);
  },
  perform: write,
  wait: (kernel, caller) => {
    const stream = streamOf(kernel, caller);
    const held = formatCount(stream.outgoing.capacity);
    const reason = `waits for room in ${kernel.label(stream)}, whose other side has left ${held} bytes unread`;
    return waitForPeer(kernel, stream, reason);
  },
};

/** Takes the handle away from whoever has it: no program has seen it, and a future may have changed tasks with it. */
function discard(kernel: Kernel, caller: Caller): void {
  const handle = kernel.endpoints.get(caller.a);
  for (const owner of handle.owners) kernel.endpoints.release(handle, owner);
}

/** The second half of connecting: waits for the answer. The handle is gone where there is no connection. */
const connecting: Handler = {
  visible: true,
  waitable: true,
  object,
  begin: (kernel, caller) => {
    if (caller.b >= 0) caller.deadlineNs = kernel.nowNs + caller.b;
  },
  ready: (kernel, caller) => streamOf(kernel, caller).state !== "connecting" || isLate(kernel, caller),
  perform: (kernel, caller) => {
    const { state } = streamOf(kernel, caller);
    if (state === "open") return caller.complete(0);
    discard(kernel, caller);
    caller.complete(0, state === "refused" ? STATUS.refused : STATUS.timeout);
  },
  cancel: discard,
  wait: (kernel, caller) => {
    const { peer } = streamOf(kernel, caller);
    const listener = kernel.network.listenerAt(peer.port);
    const until = caller.deadlineNs < Infinity ? ` until ${formatMs(caller.deadlineNs)}` : "";
    return {
      reason: `waits to be connected to port ${peer.port}${until}`,
      threads: listener === null ? [] : kernel.endpoints.ownersOf(listener),
    };
  },
};

/** Connections: bytes in both directions, after Rust's std::net::TcpStream. */
export const streamCalls: Handlers = {
  // Asks for a connection; the answer is `connected`'s.
  [CALLS.connect]: {
    visible: true,
    object: (kernel, caller) => kernel.network.listenerAt(caller.a)?.id ?? 0,
    perform: (kernel, caller) => {
      const { network } = kernel;
      if (!network.mayOpen(caller)) return;
      caller.payload = caller.a; // for the trace
      caller.complete(network.open(caller, network.connect(caller.at, caller.a)).id);
    },
  },
  [CALLS.connected]: connecting,
  [CALLS.streamRead]: reading,
  [CALLS.streamWrite]: writing,

  // b: 1 no more reads, 2 no more writes, 3 neither.
  [CALLS.streamShutdown]: {
    visible: true,
    object,
    begin: use,
    perform: (kernel, caller) => {
      const stream = streamOf(kernel, caller);
      caller.payload = `s${["", "reading", "writing", "both directions"][caller.b] ?? ""}`; // for the trace
      if ((caller.b & 1) !== 0) stream.shutdownRead();
      if ((caller.b & 2) !== 0) stream.shutdownWrite();
      caller.complete(0);
    },
  },

  // b: nanoseconds, below 0 for no limit; payload: 1 for writes.
  [CALLS.streamTimeout]: {
    visible: { probedBy: [CALLS.streamRead, CALLS.streamWrite] },
    object,
    begin: use,
    perform: (kernel, caller) => {
      const stream = streamOf(kernel, caller);
      const timeoutNs = caller.b < 0 ? Infinity : caller.b;
      if (caller.payload === 1) stream.writeTimeoutNs = timeoutNs;
      else stream.readTimeoutNs = timeoutNs;
      caller.complete(0);
    },
  },
};
