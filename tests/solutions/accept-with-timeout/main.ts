import { poll, type Result, type TcpListener, type TcpStream } from "std/net";
import { Mutex } from "std/sync";
import { Instant } from "std/time";

const door = new Mutex(0);

/** Never touches the listener's mode: whoever has the door looks again, and accepts only a client who is there. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const began = Instant.now();
  let limit = ms;
  while (isSomebodyThere(listener, limit)) {
    const client = takeClient(listener);
    if (client !== undefined) return { ok: true, value: client };
    limit = Math.max(0, ms - began.elapsed());
  }
  return { ok: false, error: "timeout" };
}

function isSomebodyThere(listener: TcpListener, limit: number): boolean {
  return poll([{ source: listener, readable: true }], limit).length > 0;
}

function takeClient(listener: TcpListener): TcpStream | undefined {
  const guard = door.lock();
  try {
    if (!isSomebodyThere(listener, 0)) return undefined;
    const accepted = listener.accept();
    return accepted.ok ? accepted.value : undefined;
  } finally {
    guard.unlock();
  }
}
