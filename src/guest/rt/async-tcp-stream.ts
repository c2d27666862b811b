import { CALLS, STATUS } from "#abi";
import { decodeBytes, type Pieces, piecesOf } from "../core/bytes.ts";
import { type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { type Encoded, kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { checkPort, Socket } from "../std/socket.ts";
import { checkMost, directionsOf, type Shutdown, STREAM_CALL_BYTES, TcpStream } from "../std/tcp-stream.ts";
import type { Async, Future } from "./future.ts";
import { Operation } from "./operation.ts";
import { checkStd, replaced } from "./replaced.ts";
import { Steps } from "./steps.ts";
import { writeAllBy } from "./write-all.ts";

/**
 * Why nothing was written: the other side cut the connection off, or this side has said that it writes no
 * more.
 * @rust std::io::ErrorKind
 */
export type AsyncWriteError = "reset" | "broken-pipe";

/** Numbers of src/kernel/calls/poll.ts. */
const READABLE = 1;
const WRITABLE = 2;

/**
 * One end of a connection, for tasks: what `TcpStream` of `std/net` is for threads, so that thousands can
 * wait in one thread. It belongs to one task, as an end of a channel does: a task that names it takes it
 * along, and closes it when it ends; `tryClone` gives a second task a handle of its own.
 * @rust tokio::net::TcpStream
 * @example
 * ```ts
 * import { type Async, blockOn, join } from "rt";
 * import { AsyncTcpListener, AsyncTcpStream } from "rt/net";
 * function* main(): Async<void> {
 *   const listener = AsyncTcpListener.bind(80);
 *   if (!listener.ok) return;
 *   const [client, server] = yield* join(AsyncTcpStream.connect(80), listener.value.accept());
 *   if (!client.ok || !server.ok) return;
 *   yield* client.value.writeAll("hello");
 *   client.value.shutdown("write");
 *   for (let r = yield* server.value.read(4); r.ok && r.value.length > 0; r = yield* server.value.read(4))
 *     console.log(new TextDecoder().decode(r.value)); // hell, o
 * }
 * blockOn(main());
 * ```
 */
export class AsyncTcpStream extends Socket {
  /** @internal Use `AsyncTcpStream.connect` or `listener.accept()`. */
  constructor(key: HandleKey, id: number) {
    super(key, "asyncStream", id);
  }

  /**
   * Connects to `port` of this machine: one way there and one back after the first poll. `"refused"` where
   * nobody listens, `"timeout"` after two minutes of a full backlog.
   * @throws RangeError where `port` is no whole number from 1 to 65535.
   * @rust tokio::net::TcpStream::connect
   * @cancel Safe: nothing is left behind; what it has begun is closed, also where the other side has accepted
   * it.
   */
  static connect(port: number): Future<Result<AsyncTcpStream, "refused" | "timeout">> {
    const held: AsyncTcpStream[] = [];
    return new Steps(connecting(checkPort(port, "AsyncTcpStream.connect(port)", 1), held), held);
  }

  /**
   * The same connection for tasks; `stream` and its time limits are used up.
   * @throws TypeError where it is no TcpStream of `std/net`.
   * @rust tokio::net::TcpStream::from_std
   */
  static fromStd(stream: TcpStream): AsyncTcpStream {
    checkStd(stream, "stream", "AsyncTcpStream.fromStd(stream) needs a TcpStream of std/net");
    return streamOf(replaced(stream, "stream", "AsyncTcpStream.fromStd()"));
  }

  /**
   * The port of the other side.
   * @rust tokio::net::TcpStream::peer_addr
   */
  get peer(): number {
    return kernelCall(CALLS.socketPort, idAs(this, "asyncStream"), 1) as number;
  }

  /**
   * Waits until bytes are there and gives some of them, at most `max`: how many is not promised, whatever the
   * other side wrote at once. Empty at the end of the stream, when the other side has closed or shut down its
   * writing. `"reset"` where it has cut the connection off.
   * @throws RangeError where `max` is no whole number from 1.
   * @rust tokio::io::AsyncReadExt::read
   * @cancel Safe: dropped before it was ready, it has taken no byte. What a program keeps between two reads
   * must outlive the future that reads, or it is lost with it.
   */
  read(max: number): Future<Result<Uint8Array, "reset">> {
    return new Operation({
      call: CALLS.streamRead,
      a: idAs(this, "asyncStream"),
      b: checkMost(max, "read(max)"),
      read: (reply, ended) => (ended === STATUS.ok ? ok(decodeBytes(reply)) : err("reset")),
      held: [this],
    });
  }

  /**
   * Reads what is there, at most `max` bytes; `"would-block"` where that is nothing. Never waits.
   * @throws RangeError where `max` is no whole number from 1.
   * @rust tokio::net::TcpStream::try_read
   */
  tryRead(max: number): Result<Uint8Array, "would-block" | "reset"> {
    const most = checkMost(max, "tryRead(max)");
    const reply = kernelCall(CALLS.streamRead, idAs(this, "asyncStream"), most, "u", 0);
    if (status() === STATUS.ok) return ok(decodeBytes(reply));
    return err(status() === STATUS.wouldBlock ? "would-block" : "reset");
  }

  /**
   * Writes some of `data` and gives how many bytes that were; waits only while there is room for none. They
   * arrive later, and whether the other side reads them it does not say. A text is written as UTF-8.
   * @throws TypeError where `data` is neither text nor a Uint8Array.
   * @rust tokio::io::AsyncWriteExt::write
   * @cancel Safe: dropped before it was ready, it has written nothing.
   */
  write(data: Uint8Array | string): Future<Result<number, AsyncWriteError>> {
    return writing(this, piecesOf(data, "write(data)"), 0);
  }

  /**
   * Writes what there is room for and gives how many bytes that were; `"would-block"` where that is nothing.
   * Never waits.
   * @throws TypeError where `data` is neither text nor a Uint8Array.
   * @rust tokio::net::TcpStream::try_write
   */
  tryWrite(data: Uint8Array | string): Result<number, "would-block" | AsyncWriteError> {
    const payload = piecesOf(data, "tryWrite(data)").from(0, STREAM_CALL_BYTES);
    const reply = kernelCall(CALLS.streamWrite, idAs(this, "asyncStream"), 0, payload, 0);
    return status() === STATUS.wouldBlock ? err("would-block") : written(reply, status());
  }

  /**
   * Writes all of `data`, in as many writes as it takes. A text is written as UTF-8. With an error, some of
   * it may have gone.
   * @throws TypeError where `data` is neither text nor a Uint8Array.
   * @rust tokio::io::AsyncWriteExt::write_all
   * @cancel Not safe: some of it may have gone, and nobody knows how much. So do not let a `select` or a
   * `timeout` drop it where the stream is used afterwards.
   */
  writeAll(data: Uint8Array | string): Future<Result<void, AsyncWriteError>> {
    const pieces = piecesOf(data, "writeAll(data)");
    idAs(this, "asyncStream");
    return new Steps(
      writeAllBy(pieces, (at) => writing(this, pieces, at)),
      [this],
    );
  }

  /**
   * Waits until a read would not wait: bytes are there, or the end, or an error. Another task may have read
   * them by then, so read with `tryRead` and wait again where it would block.
   * @rust tokio::net::TcpStream::readable
   * @cancel Safe: there is nothing to lose.
   */
  readable(): Future<void> {
    return readiness(this, READABLE);
  }

  /**
   * Waits until a write would not wait: there is room, or an error. Another task may have used it up by then,
   * so write with `tryWrite` and wait again where it would block.
   * @rust tokio::net::TcpStream::writable
   * @cancel Safe: there is nothing to lose.
   */
  writable(): Future<void> {
    return readiness(this, WRITABLE);
  }

  /**
   * Ends one direction or both, for every handle of this stream; never waits. After `"write"` the other side
   * reads what is on its way, then the end; after `"read"` reads here are at the end, and what still arrives
   * is thrown away.
   * @throws RangeError where `how` is something else.
   * @rust tokio::io::AsyncWriteExt::shutdown
   * @differs Tokio's ends the writing only, and is a future.
   */
  shutdown(how: Shutdown): void {
    kernelCall(CALLS.streamShutdown, idAs(this, "asyncStream"), directionsOf(how));
  }

  /**
   * A second handle of the same stream, for a further task or thread: one reads while the other one writes.
   * @rust tokio::net::TcpStream::into_split
   * @differs Tokio splits a stream in two halves for that; dropping the half that writes is
   * `shutdown("write")` here.
   */
  tryClone(): AsyncTcpStream {
    return streamOf(kernelCall(CALLS.socketClone, idAs(this, "asyncStream")) as number);
  }

  /**
   * The same connection for a thread that may block; this handle is used up.
   * @rust tokio::net::TcpStream::into_std
   */
  intoStd(): TcpStream {
    return new TcpStream(KEY, replaced(this, "asyncStream", "intoStd()"));
  }
}

function streamOf(id: number): AsyncTcpStream {
  return new AsyncTcpStream(KEY, id);
}

reviveWith("asyncStream", streamOf);

/** Puts the handle into `held` as soon as there is one: it goes wherever the future goes. */
function* connecting(
  port: number,
  held: AsyncTcpStream[],
): Async<Result<AsyncTcpStream, "refused" | "timeout">> {
  const id = kernelCall(CALLS.connect, port) as number;
  const stream = streamOf(id);
  held.push(stream);
  return yield* new Operation<Result<AsyncTcpStream, "refused" | "timeout">>({
    call: CALLS.connected,
    a: id,
    b: -1,
    read: (_reply, ended) => {
      if (ended === STATUS.ok) return ok(stream);
      return err(ended === STATUS.refused ? "refused" : "timeout");
    },
  });
}

function writing(
  stream: AsyncTcpStream,
  pieces: Pieces,
  at: number,
): Future<Result<number, AsyncWriteError>> {
  return new Operation({
    call: CALLS.streamWrite,
    a: idAs(stream, "asyncStream"),
    payload: () => pieces.from(at, STREAM_CALL_BYTES),
    read: written,
    held: [stream],
  });
}

function written(reply: Encoded, ended: number): Result<number, AsyncWriteError> {
  if (ended === STATUS.ok) return ok(reply as number);
  return err(ended === STATUS.brokenPipe ? "broken-pipe" : "reset");
}

function readiness(stream: AsyncTcpStream, asked: number): Future<void> {
  return new Operation<void>({
    call: CALLS.poll,
    b: -1,
    payload: () => `s${idAs(stream, "asyncStream")}:${asked}`,
    read: () => undefined,
    held: [stream],
  });
}
