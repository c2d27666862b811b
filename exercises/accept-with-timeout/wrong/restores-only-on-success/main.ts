import { poll, type Result, type TcpListener, type TcpStream } from "std/net";
import { Instant } from "std/time";

/** Takes the mode back where a client came, and forgets it where none did. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const deadline = Instant.now().add(ms);
  listener.setNonblocking(true);
  while (true) {
    const left = deadline.durationSince(Instant.now());
    const ready = poll([{ source: listener, readable: true }], left);
    if (ready.length === 0) return { ok: false, error: "timeout" };
    const accepted = listener.accept();
    if (!accepted.ok) continue;
    listener.setNonblocking(false);
    return accepted;
  }
}
