import { CALLS } from "#abi";
import { formatMs } from "#base";
import type { Caller } from "../caller.ts";
import type { Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import type { Listener } from "../net/listener.ts";
import type { Stream } from "../net/stream.ts";
import { Operation } from "../operation.ts";
import { socketOf } from "./sockets.ts";

/** What is asked for, and what is so, in one number. The last is never asked for and always told. */
const READABLE = 1;
const WRITABLE = 2;
const HUNG_UP = 4;

/** `handle:asked` for each, comma-separated. */
function interestsOf(caller: Caller): readonly (readonly [handle: number, asked: number])[] {
  const text = String(caller.payload).slice(1);
  if (text === "") return [];
  return text.split(",").map((entry) => {
    const [handle = "", asked = ""] = entry.split(":");
    return [Number(handle), Number(asked)];
  });
}

function stateOf(socket: Listener | Stream): number {
  if (socket.type === "listener") return socket.waiting.length > 0 ? READABLE : 0;
  return (socket.readable ? READABLE : 0) | (socket.writable ? WRITABLE : 0) | (socket.hungUp ? HUNG_UP : 0);
}

function found(kernel: Kernel, handle: number, asked: number): number {
  return stateOf(socketOf(kernel, handle)) & (asked | HUNG_UP);
}

/** The one socket that a future watches; null for a thread, which may watch many. */
function watchedBy(kernel: Kernel, caller: Caller): Listener | Stream | null {
  if (!(caller instanceof Operation)) return null;
  const [handle = 0] = interestsOf(caller)[0] ?? [];
  return socketOf(kernel, handle);
}

/** Waiting for many sockets at once, after poll(2): level-triggered. */
export const pollCalls: Handlers = {
  // b: nanoseconds, below 0 for no limit.
  [CALLS.poll]: {
    visible: true,
    waitable: true,
    object: (kernel, caller) => watchedBy(kernel, caller)?.id ?? 0,
    begin: (kernel, caller) => {
      for (const [handle] of interestsOf(caller)) {
        kernel.ownership.use(caller, kernel.endpoints.get(handle));
        if (kernel.failed) return;
      }
      if (caller.b >= 0) caller.deadlineNs = kernel.nowNs + caller.b;
    },
    ready: (kernel, caller) =>
      caller.deadlineNs <= kernel.nowNs ||
      interestsOf(caller).some(([handle, asked]) => found(kernel, handle, asked) !== 0),
    perform: (kernel, caller) => {
      const ready = interestsOf(caller)
        .map(([handle, asked], index) => [index, found(kernel, handle, asked)])
        .filter(([, state]) => state !== 0);
      if (!(caller instanceof Operation)) caller.payload = ready.length; // the trace tells how many
      caller.complete(`j${JSON.stringify(ready)}`);
    },
    wait: (kernel, caller) => {
      const interests = interestsOf(caller);
      const until = caller.deadlineNs < Infinity ? ` until ${formatMs(caller.deadlineNs)}` : "";
      const sockets = interests.map(([handle]) => socketOf(kernel, handle));
      const peers = sockets.flatMap((socket) =>
        socket.type === "stream" ? kernel.endpoints.ownersOf(socket.peer) : [],
      );
      const watched = watchedBy(kernel, caller);
      const what = (interests[0]?.[1] ?? 0) === WRITABLE ? "writable" : "readable";
      if (watched !== null)
        return { reason: `waits until ${kernel.label(watched)} is ${what}`, threads: [...new Set(peers)] };
      const count = sockets.length === 1 ? "one socket" : `one of ${sockets.length} sockets`;
      return { reason: `waits in poll for ${count}${until}`, threads: [...new Set(peers)] };
    },
  },
};
