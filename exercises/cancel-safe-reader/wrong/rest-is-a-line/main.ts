import type { Async, Result } from "rt";
import type { AsyncTcpStream } from "rt/net";

export class Lines {
  private readonly stream: AsyncTcpStream;
  private readonly decoder = new TextDecoder();
  private text = "";

  constructor(stream: AsyncTcpStream) {
    this.stream = stream;
  }

  *next(): Async<Result<string, "closed">> {
    while (true) {
      const end = this.text.indexOf("\n");
      if (end >= 0) return { ok: true, value: this.take(end) };
      const got = yield* this.stream.read(1_024);
      if (!got.ok || got.value.length === 0) {
        if (this.text === "") return { ok: false, error: "closed" };
        return { ok: true, value: this.take(this.text.length) };
      }
      this.text += this.decoder.decode(got.value, { stream: true });
    }
  }

  private take(end: number): string {
    const line = this.text.slice(0, end);
    this.text = this.text.slice(end + 1);
    return line;
  }
}
