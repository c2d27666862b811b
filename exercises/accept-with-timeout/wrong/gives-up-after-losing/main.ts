import { poll, type Result, type TcpListener, type TcpStream } from "std/net";
import { Mutex } from "std/sync";

const turn = new Mutex(undefined);

/** Where another thread was quicker it gives up, with most of its time left. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const ready = poll([{ source: listener, readable: true }], ms);
  if (ready.length === 0) return { ok: false, error: "timeout" };
  using _mine = turn.lock();
  listener.setNonblocking(true);
  const accepted = listener.accept();
  listener.setNonblocking(false);
  return accepted.ok ? accepted : { ok: false, error: "timeout" };
}
