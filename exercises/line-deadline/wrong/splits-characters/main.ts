import type { Result, TcpStream } from "std/net";
import { Instant } from "std/time";

/** Decodes every piece by itself: of a character that is cut, both halves become question marks. */
export class LineReader {
  private readonly stream: TcpStream;
  private pending = "";

  constructor(stream: TcpStream) {
    this.stream = stream;
  }

  readLine(ms: number): Result<string, "timeout" | "closed"> {
    const deadline = Instant.now().add(ms);
    while (true) {
      const end = this.pending.indexOf("\n");
      if (end >= 0) {
        const line = this.pending.slice(0, end);
        this.pending = this.pending.slice(end + 1);
        return { ok: true, value: line };
      }
      const left = deadline.durationSince(Instant.now());
      if (left === 0) return { ok: false, error: "timeout" };
      this.stream.setReadTimeout(left);
      const got = this.stream.read(1_024);
      if (!got.ok) return { ok: false, error: got.error === "timeout" ? "timeout" : "closed" };
      if (got.value.length === 0) return { ok: false, error: "closed" };
      this.pending += new TextDecoder().decode(got.value);
    }
  }
}
