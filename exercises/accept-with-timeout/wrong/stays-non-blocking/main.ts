import { poll, type Result, type TcpListener, type TcpStream } from "std/net";
import { Mutex } from "std/sync";
import { Instant } from "std/time";

const turn = new Mutex(undefined);

/** Takes the mode back only where it lost the client: after a success the next plain accept no longer waits. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const deadline = Instant.now().add(ms);
  while (true) {
    const left = deadline.durationSince(Instant.now());
    const ready = poll([{ source: listener, readable: true }], left);
    if (ready.length === 0) return { ok: false, error: "timeout" };
    using _mine = turn.lock();
    listener.setNonblocking(true);
    const accepted = listener.accept();
    if (accepted.ok) return accepted;
    listener.setNonblocking(false);
  }
}
