import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { BlockingSocket, checkPort } from "./socket.ts";
import { TcpStream } from "./tcp-stream.ts";

/** How to listen. */
export interface BindOptions {
  /** Connections that may wait to be accepted, 128 where not given; the clients of further ones try again after a second. */
  readonly backlog?: number;
}

/**
 * A port that takes connections. It belongs to one thread, as an end of a channel does: captured by a spawned
 * function it moves there.
 * @rust std::net::TcpListener
 * @example
 * ```ts
 * import { TcpListener, TcpStream } from "std/net";
 * import { spawn } from "std/thread";
 * const bound = TcpListener.bind(0);
 * if (!bound.ok) throw new Error(bound.error);
 * const { port } = bound.value;
 * spawn(() => {
 *   const to = TcpStream.connect(port);
 *   if (to.ok) to.value.writeAll("hello");
 * });
 * const accepted = bound.value.accept();
 * if (!accepted.ok) throw new Error(accepted.error);
 * const bytes = accepted.value.read(100);
 * console.log(bytes.ok ? new TextDecoder().decode(bytes.value) : bytes.error); // hello
 * ```
 */
export class TcpListener extends BlockingSocket {
  /** @internal Use `TcpListener.bind`. */
  constructor(key: HandleKey, id: number) {
    super(key, "listener", id);
  }

  /**
   * Takes `port` of this machine, from 1 to 65535; 0 takes any free one (`listener.port` says which).
   * `"address-in-use"` while another listener has it.
   * @throws RangeError where `port` is no port, or the backlog no whole number from 1.
   * @rust std::net::TcpListener::bind
   */
  static override bind(port: number, options: BindOptions = {}): Result<TcpListener, "address-in-use"> {
    const id = bindPort(port, options, "TcpListener.bind(port)");
    return id === null ? err("address-in-use") : ok(listenerOf(id));
  }

  /**
   * Waits for the next connection; there is no way to give up. A listener that was told so by `setNonblocking`
   * answers `"would-block"` where none is there.
   * @rust std::net::TcpListener::accept
   */
  accept(): Result<TcpStream, "would-block"> {
    const id = kernelCall(CALLS.accept, idAs(this, "listener")) as number;
    return status() === STATUS.ok ? ok(new TcpStream(KEY, id)) : err("would-block");
  }

  /**
   * A second handle of the same listener, for a further thread.
   * @rust std::net::TcpListener::try_clone
   * @differs Always works.
   */
  tryClone(): TcpListener {
    return listenerOf(kernelCall(CALLS.socketClone, idAs(this, "listener")) as number);
  }
}

/** The number of a new listener; null where another one has the port. */
export function bindPort(port: number, options: BindOptions, what: string): number | null {
  const { backlog } = options;
  if (backlog !== undefined && !(Number.isSafeInteger(backlog) && backlog > 0))
    throw new RangeError(`bind(port, { backlog }) needs a whole number from 1, got ${inspect(backlog)}`);
  const id = kernelCall(CALLS.bind, checkPort(port, what, 0), backlog ?? 0) as number;
  return status() === STATUS.ok ? id : null;
}

/** Outside of the class: bundled, one that names itself inside would be called otherwise. */
function listenerOf(id: number): TcpListener {
  return new TcpListener(KEY, id);
}

reviveWith("listener", listenerOf);
