import type { Result, TcpListener, TcpStream } from "std/net";
import { channel, Mutex, type Receiver } from "std/sync";
import { spawn } from "std/thread";

const clients = new Mutex<Receiver<TcpStream> | undefined>(undefined);

/** One thread accepts for all calls, so no client is lost. But nobody ends it, and it keeps the port. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  using inbox = clients.lock();
  if (inbox.value === undefined) {
    const [tx, rx] = channel<TcpStream>();
    inbox.value = rx;
    const clone = listener.tryClone();
    spawn(() => {
      while (true) {
        const accepted = clone.accept();
        if (accepted.ok) tx.send(accepted.value);
      }
    });
  }
  const got = inbox.value.recvTimeout(ms);
  return got.ok ? got : { ok: false, error: "timeout" };
}
