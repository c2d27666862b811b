import type { Payload } from "#abi";
import { endpointsOf } from "#abi";
import { invariant } from "#base";
import { Channel } from "./channel.ts";
import type { Caller } from "./caller.ts";
import type { Ended } from "./ended.ts";
import type { Resource } from "./resource.ts";

/** Where a moved endpoint went, for the message when its old owner still uses it. */
export interface Move {
  readonly variable: string;
  readonly into: string;
  readonly site: number;
}

/**
 * What has owners: one end of a channel, or a handle of a socket, an open file or a permit. Owners are threads (their number,
 * from 0), tasks, and containers that hold it for somebody: a message in flight, a lock's value, a thread's result
 * (minus the object's number). It is alive while it has an owner.
 */
export interface Endpoint {
  readonly id: number;
  readonly side: "sender" | "receiver" | "handle";
  readonly object: Ended | Resource;
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

/** An object lost an end; `closed`: of a channel, and none is left on that side. */
type Changed = (object: number, closed?: "senders" | "receiver") => void;

/** All endpoints of one run, and who owns them. */
export class Endpoints {
  readonly #all: Endpoint[] = [];
  /** Those that have an owner, in the order in which they were made. */
  readonly #alive = new Set<Endpoint>();
  readonly #changed: Changed;

  /** `changed` is told which object lost an end. */
  constructor(changed: Changed) {
    this.#changed = changed;
  }

  create(side: "sender" | "receiver", channel: Ended, owner: number): Endpoint {
    if (side === "sender") channel.senders++;
    return this.#add(side, channel, owner);
  }

  /** A further handle of `resource`. */
  createHandle(resource: Resource, owner: number): Endpoint {
    resource.handles++;
    return this.#add("handle", resource, owner);
  }

  #add(side: Endpoint["side"], object: Endpoint["object"], owner: number): Endpoint {
    const endpoint: Endpoint = {
      id: this.#all.length + 1,
      side,
      object,
      owners: new Set([owner]),
      moves: new Map(),
      user: -1,
    };
    this.#all.push(endpoint);
    this.#alive.add(endpoint);
    return endpoint;
  }

  get(id: number): Endpoint {
    const endpoint = this.#all[id - 1];
    invariant(endpoint, `no endpoint ${id}`);
    return endpoint;
  }

  /** The channel of the end `id`. */
  channelOf(id: number): Channel {
    const { object } = this.get(id);
    invariant(object instanceof Channel, `endpoint ${id} is no end of a channel`);
    return object;
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

  /** `owner` gives up its part; the last one to do so closes that side of the channel, or what it is a handle of. */
  release(endpoint: Endpoint, owner: number): void {
    if (!endpoint.owners.delete(owner) || endpoint.owners.size > 0) return;
    this.#alive.delete(endpoint);
    const { object } = endpoint;
    if ("handles" in object) {
      if (--object.handles === 0) object.close();
    } else if (endpoint.side === "sender") {
      if (--object.senders === 0) return this.#changed(object.id, "senders");
    } else {
      for (const message of object.loseReceiver(endpoint.id)) this.releaseIn(message, containerOf(object.id));
      if (object.receivers === 0) return this.#changed(object.id, "receiver");
    }
    this.#changed(object.id);
  }

  releaseAll(owner: number): void {
    for (const endpoint of this.#alive) this.release(endpoint, owner);
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

  /** Threads and tasks that own a sender of `channel`. */
  sendersOf(channel: Ended): number[] {
    return this.#owners(channel, "sender");
  }

  /** Threads and tasks that own a receiver of `channel`. */
  receiversOf(channel: Ended): number[] {
    return this.#owners(channel, "receiver");
  }

  /** Threads and tasks that own a handle of `resource`. */
  ownersOf(resource: Resource): number[] {
    return this.#owners(resource, "handle");
  }

  #owners(object: Endpoint["object"], side: Endpoint["side"]): number[] {
    const owners = new Set<number>();
    for (const endpoint of this.#alive)
      if (endpoint.side === side && endpoint.object === object)
        for (const owner of endpoint.owners) owners.add(owner);
    return [...owners].filter((owner) => owner >= 0).sort((x, y) => x - y);
  }
}
