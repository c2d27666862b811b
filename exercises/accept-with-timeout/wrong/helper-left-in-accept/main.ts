import type { Result, TcpListener, TcpStream } from "std/net";
import { channel } from "std/sync";
import { spawn } from "std/thread";

/** Leaves a thread in accept when it gives up: the next client goes to that one, and from there to nobody. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const [tx, rx] = channel<TcpStream>();
  const clone = listener.tryClone();
  spawn(() => {
    const accepted = clone.accept();
    if (accepted.ok) tx.send(accepted.value);
  });
  const got = rx.recvTimeout(ms);
  return got.ok ? got : { ok: false, error: "timeout" };
}
