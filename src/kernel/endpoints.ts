import type { Payload } from "#abi";
import { endpointsOf } from "#abi";
import { invariant } from "#base";
import type { Channel } from "./channel.ts";
import type { Caller } from "./caller.ts";

/** Where a moved endpoint went, for the message when its old owner still uses it. */
export interface Move {
  readonly variable: string;
  readonly into: string;
  readonly site: number;
}

/**
 * One end of a channel. Owners are threads (their number, from 0) and containers that hold it for
 * somebody: a message in flight, a lock's value, a thread's result (minus the object's number).
 * It is alive while it has an owner.
 */
export interface Endpoint {
  readonly id: number;
  readonly side: "sender" | "receiver";
  readonly channel: Channel;
  readonly owners: Set<number>;
  /** Last move away from an owner, by owner. */
  readonly moves: Map<number, Move>;
  /** The one thread that has used a receiver; -1 before. */
  user: number;
}

/** Container number of kernel object `object`, as an endpoint's owner. */
export function containerOf(object: number): number {
  return -object;
}

/** All endpoints of one run, and who owns them. */
export class Endpoints {
  readonly #all: Endpoint[] = [];

  create(side: Endpoint["side"], channel: Channel, owner: number): Endpoint {
    const endpoint: Endpoint = {
      id: this.#all.length + 1,
      side,
      channel,
      owners: new Set([owner]),
      moves: new Map(),
      user: -1,
    };
    this.#all.push(endpoint);
    if (side === "sender") channel.senders++;
    return endpoint;
  }

  get(id: number): Endpoint {
    const endpoint = this.#all[id - 1];
    invariant(endpoint, `no endpoint ${id}`);
    return endpoint;
  }

  /** Gives `endpoint` a further owner. */
  share(endpoint: Endpoint, owner: number): void {
    endpoint.owners.add(owner);
  }

  /** Takes `endpoint` from `from` and gives it to `to`, remembering the move for later messages. */
  move(endpoint: Endpoint, from: number, to: number, move: Move): void {
    endpoint.owners.add(to);
    endpoint.moves.set(from, move);
    this.release(endpoint, from);
  }

  /** `owner` gives up its part; the last one to do so closes that side of the channel. */
  release(endpoint: Endpoint, owner: number): void {
    if (!endpoint.owners.delete(owner) || endpoint.owners.size > 0) return;
    if (endpoint.side === "sender") endpoint.channel.senders--;
    else {
      endpoint.channel.receiverAlive = false;
      for (const message of endpoint.channel.queue) this.releaseIn(message, containerOf(endpoint.channel.id));
      endpoint.channel.queue.length = 0;
    }
  }

  releaseAll(owner: number): void {
    for (const endpoint of this.#all) this.release(endpoint, owner);
  }

  releaseIn(payload: Payload, owner: number): void {
    for (const id of endpointsOf(payload)) this.release(this.get(id), owner);
  }

  /** Endpoints inside a payload that arrives from container `from` belong to `thread` now. */
  arrive(payload: Payload, from: number, caller: Caller): void {
    for (const id of endpointsOf(payload)) {
      const endpoint = this.get(id);
      endpoint.owners.add(caller.owner);
      endpoint.moves.delete(caller.owner);
      if (endpoint.side === "receiver") endpoint.user = -1;
      this.release(endpoint, from);
    }
  }

  /** Threads that own a live sender of `channel`. */
  sendersOf(channel: Channel): number[] {
    const owners = new Set<number>();
    for (const endpoint of this.#all)
      if (endpoint.side === "sender" && endpoint.channel === channel)
        for (const owner of endpoint.owners) owners.add(owner);
    return [...owners].filter((owner) => owner >= 0).sort((x, y) => x - y);
  }

  /** Threads that own the receiver of `channel`. */
  receiversOf(channel: Channel): number[] {
    const receiver = this.#all.find(
      (endpoint) => endpoint.side === "receiver" && endpoint.channel === channel,
    );
    return receiver === undefined
      ? []
      : [...receiver.owners].filter((owner) => owner >= 0).sort((x, y) => x - y);
  }
}
