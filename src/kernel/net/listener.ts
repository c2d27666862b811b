import type { Resource } from "../resource.ts";
import type { Network } from "./network.ts";
import type { Stream } from "./stream.ts";

/** A port that takes connections: those nobody has accepted wait here, as many as the backlog holds. */
export class Listener implements Resource {
  readonly type = "listener";
  readonly id: number;
  readonly site: number;
  readonly port: number;
  readonly backlog: number;
  readonly waiting: Stream[] = [];
  handles = 0;
  nonblocking = false;
  /** Takes connections at once: a scripted server (peer.ts). */
  onConnection: ((stream: Stream) => void) | null = null;
  readonly #network: Network;

  constructor(network: Network, made: { id: number; site: number; port: number; backlog: number }) {
    this.#network = network;
    this.id = made.id;
    this.site = made.site;
    this.port = made.port;
    this.backlog = made.backlog;
  }

  get title(): string {
    return `the listener at port ${this.port}`;
  }

  get isFull(): boolean {
    return this.waiting.length >= this.backlog;
  }

  /** A connection has come; there must be room. */
  arrive(stream: Stream): void {
    if (this.onConnection === null) this.waiting.push(stream);
    else this.onConnection(stream);
    this.#network.changed(this.id);
  }

  /** Connections that nobody has accepted are cut off. */
  close(): void {
    this.#network.unbind(this);
    for (const stream of this.waiting.splice(0)) stream.abort();
  }
}
