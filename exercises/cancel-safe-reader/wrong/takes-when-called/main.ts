import type { Async, Future, Result } from "rt";
import type { AsyncTcpStream } from "rt/net";

type Line = Result<string, "closed">;

function* ready(line: string): Async<Line> {
  return { ok: true, value: line };
}

export class Lines {
  private readonly stream: AsyncTcpStream;
  private pending: Uint8Array = new Uint8Array();

  constructor(stream: AsyncTcpStream) {
    this.stream = stream;
  }

  next(): Future<Line> {
    // This is no async function: it takes the line now, whether anybody polls the future or not.
    const line = this.take();
    return line === undefined ? this.read() : ready(line);
  }

  private *read(): Async<Line> {
    while (true) {
      const got = yield* this.stream.read(1_024);
      if (!got.ok || got.value.length === 0) return { ok: false, error: "closed" };
      this.pending = Uint8Array.from([...this.pending, ...got.value]);
      const line = this.take();
      if (line !== undefined) return { ok: true, value: line };
    }
  }

  private take(): string | undefined {
    const end = this.pending.indexOf(10);
    if (end < 0) return undefined;
    const line = new TextDecoder().decode(this.pending.subarray(0, end));
    this.pending = this.pending.slice(end + 1);
    return line;
  }
}
