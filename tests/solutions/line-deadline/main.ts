import { poll, type Result, type TcpStream } from "std/net";
import { Instant } from "std/time";

/** Waits in poll instead of read, and keeps text instead of bytes: the decoder holds back half a character. */
export class LineReader {
  private readonly stream: TcpStream;
  private readonly decoder = new TextDecoder();
  private readonly lines: string[] = [];
  private begun = "";
  private ended = false;

  constructor(stream: TcpStream) {
    this.stream = stream;
  }

  readLine(ms: number): Result<string, "timeout" | "closed"> {
    const start = Instant.now();
    while (this.lines.length === 0 && !this.ended) {
      const left = Math.max(0, ms - start.elapsed());
      const ready = poll([{ source: this.stream, readable: true }], left);
      if (ready.length === 0) return { ok: false, error: "timeout" };
      this.take();
    }
    const line = this.lines.shift();
    return line === undefined ? { ok: false, error: "closed" } : { ok: true, value: line };
  }

  /** Reads once, which does not wait, and moves what is complete to `lines`. */
  private take(): void {
    const got = this.stream.read(64);
    if (!got.ok || got.value.length === 0) {
      this.ended = true;
      return;
    }
    const texts = (this.begun + this.decoder.decode(got.value, { stream: true })).split("\n");
    this.begun = texts.pop() ?? "";
    this.lines.push(...texts);
  }
}
