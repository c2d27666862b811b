import { poll, type Result, type TcpListener, type TcpStream } from "std/net";
import { Mutex } from "std/sync";
import { Instant } from "std/time";

/** The next connection to `listener`; waits for it at most `ms` milliseconds. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const deadline = Instant.now().add(ms);
  while (true) {
    const left = deadline.durationSince(Instant.now());
    const ready = poll([{ source: listener, readable: true }], left);
    if (ready.length === 0) return { ok: false, error: "timeout" };
    const accepted = tryAccept(listener);
    if (accepted.ok) return accepted;
    // Somebody else was quicker: there was a client, and now there is none. Wait for what is left of the time.
  }
}

/** Whoever makes a listener non-blocking makes its clones so, too. One at a time, and only for a moment. */
const turn = new Mutex(undefined);

function tryAccept(listener: TcpListener): Result<TcpStream, "would-block"> {
  using _mine = turn.lock();
  listener.setNonblocking(true);
  const accepted = listener.accept();
  listener.setNonblocking(false);
  return accepted;
}
