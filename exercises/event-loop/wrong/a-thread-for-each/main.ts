import { poll, type Pollable, type TcpListener, TcpStream } from "std/net";
import { AtomicI32 } from "std/sync";
import { spawn } from "std/thread";

/** Right in every way but one: it does not do it in one thread. */
export function serve(listener: TcpListener, stop: TcpStream): number {
  const lines = new AtomicI32(0);
  const clients: TcpStream[] = [];
  while (true) {
    const ready = poll<Pollable>([
      { source: stop, readable: true },
      { source: listener, readable: true },
    ]);
    if (ready.some(({ source }) => source === stop)) break;
    const accepted = listener.accept();
    if (!accepted.ok) continue;
    const client = accepted.value;
    const theirs = client.tryClone();
    clients.push(client);
    spawn(() => echo(theirs, lines));
  }
  for (const client of clients) {
    client.shutdown("both");
    client.close();
  }
  return lines.load();
}

function echo(client: TcpStream, lines: AtomicI32): void {
  let bytes: number[] = [];
  while (true) {
    const got = client.read(4_096);
    if (!got.ok || got.value.length === 0) {
      client.shutdown("both");
      return;
    }
    bytes.push(...got.value);
    const end = bytes.lastIndexOf(10) + 1;
    lines.fetchAdd(bytes.slice(0, end).filter((byte) => byte === 10).length);
    if (!client.writeAll(Uint8Array.from(bytes.slice(0, end))).ok) return;
    bytes = bytes.slice(end);
  }
}
