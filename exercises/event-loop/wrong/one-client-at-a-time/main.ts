import { poll, type Pollable, type TcpListener, type TcpStream } from "std/net";

/** Whoever comes waits until the client in front has left. */
export function serve(listener: TcpListener, stop: TcpStream): number {
  let lines = 0;
  while (true) {
    const ready = poll<Pollable>([
      { source: stop, readable: true },
      { source: listener, readable: true },
    ]);
    if (ready.some(({ source }) => source === stop)) return lines;
    const accepted = listener.accept();
    if (!accepted.ok) continue;
    using client = accepted.value;
    const bytes: number[] = [];
    while (
      poll([
        { source: stop, readable: true },
        { source: client, readable: true },
      ])[0]?.source === client
    ) {
      const got = client.read(4_096);
      if (!got.ok || got.value.length === 0) break;
      bytes.push(...got.value);
      const whole = bytes.splice(0, bytes.lastIndexOf(10) + 1);
      lines += whole.filter((byte) => byte === 10).length;
      client.writeAll(Uint8Array.from(whole));
    }
  }
}
