import { type Context, Future, Poll, type Result } from "rt";
import type { AsyncTcpStream } from "rt/net";

type Line = Result<string, "closed">;

/** By hand, without an async function: the future waits for nothing but `readable`, and takes bytes with `tryRead`. */
class NextLine extends Future<Line> {
  private readonly lines: Lines;
  private readonly stream: AsyncTcpStream;
  private readable: Future<void> | null = null;

  constructor(lines: Lines, stream: AsyncTcpStream) {
    super();
    this.lines = lines;
    this.stream = stream;
  }

  override poll(cx: Context): Poll<Line> {
    while (true) {
      const line = this.lines.take();
      if (line !== undefined) return this.end({ ok: true, value: line });
      const got = this.stream.tryRead(256);
      if (got.ok && got.value.length > 0) this.lines.feed(got.value);
      else if (got.ok || got.error === "reset") return this.end({ ok: false, error: "closed" });
      else {
        this.readable ??= this.stream.readable();
        if (!this.readable.poll(cx).ready) return Poll.pending;
        this.readable = null;
      }
    }
  }

  override drop(): void {
    this.readable?.drop();
    this.readable = null;
  }

  private end(line: Line): Poll<Line> {
    this.drop();
    return Poll.ready(line);
  }
}

export class Lines {
  private readonly stream: AsyncTcpStream;
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  private readonly done: string[] = [];
  private text = "";

  constructor(stream: AsyncTcpStream) {
    this.stream = stream;
  }

  next(): Future<Line> {
    return new NextLine(this, this.stream);
  }

  take(): string | undefined {
    return this.done.shift();
  }

  feed(bytes: Uint8Array): void {
    const parts = (this.text + this.decoder.decode(bytes, { stream: true })).split("\n");
    this.text = parts.pop() ?? "";
    this.done.push(...parts);
  }
}
