import { CALLS } from "#abi";
import { type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { Socket } from "../std/socket.ts";
import { bindPort, type BindOptions, TcpListener } from "../std/tcp-listener.ts";
import { AsyncTcpStream } from "./async-tcp-stream.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";
import { checkStd, replaced } from "./replaced.ts";

/**
 * A port that takes connections, for tasks: what `TcpListener` of `std/net` is for threads. It belongs to one
 * task, as an end of a channel does: a task that names it takes it along, and closes it when it ends.
 * @rust tokio::net::TcpListener
 * @example
 * ```ts
 * import { type Async, blockOn, join } from "rt";
 * import { AsyncTcpListener, AsyncTcpStream } from "rt/net";
 * function* main(): Async<void> {
 *   const bound = AsyncTcpListener.bind(80);
 *   if (!bound.ok) return;
 *   using listener = bound.value;
 *   const taken = AsyncTcpListener.bind(80);
 *   console.log(taken.ok ? "free" : taken.error); // address-in-use
 *   const [client, server] = yield* join(AsyncTcpStream.connect(listener.port), listener.accept());
 *   console.log(client.ok && server.ok && server.value.peer === client.value.port); // true
 * }
 * blockOn(main());
 * ```
 */
export class AsyncTcpListener extends Socket {
  /** @internal Use `AsyncTcpListener.bind`. */
  constructor(key: HandleKey, id: number) {
    super(key, "asyncListener", id);
  }

  /**
   * Takes `port` of this machine, from 1 to 65535; 0 takes any free one (`listener.port` says which). Never
   * waits. `"address-in-use"` while another listener has it.
   * @throws RangeError where `port` or `backlog` is out of range.
   * @rust tokio::net::TcpListener::bind
   * @differs No future, as it never waits; tokio's may have to look a name up.
   */
  static override bind(port: number, options: BindOptions = {}): Result<AsyncTcpListener, "address-in-use"> {
    const id = bindPort(port, options, "AsyncTcpListener.bind(port)");
    return id === null ? err("address-in-use") : ok(listenerOf(id));
  }

  /**
   * The same port for tasks; `listener` is used up.
   * @throws TypeError where it is no TcpListener of `std/net`.
   * @rust tokio::net::TcpListener::from_std
   */
  static fromStd(listener: TcpListener): AsyncTcpListener {
    checkStd(listener, "listener", "AsyncTcpListener.fromStd(listener) needs a TcpListener of std/net");
    return listenerOf(replaced(listener, "listener", "AsyncTcpListener.fromStd()"));
  }

  /**
   * Waits for the next connection; never an error on this machine.
   * @rust tokio::net::TcpListener::accept
   * @cancel Safe: dropped before it was ready, it has taken no connection, and the next `accept` gets it.
   * @differs Gives the stream alone; the address of the other side is its `peer`.
   */
  accept(): Future<Result<AsyncTcpStream, never>> {
    return new Operation<Result<AsyncTcpStream, never>>({
      call: CALLS.accept,
      a: idAs(this, "asyncListener"),
      read: (id) => ok(new AsyncTcpStream(KEY, id as number)),
      held: [this],
    });
  }

  /**
   * A second handle of the same listener, for a further task or thread; each connection goes to one of those
   * that accept.
   * @rust std::net::TcpListener::try_clone
   * @differs Tokio has no such method: tasks share a listener in an `Arc`.
   */
  tryClone(): AsyncTcpListener {
    return listenerOf(kernelCall(CALLS.socketClone, idAs(this, "asyncListener")) as number);
  }

  /**
   * The same port for a thread that may block; this handle is used up.
   * @rust tokio::net::TcpListener::into_std
   */
  intoStd(): TcpListener {
    return new TcpListener(KEY, replaced(this, "asyncListener", "intoStd()"));
  }
}

function listenerOf(id: number): AsyncTcpListener {
  return new AsyncTcpListener(KEY, id);
}

reviveWith("asyncListener", listenerOf);
