import { CALLS } from "#abi";
import { bytesOf, decodeBytes, encodeBytes } from "../core/bytes.ts";
import { toNs } from "../core/duration.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall } from "../core/kernel.ts";
import { checkPort } from "../std/socket.ts";

/** What lies between the two ends of a connection. */
export interface LinkOptions {
  /** How long every byte travels, milliseconds; 0.1 where not given. */
  readonly latencyMs?: number;
  /** How many bytes leave in a millisecond; as many as there are where not given. */
  readonly bandwidthBytesPerMs?: number;
  /** How many bytes one direction holds, on the way or unread, before writes must wait; 65,536 where not given. */
  readonly bufferBytes?: number;
}

/** The machine's network. */
export interface NetworkOptions extends LinkOptions {
  /** False: reads and writes move as many bytes as they can. Otherwise how many is tried out, as a choice. */
  readonly shortTransfers?: boolean;
}

/**
 * Sets the network for connections made from now on; what is not given stays as it is. Belongs at the beginning of
 * a check.
 * @throws RangeError where a number is none, or too small.
 */
export function network(options: NetworkOptions): void {
  const { shortTransfers } = options;
  const rules = {
    ...linkOf(options, "network"),
    ...(shortTransfers === undefined ? {} : { shortTransfers }),
  };
  kernelCall(CALLS.networkRules, 0, 0, `j${JSON.stringify(rules)}`);
}

/**
 * What a scripted peer does at `atMs` milliseconds after its connection was asked for.
 *
 * `send` writes this, a text as UTF-8, and waits for room like any program. `reading: false` leaves unread what comes
 * from now on, until a step says true. `shutdown` says that it will send no more, and goes on reading. `close` leaves;
 * what it has not read cuts the connection off. `reset` cuts the connection off.
 */
export type PeerStep = { readonly atMs: number } & (
  | { readonly send: Uint8Array | string }
  | { readonly reading: boolean }
  | { readonly shutdown: true }
  | { readonly close: true }
  | { readonly reset: true }
);

/** When and over what a scripted peer connects. */
export interface PeerOptions extends LinkOptions {
  /** When it asks for the connection, milliseconds from now; 0 where not given. */
  readonly connectAtMs?: number;
}

/** Bytes as a peer read them. */
export interface Piece {
  /** Virtual milliseconds since the run began. */
  readonly atMs: number;
  /** What came. */
  readonly bytes: Uint8Array;
}

/** The other side of a connection, played by the machine. Ask it what it has lived through. */
export interface Peer {
  /** Everything it has read. */
  received(): Uint8Array;
  /** The same as text; bytes that are no UTF-8 stand as U+FFFD. */
  receivedText(): string;
  /** What it has read, as it came. */
  pieces(): readonly Piece[];
  /** When the connection stood, milliseconds since the run began; undefined where it never did. */
  connectedAtMs(): number | undefined;
  /** Nobody listened, or the backlog stayed full. */
  isRefused(): boolean;
  /** When it read the end: the other side had closed, or shut down its writing. */
  endedAtMs(): number | undefined;
  /** When it found the connection cut off. */
  resetAtMs(): number | undefined;
  /** Bytes of its script that it has not got rid of. */
  unsent(): number;
}

/** A port served by scripted peers, one for each connection. */
export interface PeerServer {
  /** Its peers, in the order in which they were connected. */
  connections(): readonly Peer[];
}

/**
 * A client that connects to `port` and follows `steps`, in the order of their times. The machine plays it: it is no
 * thread, and the program sees nothing but the connection. It reads all that comes unless told otherwise, and stays
 * when its script is over.
 * @throws RangeError where `port` is no port, or the steps are not in the order of their times.
 */
export function connectPeer(port: number, steps: readonly PeerStep[], options: PeerOptions = {}): Peer {
  checkPort(port, "connectPeer(port, steps)", 1);
  const script = {
    afterNs: toNs(options.connectAtMs ?? 0, "connectPeer's connectAtMs"),
    link: linkOf(options, "connectPeer"),
    steps: scriptOf(steps, "connectPeer"),
  };
  return peerOf(kernelCall(CALLS.peerConnect, port, 0, `j${JSON.stringify(script)}`) as number);
}

/**
 * A server at `port` that follows `steps` on every connection, counted from when that came.
 * @throws Error where another listener has the port.
 */
