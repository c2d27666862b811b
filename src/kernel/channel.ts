import type { Payload } from "#abi";
import type { Caller } from "./caller.ts";
import type { Ended } from "./ended.ts";

/** A queue between threads; unbounded where `capacity` is Infinity, a rendezvous where it is 0. */
export class Channel implements Ended {
  readonly type = "channel";
  readonly id: number;
  readonly site: number;
  readonly capacity: number;
  readonly queue: Payload[] = [];
  senders = 0;
  receiverAlive = true;
  /** Receivers that wait at a rendezvous. */
  receiversWaiting = 0;

  constructor(id: number, site: number, capacity: number) {
    this.id = id;
    this.site = site;
    this.capacity = capacity;
  }

  /** Sends that stand in line, in order: those of tasks, and those of threads at a rendezvous. */
  readonly sending: Caller[] = [];

  /** Whether `caller` can send now: those in line in order, others as the chooser has it. */
  hasRoomFor(caller: Caller): boolean {
    return Math.max(0, this.sending.indexOf(caller)) < this.#room;
  }

  /** Whether there is room that nobody in line waits for. */
  get hasSpareRoom(): boolean {
    return this.sending.length < this.#room;
  }

  /** Whether there is something to receive; at a rendezvous it is still with its sender. */
  get hasValue(): boolean {
    return this.queue.length > 0 || (this.capacity === 0 && this.sending.length > 0);
  }

  get receivers(): number {
    return this.receiverAlive ? 1 : 0;
  }

  loseReceiver(): readonly Payload[] {
    this.receiverAlive = false;
    return this.queue.splice(0);
  }

  get #room(): number {
    return (this.capacity === 0 ? this.receiversWaiting : this.capacity) - this.queue.length;
  }
}
