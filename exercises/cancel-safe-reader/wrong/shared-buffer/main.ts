import type { Async, Result } from "rt";
import type { AsyncTcpStream } from "rt/net";

const decoder = new TextDecoder();
let text = "";

export class Lines {
  private readonly stream: AsyncTcpStream;

  constructor(stream: AsyncTcpStream) {
    this.stream = stream;
  }

  *next(): Async<Result<string, "closed">> {
    while (true) {
      const end = text.indexOf("\n");
      if (end >= 0) {
        const line = text.slice(0, end);
        text = text.slice(end + 1);
        return { ok: true, value: line };
      }
      const got = yield* this.stream.read(1_024);
      if (!got.ok || got.value.length === 0) return { ok: false, error: "closed" };
      text += decoder.decode(got.value, { stream: true });
    }
  }
}
