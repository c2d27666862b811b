import type { Async, Result } from "rt";
import type { AsyncTcpStream } from "rt/net";

export class Lines {
  private readonly stream: AsyncTcpStream;
  private pending: Uint8Array = new Uint8Array();

  constructor(stream: AsyncTcpStream) {
    this.stream = stream;
  }

  *next(): Async<Result<string, "closed">> {
    while (true) {
      // Reads before it looks: a line that is there waits for bytes of the next one.
      const got = yield* this.stream.read(1_024);
      if (got.ok) this.pending = Uint8Array.from([...this.pending, ...got.value]);
      const end = this.pending.indexOf(10);
      if (end >= 0) {
        const line = new TextDecoder().decode(this.pending.subarray(0, end));
        this.pending = this.pending.slice(end + 1);
        return { ok: true, value: line };
      }
      if (!got.ok || got.value.length === 0) return { ok: false, error: "closed" };
    }
  }
}
