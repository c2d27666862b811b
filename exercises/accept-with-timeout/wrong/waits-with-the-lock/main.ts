import { poll, type Result, type TcpListener, type TcpStream } from "std/net";
import { Mutex } from "std/sync";
import { Instant } from "std/time";

const turn = new Mutex(undefined);

/** Keeps the lock while it waits: a second thread stands in front of the lock, and its time runs out unseen. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const deadline = Instant.now().add(ms);
  using _mine = turn.lock();
  const left = deadline.durationSince(Instant.now());
  const ready = poll([{ source: listener, readable: true }], left);
  if (ready.length === 0) return { ok: false, error: "timeout" };
  const accepted = listener.accept();
  return accepted.ok ? accepted : { ok: false, error: "timeout" };
}
