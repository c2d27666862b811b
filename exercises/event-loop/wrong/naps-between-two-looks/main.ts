import type { TcpListener, TcpStream } from "std/net";
import { sleep } from "std/thread";

interface Client {
  stream: TcpStream;
  partial: number[];
  unsent: number[];
  hasEnded: boolean;
}

/** Nothing of it waits, except for a nap between two rounds: a thousand rounds a second for nobody. */
export function serve(listener: TcpListener, stop: TcpStream): number {
  let clients: Client[] = [];
  let lines = 0;
  listener.setNonblocking(true);
  stop.setNonblocking(true);
  while (true) {
    const word = stop.read(1);
    if (word.ok) break;
    for (let it = listener.accept(); it.ok; it = listener.accept()) {
      it.value.setNonblocking(true);
      clients.push({ stream: it.value, partial: [], unsent: [], hasEnded: false });
    }
    const staying: Client[] = [];
    for (const client of clients) {
      lines += receive(client);
      if (send(client)) staying.push(client);
      else client.stream.close();
    }
    clients = staying;
    sleep(1);
  }
  for (const { stream } of clients) stream.close();
  return lines;
}

function receive(client: Client): number {
  if (client.hasEnded) return 0;
  const got = client.stream.read(4_096);
  if (!got.ok) {
    if (got.error === "reset") client.hasEnded = true;
    return 0;
  }
  if (got.value.length === 0) client.hasEnded = true;
  client.partial.push(...got.value);
  const whole = client.partial.splice(0, client.partial.lastIndexOf(10) + 1);
  client.unsent.push(...whole);
  return whole.filter((byte) => byte === 10).length;
}

/** False: nothing is left to do for this client. */
function send(client: Client): boolean {
  if (client.unsent.length === 0) return !client.hasEnded;
  const sent = client.stream.write(Uint8Array.from(client.unsent));
  if (!sent.ok) return sent.error === "would-block";
  client.unsent.splice(0, sent.value);
  return true;
}
