import type { Payload } from "#abi";
import type { Hold } from "./hold.ts";
import { PermitLine } from "./permit-line.ts";
import type { Thread } from "./thread.ts";

/** As many may read at once. */
const READERS_MAX = 2 ** 29;

/**
 * A lock around a value, for tasks: a mutex is one permit; of a lock that many may read, readers take one permit each
 * and a writer takes all. So both are given out strictly in order.
 */
export class AsyncLock {
  readonly type: "task-mutex" | "task-rw-lock";
  readonly id: number;
  readonly site: number;
  readonly line: PermitLine;
  value: Payload;
  /** What guards stand for, by the thread that made them and their number there. */
  readonly guards = new Map<string, Hold>();
  readonly #all: number;

  constructor(type: AsyncLock["type"], id: number, made: { readonly site: number; readonly value: Payload }) {
    this.type = type;
    this.id = id;
    this.site = made.site;
    this.value = made.value;
    this.#all = type === "task-mutex" ? 1 : READERS_MAX;
    this.line = new PermitLine(this.#all);
  }

  /** How many permits it takes to read, or to have the value for oneself. */
  permitsTo(mode: "read" | "write"): number {
    return mode === "read" ? 1 : this.#all;
  }

  isWriting({ permits }: Pick<Hold, "permits">): boolean {
    return permits === this.#all;
  }

  isHeldBy(_thread: Thread, owner: number): boolean {
    return this.#holdsOf(owner).length > 0;
  }

  /** Whether `owner` holds it and nobody else does. */
  isHeldAloneBy(owner: number): boolean {
    return this.#holdsOf(owner).some((hold) => this.isWriting(hold));
  }

  #holdsOf(owner: number): readonly Hold[] {
    return [...this.line.holds].filter((hold) => hold.endpoint?.owners.has(owner) === true);
  }
}
