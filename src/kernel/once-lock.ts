import type { Payload } from "#abi";
import type { Thread } from "./thread.ts";

/** A value that is set once, by whoever comes first. */
export class OnceLock {
  readonly type = "once-lock";
  readonly id: number;
  readonly site: number;
  /** Null before it is set. */
  value: Payload | null = null;
  /** Who computes the value right now. */
  initialiser: Thread | null = null;

  constructor(id: number, site: number) {
    this.id = id;
    this.site = site;
  }

  /** `thread` panicked: the next one may compute the value. */
  abandon(thread: Thread): void {
    if (this.initialiser === thread) this.initialiser = null;
  }
}
