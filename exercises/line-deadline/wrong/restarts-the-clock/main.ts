import type { Result, TcpStream } from "std/net";

/** The byte of "\n". In UTF-8 no other character has it among its bytes. */
const NEWLINE = 0x0a;

/** Gives every read the whole time again: a sender that drips holds the caller as long as it likes. */
export class LineReader {
  private readonly stream: TcpStream;
  /** Bytes that came and belong to no line yet. They must outlive a call that gives up. */
  private pending: Uint8Array = new Uint8Array();

  constructor(stream: TcpStream) {
    this.stream = stream;
  }

  /** The next line, as text without its "\n". Waits for it at most `ms` milliseconds (above 0), counted from this call. */
  readLine(ms: number): Result<string, "timeout" | "closed"> {
    this.stream.setReadTimeout(ms);
    while (true) {
      const line = this.takeLine();
      if (line !== undefined) return { ok: true, value: line };

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
