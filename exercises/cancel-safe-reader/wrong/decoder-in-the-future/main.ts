import type { Async, Result } from "rt";
import type { AsyncTcpStream } from "rt/net";

export class Lines {
  private readonly stream: AsyncTcpStream;
  private text = "";

  constructor(stream: AsyncTcpStream) {
    this.stream = stream;
  }

  *next(): Async<Result<string, "closed">> {
    // The text outlives this future. The half of a character that the decoder holds back does not.
    const decoder = new TextDecoder();
    while (true) {
      const end = this.text.indexOf("\n");
      if (end >= 0) {
        const line = this.text.slice(0, end);
        this.text = this.text.slice(end + 1);
        return { ok: true, value: line };
      }
      const got = yield* this.stream.read(1_024);
      if (!got.ok || got.value.length === 0) return { ok: false, error: "closed" };
      this.text += decoder.decode(got.value, { stream: true });
    }
  }
}
