import type { Payload } from "#abi";
import type { Ended } from "./ended.ts";
import type { Thread } from "./thread.ts";

/** A value that senders replace, and whose receivers see the latest one only. */
export class Watch implements Ended {
  readonly type = "watch";
  readonly id: number;
  readonly site: number;
  value: Payload;
  senders = 0;
  /** The thread that computes the next value from this one; others wait to read or write. */
  modifier: Thread | null = null;
  /** How often the value was replaced. */
  #version = 0;
  /** The version that a receiver has seen last, by endpoint. */
  readonly #seen = new Map<number, number>();

  constructor(id: number, site: number, value: Payload) {
    this.id = id;
    this.site = site;
    this.value = value;
  }

  get receivers(): number {
    return this.#seen.size;
  }

  /** A new receiver: it has seen what `like` has seen, or where that is no receiver the value as it is. */
  subscribe(receiver: number, like: number): void {
    this.#seen.set(receiver, this.#seen.get(like) ?? this.#version);
  }

  loseReceiver(receiver: number): readonly Payload[] {
    this.#seen.delete(receiver);
    return [];
  }

  replace(value: Payload): void {
    this.value = value;
    this.#version++;
  }

  hasChangedFor(receiver: number): boolean {
    return (this.#seen.get(receiver) ?? this.#version) < this.#version;
  }

  markSeen(receiver: number): void {
    if (this.#seen.has(receiver)) this.#seen.set(receiver, this.#version);
  }

  isFreeFor(thread: Thread): boolean {
    return this.modifier === null || this.modifier === thread;
  }

  /** `thread` panicked: the value stays as it is. */
  abandon(thread: Thread): void {
    if (this.modifier === thread) this.modifier = null;
  }
}
