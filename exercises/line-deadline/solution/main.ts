import type { Result, TcpStream } from "std/net";
import { Instant } from "std/time";

/** The byte of "\n". In UTF-8 no other character has it among its bytes. */
const NEWLINE = 0x0a;

/** Takes what comes over a connection apart into lines, with a time limit for each. */
export class LineReader {
  private readonly stream: TcpStream;
  /** Bytes that came and belong to no line yet. They must outlive a call that gives up. */
  private pending: Uint8Array = new Uint8Array();

  constructor(stream: TcpStream) {
    this.stream = stream;
  }

  /** The next line, as text without its "\n". Waits for it at most `ms` milliseconds (above 0), counted from this call. */
  readLine(ms: number): Result<string, "timeout" | "closed"> {
    const deadline = Instant.now().add(ms);
    while (true) {
      const line = this.takeLine();
      if (line !== undefined) return { ok: true, value: line };

      // Each read may wait as long as the line still may, and a limit of 0 is none.
      const left = deadline.durationSince(Instant.now());
      if (left === 0) return { ok: false, error: "timeout" };
      this.stream.setReadTimeout(left);
      const got = this.stream.read(1_024);
      if (!got.ok) return { ok: false, error: got.error === "timeout" ? "timeout" : "closed" };
      if (got.value.length === 0) return { ok: false, error: "closed" };
      this.keep(got.value);
    }
  }

  /** The first complete line of what is there. Decoded as a whole, so no character is cut. */
  private takeLine(): string | undefined {
    const end = this.pending.indexOf(NEWLINE);
    if (end < 0) return undefined;
    const line = new TextDecoder().decode(this.pending.subarray(0, end));
    this.pending = this.pending.slice(end + 1);
    return line;
  }

  private keep(bytes: Uint8Array): void {
    const all = new Uint8Array(this.pending.length + bytes.length);
    all.set(this.pending);
    all.set(bytes, this.pending.length);
    this.pending = all;
  }
}
