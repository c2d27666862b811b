import type { Async, Future, Result } from "rt";
import type { AsyncTcpStream } from "rt/net";

export class Lines {
  private readonly stream: AsyncTcpStream;
  private pending: Uint8Array = new Uint8Array();
  private reading: Future<Result<Uint8Array, "reset">> | null = null;

  constructor(stream: AsyncTcpStream) {
    this.stream = stream;
  }

  *next(): Async<Result<string, "closed">> {
    while (true) {
      const end = this.pending.indexOf(10);
      if (end >= 0) {
        const line = new TextDecoder().decode(this.pending.subarray(0, end));
        this.pending = this.pending.slice(end + 1);
        return { ok: true, value: line };
      }
      // A dropped future drops what it waits for. The field then holds a read that is over.
      this.reading ??= this.stream.read(1_024);
      const got = yield* this.reading;
      this.reading = null;
      if (!got.ok || got.value.length === 0) return { ok: false, error: "closed" };
      this.pending = Uint8Array.from([...this.pending, ...got.value]);
    }
  }
}
