import type { Resource } from "../resource.ts";
import type { Link } from "./link.ts";
import type { Network } from "./network.ts";
import { Pipe } from "./pipe.ts";

/**
 * How far a connection is.
 *
 *   connecting   the other side has not answered
 *   open         it has; the bytes' state is the pipes'
 *   refused      nobody listens there
 *   lost         nobody answered
 */
export type StreamState = "connecting" | "open" | "refused" | "lost";

/** One end of a connection. */
export class Stream implements Resource {
  readonly type = "stream";
  readonly id: number;
  /** Where it was connected or accepted. */
  site: number;
  /** Port of this side. */
  readonly port: number;
  handles = 0;
  state: StreamState = "connecting";
  nonblocking = false;
  readTimeoutNs = Infinity;
  writeTimeoutNs = Infinity;
  readShut = false;
  writeShut = false;
  /** Nobody holds it any more. */
  closed = false;
  /** It counts as one of the program's open sockets. */
  counted = false;
  /** The other side has cut the connection off. */
  reset = false;
  /** What comes from the other side. */
  readonly incoming: Pipe;
  /** Told of every change: a scripted peer that uses this end (peer.ts). */
  onChange: (() => void) | null = null;

  readonly #network: Network;
  #peer: Stream | null = null;
  #isClient = false;
  #cutsOff = false;

  constructor(network: Network, made: { id: number; site: number; port: number }, link: Link) {
    this.id = made.id;
    this.site = made.site;
    this.port = made.port;
    this.#network = network;
    this.incoming = new Pipe(network.hostFor(this), link, (what) => this.#arrived(what));
  }

  /** The two ends of one connection. */
  static pair(client: Stream, server: Stream): void {
    client.#peer = server;
    client.#isClient = true;
    server.#peer = client;
  }

  get title(): string {
    return `the connection ${this.#isClient ? "to" : "from"} port ${this.peer.port}`;
  }

  get peer(): Stream {
    return this.#peer as Stream;
  }

  /** What goes to the other side. */
  get outgoing(): Pipe {
    return this.peer.incoming;
  }

  /** A read would not wait. */
  get readable(): boolean {
    return this.incoming.arrived > 0 || this.incoming.end !== "open" || this.readShut || this.reset;
  }

  /** A write would not wait. */
  get writable(): boolean {
    return this.state === "open" && (this.outgoing.room > 0 || this.writeShut || this.reset);
  }

  /** Nothing can be written and nothing will come any more. */
  get hungUp(): boolean {
    return (
      this.reset ||
      this.state === "refused" ||
      this.state === "lost" ||
      (this.writeShut && this.incoming.end !== "open")
    );
  }

  /** The next `count` bytes, which must be there. */
  take(count: number): string {
    const bytes = this.incoming.take(count);
    this.peer.changed();
    return bytes;
  }

  /** Sends `bytes`, for which there must be room. */
  send(bytes: string): void {
    this.outgoing.write(bytes);
  }

  shutdownWrite(): void {
    if (this.writeShut) return;
    this.writeShut = true;
    this.outgoing.finish("ended");
    this.changed();
  }

  shutdownRead(): void {
    this.readShut = true;
    this.incoming.discard();
    this.peer.changed();
    this.changed();
  }

  /** As the operating system does it: whoever leaves bytes unread cuts the connection off. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.state === "connecting" || this.incoming.arrived > 0) this.#cutOff();
    else if (this.state === "open") this.shutdownWrite();
    this.#network.forget(this);
  }

  /** Cuts the connection off: the other side learns it as `reset`. */
  abort(): void {
    if (this.closed) return;
    this.closed = true;
    this.#cutOff();
    this.#network.forget(this);
  }

  changed(): void {
    this.#network.changed(this.id);
    this.onChange?.();
  }

  #cutOff(): void {
    this.writeShut = true;
    if (this.reset || this.#cutsOff) return;
    this.#cutsOff = true;
    this.outgoing.finish("reset");
  }

  #arrived(what: "bytes" | "end"): void {
    if (this.closed && what === "bytes") {
      this.incoming.discard();
      this.#cutOff();
    } else if (this.readShut) this.incoming.discard();
    if (this.incoming.end === "reset") this.reset = true;
    this.changed();
    // What was thrown away makes room.
    if (this.closed || this.readShut) this.peer.changed();
  }
}
