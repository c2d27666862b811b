import type { Network } from "./network.ts";
import type { Stream } from "./stream.ts";

/** What a scripted peer does at an instant, counted from when its connection was asked for or came. */
export type PeerStep = { readonly atNs: number } & (
  | { readonly do: "send"; readonly bytes: string }
  | { readonly do: "stall" | "resume" | "shutdown" | "close" | "reset" }
);

/** What a scripted peer has lived through; instants are -1 where it never came to that. */
export interface PeerReport {
  readonly connectedNs: number;
  readonly refused: boolean;
  /** Bytes as they were read, one character a byte, with the instants. */
  readonly received: readonly (readonly [atNs: number, bytes: string])[];
  /** Bytes of its script that it has not got rid of. */
  readonly unsent: number;
  readonly endedNs: number;
  readonly resetNs: number;
}

/**
 * The other side of a connection, played by the machine: no thread, seen by nobody but whoever wrote the script.
 * A step that must wait (to send what finds no room) holds up those behind it, as it would in a program.
 */
export class Peer {
  readonly #network: Network;
  #stream: Stream | null = null;
  #startNs = 0;
  readonly #steps: readonly PeerStep[];
  readonly #received: [number, string][] = [];
  #next = 0;
  /** Of the step that sends, how much has gone. */
  #sent = 0;
  #reads = true;
  #isPumping = false;
  #changed = false;
  #connectedNs = -1;
  #endedNs = -1;
  #resetNs = -1;

  constructor(network: Network, steps: readonly PeerStep[]) {
    this.#network = network;
    this.#steps = steps;
  }

  /** Begins: `stream` is its end of the connection from now on. */
  use(stream: Stream): void {
    this.#stream = stream;
    this.#startNs = this.#network.nowNs;
    stream.onChange = () => this.#pump(stream);
    for (const atNs of new Set(this.#steps.map((step) => this.#startNs + step.atNs)))
      if (atNs > this.#startNs) this.#network.at(atNs, () => this.#pump(stream));
    this.#pump(stream);
  }

  get report(): PeerReport {
    const left = this.#steps.slice(this.#next);
    const bytes = left.reduce((sum, step) => sum + (step.do === "send" ? step.bytes.length : 0), 0);
    return {
      connectedNs: this.#connectedNs,
      refused: this.#stream?.state === "refused" || this.#stream?.state === "lost",
      received: this.#received,
      unsent: bytes - this.#sent,
      endedNs: this.#endedNs,
      resetNs: this.#resetNs,
    };
  }

  /** Does all that can be done. What it does may change its own end at once, where bytes take no time. */
  #pump(stream: Stream): void {
    this.#changed = true;
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (this.#changed) {
      this.#changed = false;
      this.#turn(stream);
    }
    this.#isPumping = false;
  }

  #turn(stream: Stream): void {
    if (stream.closed || stream.state !== "open") return;
    if (this.#connectedNs < 0) this.#connectedNs = this.#network.nowNs;
    this.#read(stream);
    this.#act(stream);
    this.#read(stream);
  }

  #read(stream: Stream): void {
    const { incoming } = stream;
    if (!this.#reads || stream.closed) return;
    if (incoming.arrived > 0) this.#received.push([this.#network.nowNs, stream.take(incoming.arrived)]);
    if (incoming.end === "ended" && this.#endedNs < 0) this.#endedNs = this.#network.nowNs;
    if (stream.reset && this.#resetNs < 0) this.#resetNs = this.#network.nowNs;
  }

  #act(stream: Stream): void {
    for (;;) {
      const step = this.#steps[this.#next];
      if (step === undefined || this.#startNs + step.atNs > this.#network.nowNs || stream.closed) return;
      if (step.do === "send" && !this.#send(stream, step.bytes)) return;
      this.#next++;
      this.#sent = 0;
      if (step.do !== "send") this.#do(stream, step.do);
    }
  }

  /** False where part of it must wait for room. */
  #send(stream: Stream, bytes: string): boolean {
    if (stream.reset || stream.writeShut) return true;
    const piece = bytes.slice(this.#sent, this.#sent + stream.outgoing.room);
    this.#sent += piece.length;
    if (piece !== "") stream.send(piece);
    return this.#sent === bytes.length;
  }

  #do(stream: Stream, action: Exclude<PeerStep["do"], "send">): void {
    switch (action) {
      case "stall":
        this.#reads = false;
        return;
      case "resume":
        this.#reads = true;
        return;
      case "shutdown":
        return stream.shutdownWrite();
      case "close":
        return stream.close();
      case "reset":
        return stream.abort();
    }
  }
}
