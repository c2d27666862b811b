import type { Async, Result } from "rt";
import type { AsyncTcpStream } from "rt/net";

/** The byte of "\n". In UTF-8 no other character has it among its bytes. */
const NEWLINE = 0x0a;

/** Takes what comes over a connection apart into lines. Any `next()` may be dropped at any time. */
export class Lines {
  private readonly stream: AsyncTcpStream;
  /** Bytes that were read and belong to no line yet. They are the reader's, not those of one future. */
  private pending: Uint8Array = new Uint8Array();

  constructor(stream: AsyncTcpStream) {
    this.stream = stream;
  }

  /** The next line, as text without its "\n"; "closed" where none is left and the connection has ended. */
  *next(): Async<Result<string, "closed">> {
    while (true) {
      const line = this.takeLine();
      if (line !== undefined) return { ok: true, value: line };

      // Only here can this future be dropped, and here it holds nothing: what was read is in `pending`, and a read
      // that is dropped has taken no byte.
      const got = yield* this.stream.read(1_024);
      if (!got.ok || got.value.length === 0) return { ok: false, error: "closed" };
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
