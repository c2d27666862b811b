import type { Async, Result } from "rt";
import type { AsyncTcpStream } from "rt/net";

export class Lines {
  private readonly stream: AsyncTcpStream;
  private rest: Uint8Array = new Uint8Array();

  constructor(stream: AsyncTcpStream) {
    this.stream = stream;
  }

  *next(): Async<Result<string, "closed">> {
    // It is put back when the line is complete. A future that is dropped never gets there.
    let bytes = this.rest;
    this.rest = new Uint8Array();
    while (true) {
      const end = bytes.indexOf(10);
      if (end >= 0) {
        this.rest = bytes.slice(end + 1);
        return { ok: true, value: new TextDecoder().decode(bytes.subarray(0, end)) };
      }
      const got = yield* this.stream.read(1_024);
      if (!got.ok || got.value.length === 0) return { ok: false, error: "closed" };
      bytes = Uint8Array.from([...bytes, ...got.value]);
    }
  }
}
