import { formatCount } from "#base";
import type { Caller } from "../caller.ts";
import type { Endpoint } from "../endpoints.ts";
import type { Kernel } from "../kernel.ts";
import { type LaunchedFlight, type Link, LOCAL_LINK } from "./link.ts";
import { Listener } from "./listener.ts";
import type { Peer } from "./peer.ts";
import type { PipeHost } from "./pipe.ts";
import { Stream } from "./stream.ts";

/** Sockets that may be open at once, as `ulimit -n` has it. */
const SOCKETS_MAX = 1_024;
/** Connections that wait to be accepted where nothing else is said, as in Rust's std. */
const BACKLOG = 128;
/** Ports from here on are given to whoever asks for none. */
const FREE_PORTS = 49_152;
const PORTS_END = 65_536;
/** A connection that finds the backlog full is tried again after a second, then after twice as long, so many times. */
const RETRY_NS = 1_000_000_000;
const RETRIES_MAX = 6;

/**
 * The machine's network: ports, and connections between the programs on it (threads, and scripted peers).
 * Simplifies: no packet is lost, and what a side has read makes room for the other at once; no program can tell,
 * since both only change when something arrives.
 */
export class Network {
  link: Link = LOCAL_LINK;
  /** How much of a read or write takes place is a choice. */
  shortTransfers = true;
  readonly flights: LaunchedFlight[] = [];
  /** Scripted peers, in the order in which they were made. */
  readonly peers: Peer[] = [];
  /** Of each scripted server, the numbers of its peers. */
  readonly served: number[][] = [];
  readonly #kernel: Kernel;
  readonly #ports = new Map<number, Listener>();
  #nextFree: number = FREE_PORTS;
  #open = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** A listener at `port`, at any free one where that is 0; null where another one has it. */
  bind(site: number, port: number, backlog: number): Listener | null {
    const chosen = port === 0 ? this.#freePort() : port;
    if (this.#ports.has(chosen)) return null;
    const listener = this.#kernel.objects.make(
      (id) => new Listener(this, { id, site, port: chosen, backlog: backlog === 0 ? BACKLOG : backlog }),
    );
    this.#ports.set(chosen, listener);
    return listener;
  }

  /** The listener at `port`; null where there is none. */
  listenerAt(port: number): Listener | null {
    return this.#ports.get(port) ?? null;
  }

  unbind(listener: Listener): void {
    this.#ports.delete(listener.port);
    if (listener.onConnection === null) this.#open--;
  }

  /** Begins a connection to `port`; the answer comes one way there and one way back later. */
  connect(site: number, port: number, link: Link = this.link): Stream {
    const { objects } = this.#kernel;
    const local = this.#freePort();
    const client = objects.make((id) => new Stream(this, { id, site, port: local }, link));
    const server = objects.make((id) => new Stream(this, { id, site: 0, port }, link));
    Stream.pair(client, server);
    this.#knock(client, link, 0);
    return client;
  }

  /** A handle of `socket` for the caller, its first. */
  open(caller: Caller, socket: Listener | Stream): Endpoint {
    this.#open++;
    if (socket.type === "stream") socket.counted = true;
    return this.#kernel.endpoints.createHandle(socket, caller.owner);
  }

  /** An end is closed; those of scripted peers, and those that nobody accepted, were never counted. */
  forget(stream: Stream): void {
    if (stream.counted) this.#open--;
  }

  /** Ends the run, and false, where a further socket would be one too many. */
  mayOpen(caller: Caller): boolean {
    if (this.#open < SOCKETS_MAX) return true;
    this.#kernel.fail(
      "over-limit",
      `${caller.name} opens a socket while ${formatCount(SOCKETS_MAX)} are open, the most there can be. Close those that it is done with: \`stream.close()\`.`,
      caller,
    );
    return false;
  }

  /** Something about socket `id` has changed. Object 0 is what polls wait for: they watch many. */
  changed(id: number): void {
    this.#kernel.touch(id);
    this.#kernel.touch(0);
  }

  get nowNs(): number {
    return this.#kernel.nowNs;
  }

  at(ns: number, action: () => void): void {
    this.#kernel.timers.at(ns, action);
  }

  hostFor(to: Stream): PipeHost {
    const kernel = this.#kernel;
    return {
      get nowNs() {
        return kernel.nowNs;
      },
      get eventCount() {
        return kernel.recorder.events.length;
      },
      at: (ns, action) => void kernel.timers.at(ns, action),
      launch: (bytes, arrivesNs) => this.#launch(to, bytes, arrivesNs),
    };
  }

  #launch(to: Stream, bytes: string, arrivesNs: number): LaunchedFlight | null {
    const { recorder, nowNs } = this.#kernel;
    if (!recorder.keeps) return null;
    const flight: LaunchedFlight = {
      from: to.peer.id,
      to: to.id,
      sentNs: nowNs,
      arrivesNs,
      bytes,
      sentAfter: recorder.events.length,
      readAfter: [],
    };
    this.flights.push(flight);
    return flight;
  }

  /** Asks at the port, one way later; tries again where the backlog is full. */
  #knock(client: Stream, link: Link, retries: number): void {
    this.#after(link.latencyNs, () => {
      if (client.closed) return;
      const listener = this.#ports.get(client.peer.port);
      if (listener === undefined) return this.#answer(client, link, "refused");
      if (!listener.isFull) {
        client.peer.state = "open";
        listener.arrive(client.peer);
        return this.#answer(client, link, "open");
      }
      const pauseNs = Math.max(0, RETRY_NS * (1 << retries) - link.latencyNs);
      if (retries < RETRIES_MAX) this.#after(pauseNs, () => this.#knock(client, link, retries + 1));
      else this.#after(pauseNs, () => this.#answer(client, link, "lost"));
    });
  }

  #answer(client: Stream, link: Link, state: "open" | "refused" | "lost"): void {
    this.#after(state === "lost" ? 0 : link.latencyNs, () => {
      if (client.closed) return;
      client.state = state;
      client.changed();
    });
  }

  #after(ns: number, action: () => void): void {
    if (ns === 0) action();
    else this.#kernel.timers.at(this.#kernel.nowNs + ns, action);
  }

  #freePort(): number {
    const port = this.#nextFree++;
    if (this.#nextFree === PORTS_END) this.#nextFree = FREE_PORTS;
    return this.#ports.has(port) ? this.#freePort() : port;
  }
}
