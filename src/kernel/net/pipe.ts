import { type LaunchedFlight, type Link, SEGMENT_BYTES } from "./link.ts";

/** What a pipe asks of the machine around it. */
export interface PipeHost {
  readonly nowNs: number;
  /** Events recorded so far. */
  readonly eventCount: number;
  at(ns: number, action: () => void): void;
  /** Keeps a flight for the trace; null where nothing is recorded. */
  launch(bytes: string, arrivesNs: number): LaunchedFlight | null;
}

/** What the reader finds behind the last byte. */
export type PipeEnd = "open" | "ended" | "reset";

interface Piece {
  readonly bytes: string;
  readonly flight: LaunchedFlight | null;
}

/**
 * One direction of a connection: bytes leave one after the other, travel, arrive in order, and are taken in order.
 * Owns the bytes from the write to the read. Does not own what either side makes of them (stream.ts).
 */
export class Pipe {
  readonly capacity: number;
  /** Bytes that have arrived and were not taken. */
  arrived = 0;
  end: PipeEnd = "open";
  /** Bytes that were written and neither taken nor thrown away. */
  #held = 0;
  /** Of the first piece, how much was taken. */
  #offset = 0;
  /** When the last byte has left. */
  #busyUntilNs = 0;
  readonly #pieces: Piece[] = [];
  readonly #host: PipeHost;
  readonly #link: Link;
  readonly #onArrival: (what: "bytes" | "end") => void;

  constructor(host: PipeHost, link: Link, onArrival: (what: "bytes" | "end") => void) {
    this.#host = host;
    this.#link = link;
    this.#onArrival = onArrival;
    this.capacity = link.bufferBytes;
  }

  get room(): number {
    return this.capacity - this.#held;
  }

  /** Bytes that are still on their way. */
  get inFlight(): number {
    return this.#held - this.arrived;
  }

  /** Takes all of `bytes`, for which there must be room. */
  write(bytes: string): void {
    this.#held += bytes.length;
    const size = this.#link.nsPerByte === 0 ? bytes.length : SEGMENT_BYTES;
    for (let from = 0; from < bytes.length; from += size) {
      const segment = bytes.slice(from, from + size);
      const flight = this.#host.launch(segment, this.#leave(segment.length));
      this.#onceArrived(() => {
        this.#pieces.push({ bytes: segment, flight });
        this.arrived += segment.length;
        this.#onArrival("bytes");
      });
    }
  }

  /** Says that nothing more comes, behind everything written. */
  finish(end: "ended" | "reset"): void {
    this.#leave(0);
    this.#onceArrived(() => {
      if (this.end !== "reset") this.end = end;
      this.#onArrival("end");
    });
  }

  /** The next `count` bytes, which must have arrived. */
  take(count: number): string {
    let taken = "";
    while (taken.length < count) {
      const piece = this.#pieces[0] as Piece;
      const part = piece.bytes.slice(this.#offset, this.#offset + count - taken.length);
      piece.flight?.readAfter.push(this.#host.eventCount);
      taken += part;
      this.#offset += part.length;
      if (this.#offset < piece.bytes.length) break;
      this.#pieces.shift();
      this.#offset = 0;
    }
    this.arrived -= count;
    this.#held -= count;
    return taken;
  }

  /** Throws away what has arrived. */
  discard(): void {
    this.#held -= this.arrived;
    this.arrived = 0;
    this.#pieces.length = 0;
    this.#offset = 0;
  }

  /** The instant at which what leaves now arrives. */
  #leave(bytes: number): number {
    this.#busyUntilNs =
      Math.max(this.#busyUntilNs, this.#host.nowNs) + Math.ceil(bytes * this.#link.nsPerByte);
    return this.#busyUntilNs + this.#link.latencyNs;
  }

  #onceArrived(action: () => void): void {
    const arrivesNs = this.#busyUntilNs + this.#link.latencyNs;
    if (arrivesNs <= this.#host.nowNs) action();
    else this.#host.at(arrivesNs, action);
  }
}
