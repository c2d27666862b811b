import type { Result, TcpStream } from "std/net";

/** Takes what comes over a connection apart into lines, with a time limit for each. */
export class LineReader {
  private readonly stream: TcpStream;

  constructor(stream: TcpStream) {
    this.stream = stream;
  }

  /**
   * The next line, as text without its "\n". Waits for it at most `ms` milliseconds (above 0), counted from this call.
   *
   * - The line is complete before `ms`: the line, as soon as its "\n" is there. It may come in many pieces, cut
   *   anywhere, also inside a character of several bytes. One piece may hold several lines: one for each call.
   * - It is not: "timeout", at exactly `ms`. Nothing that came is lost: the next call goes on from there. If the line
   *   becomes complete at the very instant `ms`, either answer is right.
   * - The connection has ended or is cut off, and no complete line is left: "closed", at once, and from then on. What
   *   stood after the last "\n" was no line.
   */
  readLine(ms: number): Result<string, "timeout" | "closed"> {
    // One read for one line. But a read gives what is there, and that is seldom a line.
    this.stream.setReadTimeout(ms);
    const got = this.stream.read(1_024);
    if (!got.ok) return { ok: false, error: got.error === "timeout" ? "timeout" : "closed" };
    if (got.value.length === 0) return { ok: false, error: "closed" };
    return { ok: true, value: new TextDecoder().decode(got.value).trimEnd() };
  }
}
