import type { Result, TcpListener, TcpStream } from "std/net";
import { sleep } from "std/thread";
import { Instant } from "std/time";

/** Asks once a millisecond: a thousand wake-ups a second for nobody. */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  const deadline = Instant.now().add(ms);
  listener.setNonblocking(true);
  try {
    while (true) {
      const accepted = listener.accept();
      if (accepted.ok) return accepted;
      const left = deadline.durationSince(Instant.now());
      if (left === 0) return { ok: false, error: "timeout" };
      sleep(Math.min(1, left));
    }
  } finally {
    listener.setNonblocking(false);
  }
}
