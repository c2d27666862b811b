import { poll, type Result, type TcpListener, type TcpStream } from "std/net";
import { Mutex } from "std/sync";
import { Instant } from "std/time";

const turn = new Mutex(undefined);

/** Works on a clone and forgets it: the port stays taken when everybody else has closed the listener. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const deadline = Instant.now().add(ms);
  const own = listener.tryClone();
  while (true) {
    const left = deadline.durationSince(Instant.now());
    const ready = poll([{ source: own, readable: true }], left);
    if (ready.length === 0) return { ok: false, error: "timeout" };
    using _mine = turn.lock();
    own.setNonblocking(true);
    const accepted = own.accept();
    own.setNonblocking(false);
    if (accepted.ok) return accepted;
  }
}
