import type { Async, Result } from "rt";
import type { AsyncTcpStream } from "rt/net";

export class Lines {
  private readonly stream: AsyncTcpStream;
  private bytes: number[] = [];
  private ahead: number | undefined = undefined;

  constructor(stream: AsyncTcpStream) {
    this.stream = stream;
  }

  *next(): Async<Result<string, "closed">> {
    while (true) {
      const byte = this.ahead ?? (yield* this.byte());
      if (byte === undefined) return { ok: false, error: "closed" };
      // "Is there more?" The byte of before is in nobody's hands but this future's while it waits.
      this.ahead = yield* this.byte();
      if (byte === 10) {
        const line = new TextDecoder().decode(Uint8Array.from(this.bytes));
        this.bytes = [];
        return { ok: true, value: line };
      }
      this.bytes.push(byte);
    }
  }

  private *byte(): Async<number | undefined> {
    const got = yield* this.stream.read(1);
    return got.ok ? got.value[0] : undefined;
  }
}