export function listenPeer(port: number, steps: readonly PeerStep[]): PeerServer {
  checkPort(port, "listenPeer(port, steps)", 1);
  const script = { steps: scriptOf(steps, "listenPeer") };
  const server = kernelCall(CALLS.peerServe, port, 0, `j${JSON.stringify(script)}`) as number;
  if (server < 0) throw new Error(`listenPeer: another listener has port ${port}; choose another port`);
  const served = (): readonly number[] =>
    JSON.parse(String(kernelCall(CALLS.peersServed, server)).slice(1)) as number[];
  return Object.freeze({ connections: () => served().map(peerOf) });
}

interface Report {
  readonly connectedNs: number;
  readonly refused: boolean;
  readonly received: readonly (readonly [atNs: number, bytes: string])[];
  readonly unsent: number;
  readonly endedNs: number;
  readonly resetNs: number;
}

function peerOf(number: number): Peer {
  const report = (): Report => JSON.parse(String(kernelCall(CALLS.peerReport, number)).slice(1)) as Report;
  const all = (): string =>
    `b${report()
      .received.map(([, bytes]) => bytes)
      .join("")}`;
  return Object.freeze({
    received: () => decodeBytes(all()),
    receivedText: () => textOf(all().slice(1)),
    pieces: () =>
      report().received.map(([atNs, bytes]) => ({ atMs: atNs / NS, bytes: decodeBytes(`b${bytes}`) })),
    connectedAtMs: () => instant(report().connectedNs),
    isRefused: () => report().refused,
    endedAtMs: () => instant(report().endedNs),
    resetAtMs: () => instant(report().resetNs),
    unsent: () => report().unsent,
  });
}

const NS = 1_000_000;

function instant(ns: number): number | undefined {
  return ns < 0 ? undefined : ns / NS;
}

/** UTF-8, one character a byte, as text. */
function textOf(bytes: string): string {
  return bytes.replace(UTF8, (sequence) => {
    try {
      return decodeURIComponent(
        Array.from(sequence, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`).join(""),
      );
    } catch {
      return "\u{fffd}";
    }
  });
}

/** A character beyond ASCII, or a byte that begins none. */
const UTF8 =
  /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}|[\u0080-\u00ff]/g;

function linkOf(options: LinkOptions, what: string): Record<string, number> {
  const { latencyMs, bandwidthBytesPerMs, bufferBytes } = options;
  const link: Record<string, number> = {};
  if (latencyMs !== undefined) link["latencyNs"] = toNs(latencyMs, `${what}'s latencyMs`);
  if (bandwidthBytesPerMs !== undefined) {
    if (!(bandwidthBytesPerMs > 0))
      throw new RangeError(
        `${what}'s bandwidthBytesPerMs needs a number above 0, got ${inspect(bandwidthBytesPerMs)}`,
      );
    link["nsPerByte"] = bandwidthBytesPerMs === Infinity ? 0 : NS / bandwidthBytesPerMs;
  }
  if (bufferBytes !== undefined) {
    if (!Number.isSafeInteger(bufferBytes) || bufferBytes < 1)
      throw new RangeError(`${what}'s bufferBytes needs a whole number from 1, got ${inspect(bufferBytes)}`);
    link["bufferBytes"] = bufferBytes;
  }
  return link;
}

type KernelStep = { readonly atNs: number; readonly do: string; readonly bytes?: string };

function scriptOf(steps: readonly PeerStep[], what: string): readonly KernelStep[] {
  let last = 0;
  return steps.map((step, index) => {
    const atNs = toNs(step.atMs, `${what}'s step ${index}: atMs`);
    if (atNs < last)
      throw new RangeError(
        `${what}'s step ${index} is at ${step.atMs} ms, before the one in front of it: put the steps in order`,
      );
    last = atNs;
    return { atNs, ...actionOf(step, `${what}'s step ${index}`) };
  });
}

function actionOf(step: PeerStep, what: string): Omit<KernelStep, "atNs"> {
  if ("send" in step) {
    const bytes = bytesOf(step.send, `${what}: send`);
    return { do: "send", bytes: String(encodeBytes(bytes, 0, bytes.length)).slice(1) };
  }
  if ("reading" in step) return { do: step.reading ? "resume" : "stall" };
  if ("shutdown" in step) return { do: "shutdown" };
  if ("close" in step) return { do: "close" };
  if ("reset" in step) return { do: "reset" };
  throw new TypeError(`${what} says nothing to do: give it send, reading, shutdown, close or reset`);
}
