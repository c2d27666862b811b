import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { bytesOf, decodeBytes, encodeBytes } from "../core/bytes.ts";
import { toNs } from "../core/duration.ts";
import { type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { BlockingSocket, checkPort } from "./socket.ts";

/**
 * Why nothing was read: the time set by `setReadTimeout` ran out; the stream does not wait and nothing is there; the
 * other side cut the connection off.
 */
export type ReadError = "timeout" | "would-block" | "reset";

/** Why nothing was written: as for reading, or this side has said that it writes no more (`shutdown`). */
export type WriteError = "timeout" | "would-block" | "reset" | "broken-pipe";

/**
 * Which directions a `shutdown` ends.
 * @rust std::net::Shutdown
 */
export type Shutdown = "read" | "write" | "both";

const SHUTDOWNS: Readonly<Record<Shutdown, number>> = { read: 1, write: 2, both: 3 };

/** Most bytes that one call moves: what a connection holds in one direction. */
export const STREAM_CALL_BYTES = 64 * 1024;

/**
 * One end of a connection: a stream of bytes each way, without marks between one write and the next. It belongs to
 * one thread, as an end of a channel does: captured by a spawned function it moves there; `tryClone` gives a second
 * thread a handle of its own.
 * @rust std::net::TcpStream
 * @example
 * ```ts
 * import { TcpListener, TcpStream } from "std/net";
 * import { sleep, spawn } from "std/thread";
 * const bound = TcpListener.bind(80);
 * if (!bound.ok) throw new Error(bound.error);
 * const listener = bound.value;
 * spawn(() => {
 *   const accepted = listener.accept();
 *   sleep(500);
 *   if (accepted.ok) accepted.value.close();
 * });
 * const stream = TcpStream.connect(80);
 * if (!stream.ok) throw new Error(stream.error);
 * stream.value.setReadTimeout(100);
 * const early = stream.value.read(100);
 * console.log(early.ok ? "bytes" : early.error); // timeout
 * stream.value.setReadTimeout(undefined);
 * const end = stream.value.read(100);
 * console.log(end.ok ? end.value.length : end.error); // 0
 * ```
 */
export class TcpStream extends BlockingSocket {
  /** @internal Use `TcpStream.connect` or `listener.accept()`. */
  constructor(key: HandleKey, id: number) {
    super(key, "stream", id);
  }

  /**
   * Connects to `port` of this machine: waits one way there and one way back. `"refused"` where nobody listens,
   * `"timeout"` after two minutes of a full backlog.
   * @throws RangeError where `port` is no port.
   * @rust std::net::TcpStream::connect
   * @differs There is one machine, so an address is a port.
   */
  static connect(port: number): Result<TcpStream, "refused" | "timeout"> {
    return connectWithin(checkPort(port, "TcpStream.connect(port)", 1), -1);
  }

  /**
   * {@link TcpStream.connect} that waits at most `ms` milliseconds.
   * @throws RangeError where `port` is no port, or `ms` no number above 0.
   * @rust std::net::TcpStream::connect_timeout
   */
  static connectTimeout(port: number, ms: number): Result<TcpStream, "refused" | "timeout"> {
    const limitNs = limitOf(ms, "connectTimeout(port, ms)");
    return connectWithin(checkPort(port, "TcpStream.connectTimeout(port, ms)", 1), limitNs);
  }

  /**
   * The port of the other side.
   * @rust std::net::TcpStream::peer_addr
   */
  get peer(): number {
    return kernelCall(CALLS.socketPort, idAs(this, "stream"), 1) as number;
  }

  /**
   * Waits until bytes are there and returns some of them, at most `max`: how many is not promised, whatever the other
   * side wrote at once. Empty at the end of the stream, when the other side has closed or shut down its writing.
   * @throws RangeError where `max` is no whole number from 1.
   * @rust std::io::Read::read
   */
  read(max: number): Result<Uint8Array, ReadError> {
    const reply = kernelCall(CALLS.streamRead, idAs(this, "stream"), checkMost(max, "read(max)"));
    return status() === STATUS.ok ? ok(decodeBytes(reply)) : err(readError());
  }

  /**
   * Writes some of `data` and returns how many bytes that were; waits only while there is room for none. They arrive
   * later, and whether the other side reads them it does not say. A text is written as UTF-8.
   * @rust std::io::Write::write
   */
  write(data: Uint8Array | string): Result<number, WriteError> {
    return writeSome(idAs(this, "stream"), bytesOf(data, "write(data)"), 0);
  }

  /**
   * Writes all of `data`, in as many writes as it takes; on an error some of it may have gone, and nobody knows how
   * much. A text is written as UTF-8.
   * @rust std::io::Write::write_all
   */
  writeAll(data: Uint8Array | string): Result<void, WriteError> {
    const id = idAs(this, "stream");
    const bytes = bytesOf(data, "writeAll(data)");
    const { length } = bytes;
    for (let from = 0; from < length;) {
      const written = writeSome(id, bytes, from);
      if (!written.ok) return written;
      from += written.value;
    }
    return ok(undefined);
  }

  /**
   * Ends one direction or both, for every handle of this stream. After `"write"` the other side reads what is on its
   * way, then the end; after `"read"` reads here are at the end, and what still arrives is thrown away.
   * @throws RangeError where `how` is no direction.
   * @rust std::net::TcpStream::shutdown
   */
  shutdown(how: Shutdown): void {
    kernelCall(CALLS.streamShutdown, idAs(this, "stream"), directionsOf(how));
  }

  /**
   * Lets one read wait at most `ms` milliseconds; undefined: as long as it takes. Each read starts anew.
   * @throws RangeError where `ms` is no number above 0.
   * @rust std::net::TcpStream::set_read_timeout
   */
  setReadTimeout(ms: number | undefined): void {
    const limitNs = ms === undefined ? -1 : limitOf(ms, "setReadTimeout(ms)");
    kernelCall(CALLS.streamTimeout, idAs(this, "stream"), limitNs, 0);
  }

  /**
   * Lets one write wait at most `ms` milliseconds; undefined: as long as it takes.
   * @throws RangeError where `ms` is no number above 0.
   * @rust std::net::TcpStream::set_write_timeout
   */
  setWriteTimeout(ms: number | undefined): void {
    const limitNs = ms === undefined ? -1 : limitOf(ms, "setWriteTimeout(ms)");
    kernelCall(CALLS.streamTimeout, idAs(this, "stream"), limitNs, 1);
  }

  /**
   * A second handle of the same stream, for a further thread.
   * @rust std::net::TcpStream::try_clone
   * @differs Always works.
   */
  tryClone(): TcpStream {
    return streamOf(kernelCall(CALLS.socketClone, idAs(this, "stream")) as number);
  }
}

/** Outside of the class: bundled, one that names itself inside would be called otherwise. */
function streamOf(id: number): TcpStream {
  return new TcpStream(KEY, id);
}

reviveWith("stream", streamOf);

/** How many bytes to read at most, which `what` was given. */
export function checkMost(max: number, what: string): number {
  if (!Number.isSafeInteger(max) || max < 1)
    throw new RangeError(`${what} needs a whole number of bytes from 1, got ${inspect(max)}`);
  return Math.min(max, STREAM_CALL_BYTES);
}

/** The number that the kernel knows a direction, or both, by. */
export function directionsOf(how: Shutdown): number {
  const directions = Object.hasOwn(SHUTDOWNS, how) ? SHUTDOWNS[how] : 0;
  if (directions === 0)
    throw new RangeError(`shutdown(how) needs "read", "write" or "both", got ${inspect(how)}`);
  return directions;
}

function connectWithin(port: number, limitNs: number): Result<TcpStream, "refused" | "timeout"> {
  const id = kernelCall(CALLS.connect, port) as number;
  kernelCall(CALLS.connected, id, limitNs);
  if (status() === STATUS.ok) return ok(streamOf(id));
  return err(status() === STATUS.refused ? "refused" : "timeout");
}

function writeSome(id: number, bytes: Uint8Array, from: number): Result<number, WriteError> {
  const reply = kernelCall(CALLS.streamWrite, id, 0, encodeBytes(bytes, from, STREAM_CALL_BYTES));
  if (status() === STATUS.ok) return ok(reply as number);
  return err(status() === STATUS.brokenPipe ? "broken-pipe" : readError());
}

function readError(): ReadError {
  switch (status()) {
    case STATUS.timeout:
      return "timeout";
    case STATUS.wouldBlock:
      return "would-block";
    default:
      return "reset";
  }
}

/** A limit of 0 would let nothing wait: Rust refuses it as well. */
function limitOf(ms: number, what: string): number {
  const limitNs = toNs(ms, what);
  if (limitNs === 0)
    throw new RangeError(
      `${what} got 0, which is no time at all: use setNonblocking(true) not to wait, or undefined to wait as long as it takes`,
    );
  return limitNs;
}
