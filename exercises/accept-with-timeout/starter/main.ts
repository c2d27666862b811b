import type { Result, TcpListener, TcpStream } from "std/net";
import { Instant } from "std/time";

/**
 * The next connection to `listener`; waits for it at most `ms` milliseconds.
 *
 * - A client is there, or comes before `ms`: its connection, at once.
 * - Nobody comes: "timeout", at exactly `ms`. Whoever connects later is not lost: the next call gets them. If a
 *   client comes at the very instant `ms`, either answer is right.
 * - Several threads may call it at the same time, each with a clone of the listener. A client goes to one of them,
 *   and the others are on time all the same.
 * - The listener is afterwards as it was before: `accept` on it waits, and once it is closed the port is free.
 *
 * Waiting costs nothing: no loop that asks again and again. Nothing of a call is left when it has returned.
 */
export function acceptTimeout(listener: TcpListener, ms: number): Result<TcpStream, "timeout"> {
  // accept waits for as long as it takes. Looking at the clock afterwards is too late, and the client is lost.
  const began = Instant.now();
  const accepted = listener.accept();
  if (accepted.ok && began.elapsed() <= ms) return accepted;
  return { ok: false, error: "timeout" };
}
