import { type Result, type TcpListener, TcpStream } from "std/net";
import { channel } from "std/sync";
import { spawn } from "std/thread";

/** Wakes its helper by connecting to itself: with two callers, the helper of the other one may get that connection. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const [tx, rx] = channel<TcpStream>();
  const { port } = listener;
  const clone = listener.tryClone();
  const helper = spawn(() => {
    const accepted = clone.accept();
    if (accepted.ok) tx.send(accepted.value);
  });
  const got = rx.recvTimeout(ms);
  if (got.ok) return got;

  const knock = TcpStream.connect(port);
  helper.join();
  const last = rx.tryRecv();
  // A client may have come just before the knock.
  if (last.ok && knock.ok && last.value.peer !== knock.value.port) return last;
  return { ok: false, error: "timeout" };
}
