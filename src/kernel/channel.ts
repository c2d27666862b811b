import type { Payload } from "#abi";

/** A queue between threads; unbounded where `capacity` is Infinity, a rendezvous where it is 0. */
export class Channel {
  readonly type = "channel";
  readonly id: number;
  readonly site: number;
  readonly capacity: number;
  readonly queue: Payload[] = [];
  senders = 0;
  receiverAlive = true;
  /** Receivers blocked right now: what a rendezvous waits for. */
  receiversWaiting = 0;

  constructor(id: number, site: number, capacity: number) {
    this.id = id;
    this.site = site;
    this.capacity = capacity;
  }

  get hasRoom(): boolean {
    return this.queue.length < (this.capacity === 0 ? this.receiversWaiting : this.capacity);
  }
}
