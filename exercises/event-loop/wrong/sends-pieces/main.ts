import { poll, type Interest, type Pollable, type TcpListener, type TcpStream } from "std/net";

/** Sends back what it reads as it comes. */
export function serve(listener: TcpListener, stop: TcpStream): number {
  const connections = new Map<Pollable, Connection>();
  let lines = 0;
  try {
    while (true) {
      const interests: Interest[] = [
        { source: stop, readable: true },
        { source: listener, readable: true },
      ];
      for (const connection of connections.values()) interests.push(connection.interest);

      // The only call of this function that waits.
      for (const { source, readable, writable } of poll(interests)) {
        if (source === stop) return lines;
        if (source === listener) {
          const accepted = listener.accept();
          if (accepted.ok) connections.set(accepted.value, new Connection(accepted.value));
          continue;
        }
        const connection = connections.get(source);
        if (connection === undefined) continue;
        if (readable) lines += connection.receive();
        if (writable) connection.send();
        if (!connection.isOver) continue;
        connection.close();
        connections.delete(source);
      }
    }
  } finally {
    for (const connection of connections.values()) connection.close();
  }
}

const NEWLINE = 10;

/** One client, and where we are with it: what a thread of its own would have on its stack. */
class Connection {
  private readonly stream: TcpStream;
  /** Has come, and is no whole line yet. */
  private partial = new Uint8Array(0);
  /** Whole lines that have to go back. */
  private unsent = new Uint8Array(0);
  /** The client sends no more. */
  private hasEnded = false;
  private isCutOff = false;

  constructor(stream: TcpStream) {
    this.stream = stream;
  }

  /** An end stays readable, and room stays writable: ask for neither when there is nothing to do about it. */
  get interest(): Interest {
    return { source: this.stream, readable: !this.hasEnded, writable: this.unsent.length > 0 };
  }

  get isOver(): boolean {
    return this.isCutOff || (this.hasEnded && this.unsent.length === 0);
  }

  /** One read, which does not wait since there is something; returns how many lines it has completed. */
  receive(): number {
    const got = this.stream.read(4_096);
    if (!got.ok) {
      this.isCutOff = true;
      return 0;
    }
    if (got.value.length === 0) {
      this.hasEnded = true;
      return 0;
    }
    const bytes = joined(this.partial, got.value);
    const end = bytes.length;
    this.partial = bytes.slice(end);
    const whole = bytes.slice(0, end);
    this.unsent = joined(this.unsent, whole);
    return whole.filter((byte) => byte === NEWLINE).length;
  }

  /** One write, which does not wait since there is room. What it did not take is written when there is room again. */
  send(): void {
    const sent = this.stream.write(this.unsent);
    if (sent.ok) this.unsent = this.unsent.slice(sent.value);
    else this.isCutOff = true;
  }

  close(): void {
    this.stream.close();
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
