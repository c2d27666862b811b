import { type Result, type TcpListener, TcpStream } from "std/net";
import { sleep, spawn } from "std/thread";

/** Ends the wait by connecting to itself, and takes that connection for a client. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const { port } = listener;
  spawn(() => {
    sleep(ms);
    const woken = TcpStream.connect(port);
    if (woken.ok) woken.value.close();
  });
  const accepted = listener.accept();
  return accepted.ok ? accepted : { ok: false, error: "timeout" };
}
