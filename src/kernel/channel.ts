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
  /** Receivers blocked right now: what a rendezvous waits for. */
  receiversWaiting = 0;

  constructor(id: number, site: number, capacity: number) {
    this.id = id;
    this.site = site;
    this.capacity = capacity;
  }

  /** Sends of tasks that wait for room, in order. */
  readonly sending: Caller[] = [];

  /** Whether `caller` can send now: tasks are served in order, threads as the chooser has it. */
  hasRoomFor(caller: Caller): boolean {
    if (caller === caller.thread) return this.hasRoom;
    return this.sending.indexOf(caller) < this.capacity - this.queue.length;
  }

  get receivers(): number {
    return this.receiverAlive ? 1 : 0;
  }

  loseReceiver(): readonly Payload[] {
    this.receiverAlive = false;
    return this.queue.splice(0);
  }

  get hasRoom(): boolean {
    return this.queue.length < (this.capacity === 0 ? this.receiversWaiting : this.capacity);
  }
}
