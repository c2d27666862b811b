import type { Async, Result } from "rt";
import type { AsyncTcpStream } from "rt/net";
import { sleep } from "rt/time";

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
      if (end >= 0) {
        const line = this.text.slice(0, end);
        this.text = this.text.slice(end + 1);
        return { ok: true, value: line };
      }
      const got = this.stream.tryRead(1_024);
      if (got.ok && got.value.length > 0) this.text += this.decoder.decode(got.value, { stream: true });
      else if (got.ok || got.error === "reset") return { ok: false, error: "closed" };
      else yield* sleep(1);
    }
  }
}
