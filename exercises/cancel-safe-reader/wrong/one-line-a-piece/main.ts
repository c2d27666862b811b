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
      const got = yield* this.stream.read(1_024);
      if (!got.ok || got.value.length === 0) return { ok: false, error: "closed" };
      this.text += this.decoder.decode(got.value, { stream: true });
      const [line = "", ...others] = this.text.split("\n");
      if (others.length > 0) {
        this.text = "";
        return { ok: true, value: line };
      }
    }
  }
}
