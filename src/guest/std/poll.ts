import { CALLS } from "#abi";
import { toNs } from "../core/duration.ts";
import { idOfSocket, isHandle, tagOf } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall } from "../core/kernel.ts";
import type { TcpListener } from "./tcp-listener.ts";
import type { TcpStream } from "./tcp-stream.ts";

/**
 * What `poll` can watch.
 */
export type Pollable = TcpListener | TcpStream;

/** What to watch a socket for. */
export interface Interest<S extends Pollable = Pollable> {
  /** The socket. */
  readonly source: S;
  /** Wake when a read would not wait: bytes, the end, an error; for a listener: a connection. */
  readonly readable?: boolean;
  /** Wake when a write would not wait: room, or an error. True nearly always: ask only while there is something to write. */
  readonly writable?: boolean;
}

/** What is so, as far as it was asked for. */
export interface Readiness<S extends Pollable = Pollable> {
  /** The socket, as it was given. */
  readonly source: S;
  /** A read would not wait; false where that was not asked. */
  readonly readable: boolean;
  /** A write would not wait; false where that was not asked. */
  readonly writable: boolean;
  /** Told unasked: the connection is cut off, or both directions have ended. Watch it no more, or `poll` never waits. */
  readonly hangup: boolean;
}

/** Numbers of src/kernel/calls/poll.ts. */
const READABLE = 1;
const WRITABLE = 2;
const HUNG_UP = 4;

/**
 * Waits until at least one of `interests` is ready, at most `timeoutMs` milliseconds (0: only looks; undefined: as
 * long as it takes), and returns those that are, in the order asked; empty where the time ran out. It tells what is,
 * not what has changed: a socket is ready as long as there is something to do.
 * @throws TypeError where `interests` is no list of interests.
 * @differs This is poll(2), which Rust programs reach through crates such as mio; std has no such function.
 * @example
 * ```ts
 * import { poll, TcpListener, TcpStream } from "std/net";
 * import { sleep, spawn } from "std/thread";
 * const bound = TcpListener.bind(80);
 * if (!bound.ok) throw new Error(bound.error);
 * const source = bound.value;
 * console.log(poll([{ source, readable: true }], 5).length); // 0
 * spawn(() => {
 *   const client = TcpStream.connect(80);
 *   sleep(20);
 *   console.log(client.ok); // true
 * });
 * const [ready] = poll([{ source, readable: true }]);
 * console.log(ready?.readable); // true
 * ```
 */
export function poll<S extends Pollable>(
  interests: readonly Interest<S>[],
  timeoutMs?: number,
): readonly Readiness<S>[] {
  if (!Array.isArray(interests))
    throw new TypeError(
      `poll(interests) needs an array of { source, readable, writable }, got ${inspect(interests)}`,
    );
  const limitNs = timeoutMs === undefined ? -1 : toNs(timeoutMs, "poll(interests, timeoutMs)");
  const asked = (interests as readonly Interest<S>[]).map(asText);
  const found = JSON.parse(String(kernelCall(CALLS.poll, 0, limitNs, `s${asked.join(",")}`)).slice(1)) as [
    number,
    number,
  ][];
  return found.map(([index, state]) => ({
    source: (interests[index] as Interest<S>).source,
    readable: (state & READABLE) !== 0,
    writable: (state & WRITABLE) !== 0,
    hangup: (state & HUNG_UP) !== 0,
  }));
}

function asText(interest: unknown, index: number): string {
  const { source, readable, writable } = (interest ?? {}) as Partial<Interest>;
  const tag = typeof source === "object" && source !== null && isHandle(source) ? tagOf(source) : "";
  if (source === undefined || (tag !== "listener" && tag !== "stream"))
    throw new TypeError(
      `poll(interests) needs a TcpListener or a TcpStream as source of interest ${index}, got ${inspect(source)}`,
    );
  const wants = (readable === true ? READABLE : 0) | (writable === true ? WRITABLE : 0);
  return `${idOfSocket(source)}:${wants}`;
}
