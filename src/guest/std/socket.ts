import { CALLS } from "#abi";
import { Handle, idOfSocket } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall } from "../core/kernel.ts";

/** What listeners and streams have in common, those of `rt/net` too. */
export abstract class Socket extends Handle {
  /**
   * The port of this side.
   * @rust std::net::SocketAddr::port
   */
  get port(): number {
    return kernelCall(CALLS.socketPort, idOfSocket(this), 0) as number;
  }

  /**
   * Gives this handle up; the last one to go closes the socket. A thread or task that ends closes what it owns.
   * @rust std::mem::drop
   */
  close(): void {
    kernelCall(CALLS.socketClose, idOfSocket(this));
  }

  /** At the end of a `using` block: closes the handle, unless that was done or it has moved elsewhere. */
  [Symbol.dispose](): void {
    kernelCall(CALLS.socketClose, idOfSocket(this), 1);
  }
}

/** What those of them have in common that make their thread wait. */
export abstract class BlockingSocket extends Socket {
  /**
   * With true, calls that would wait return `"would-block"` at once, on this handle and its clones.
   * @throws TypeError where `nonblocking` is neither true nor false.
   * @rust std::net::TcpStream::set_nonblocking
   */
  setNonblocking(nonblocking: boolean): void {
    if (typeof nonblocking !== "boolean")
      throw new TypeError(`setNonblocking(nonblocking) needs true or false, got ${inspect(nonblocking)}`);
    kernelCall(CALLS.socketNonblocking, idOfSocket(this), nonblocking ? 1 : 0);
  }
}

/** `port`, or a clear error where it is none. */
export function checkPort(port: unknown, what: string, least: number): number {
  if (typeof port === "number" && Number.isSafeInteger(port) && port >= least && port <= 65_535) return port;
  const got = typeof port === "string" ? JSON.stringify(port) : inspect(port);
  throw new RangeError(`${what} needs a whole number from ${least} to 65535, got ${got}`);
}
