import type { Payload } from "#abi";
import type { Ended } from "./ended.ts";

/** A channel whose receivers each get every value, as long as they keep up: the last `capacity` values are kept. */
export class Broadcast implements Ended {
  readonly type = "broadcast";
  readonly id: number;
  readonly site: number;
  readonly capacity: number;
  senders = 0;
  /** The values that are kept, oldest first. */
  readonly #values: Payload[] = [];
  #sent = 0;
  /** How many values were sent before the one that a receiver gets next, by endpoint. */
  readonly #next = new Map<number, number>();

  constructor(id: number, site: number, capacity: number) {
    this.id = id;
    this.site = site;
    this.capacity = capacity;
  }

  get receivers(): number {
    return this.#next.size;
  }

  /** The receiver gets what is sent from now on. */
  subscribe(receiver: number): void {
    this.#next.set(receiver, this.#sent);
  }

  loseReceiver(receiver: number): readonly Payload[] {
    this.#next.delete(receiver);
    return [];
  }

  send(value: Payload): void {
    this.#sent++;
    this.#values.push(value);
    if (this.#values.length > this.capacity) this.#values.shift();
  }

  /** Whether the receiver has not had all values. */
  hasMore(receiver: number): boolean {
    return this.#positionOf(receiver) < this.#sent;
  }

  /** The receiver's next value, or how many it has missed: it goes on with the oldest that is kept. */
  take(receiver: number): { readonly value: Payload } | { readonly missed: number } {
    const position = this.#positionOf(receiver);
    const oldest = this.#sent - this.#values.length;
    if (position < oldest) {
      this.#next.set(receiver, oldest);
      return { missed: oldest - position };
    }
    this.#next.set(receiver, position + 1);
    return { value: this.#values[position - oldest] ?? "u" };
  }

  #positionOf(receiver: number): number {
    return this.#next.get(receiver) ?? this.#sent;
  }
}
