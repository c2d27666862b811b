import { poll, type Result, type TcpListener, type TcpStream } from "std/net";

/** Takes "somebody is there" for a promise: another thread may accept that client in between. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const ready = poll([{ source: listener, readable: true }], ms);
  if (ready.length === 0) return { ok: false, error: "timeout" };
  const accepted = listener.accept();
  return accepted.ok ? accepted : { ok: false, error: "timeout" };
}
