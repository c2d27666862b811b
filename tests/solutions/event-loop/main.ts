import { poll, type Interest, type TcpListener, type TcpStream } from "std/net";

/**
 * Every connection is in one of three states, and reads nothing while it has something to send: who does not take
 * answers can ask no more. What poll tells is not looked at, except for stop: whoever wakes up tries everything.
 */
export function serve(listener: TcpListener, stop: TcpStream): number {
  listener.setNonblocking(true);
  let clients: Client[] = [];
  let lines = 0;
  while (!isReady(stop, listener, clients)) {
    for (let it = listener.accept(); it.ok; it = listener.accept()) clients.push(newClient(it.value));
    for (const client of clients) lines += goOn(client);
    for (const client of clients) if (client.state === "over") client.stream.close();
    clients = clients.filter((client) => client.state !== "over");
  }
  for (const client of clients) client.stream.close();
  return lines;
}

type State = "reading" | "writing" | "over";

interface Client {
  stream: TcpStream;
  state: State;
  /** While reading: the beginning of a line. While writing: the lines, and the beginning of one behind them. */
  bytes: number[];
  /** How many of the bytes are whole lines and still have to go. */
  toSend: number;
}

function newClient(stream: TcpStream): Client {
  stream.setNonblocking(true);
  return { stream, state: "reading", bytes: [], toSend: 0 };
}

/** Sleeps until there is something to do; true: stop. */
function isReady(stop: TcpStream, listener: TcpListener, clients: readonly Client[]): boolean {
  const interests: Interest[] = clients.map(({ stream, state }) => ({
    source: stream,
    readable: state === "reading",
    writable: state !== "reading",
  }));
  const ready = poll([...interests, { source: listener, readable: true }, { source: stop, readable: true }]);
  return ready.some(({ source }) => source === stop);
}

/** One step, or a few as long as they do not wait; returns how many lines have come. */
function goOn(client: Client): number {
  let lines = 0;
  for (let step = 0; step < 4; step += 1) {
    if (client.state === "over") break;
    if (client.state === "reading") lines += read(client);
    else write(client);
  }
  return lines;
}

function read(client: Client): number {
  const got = client.stream.read(512);
  if (!got.ok) {
    if (got.error !== "would-block") client.state = "over";
    return 0;
  }
  if (got.value.length === 0) {
    client.state = "over";
    return 0;
  }
  client.bytes.push(...got.value);
  client.toSend = client.bytes.lastIndexOf(10) + 1;
  if (client.toSend > 0) client.state = "writing";
  return got.value.filter((byte) => byte === 10).length;
}

function write(client: Client): void {
  const sent = client.stream.write(Uint8Array.from(client.bytes.slice(0, client.toSend)));
  if (!sent.ok) {
    if (sent.error !== "would-block") client.state = "over";
    return;
  }
  client.bytes.splice(0, sent.value);
  client.toSend -= sent.value;
  if (client.toSend === 0) client.state = "reading";
}
