import { poll, type Result, type TcpListener, type TcpStream } from "std/net";
import { Mutex } from "std/sync";

const turn = new Mutex(undefined);

/** Where another thread was quicker it waits again, and for the whole time again. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  while (poll([{ source: listener, readable: true }], ms).length > 0) {
    using _mine = turn.lock();
    listener.setNonblocking(true);
    const accepted = listener.accept();
    listener.setNonblocking(false);
    if (accepted.ok) return accepted;
  }
  return { ok: false, error: "timeout" };
}
