import type { Payload } from "#abi";
import type { Thread } from "./thread.ts";

/**
 * A lock that many threads hold to read or one holds to write. A writer that waits goes before every reader that
 * comes after it, and before those that wait already: writers do not starve, and a thread that reads twice may wait
 * for a writer that waits for it.
 */
export class RwLock {
  readonly type = "rw-lock";
  readonly id: number;
  readonly site: number;
  value: Payload;
  writer: Thread | null = null;
  /** Who holds it to read; a thread that reads twice is there twice. */
  readonly readers: Thread[] = [];
  /** Who waits to write, in order of arrival. */
  readonly writersWaiting: Thread[] = [];
  /** Where it was taken last. */
  heldAt = 0;
  poisoned = false;

  constructor(id: number, site: number, value: Payload) {
    this.id = id;
    this.site = site;
    this.value = value;
  }

  get canRead(): boolean {
    return this.writer === null && this.writersWaiting.length === 0;
  }

  get canWrite(): boolean {
    return this.writer === null && this.readers.length === 0;
  }

  isHeldBy(thread: Thread): boolean {
    return this.writer === thread || this.readers.includes(thread);
  }

  stopReading(thread: Thread): void {
    const at = this.readers.indexOf(thread);
    if (at >= 0) this.readers.splice(at, 1);
  }

  stopWaiting(thread: Thread): void {
    const at = this.writersWaiting.indexOf(thread);
    if (at >= 0) this.writersWaiting.splice(at, 1);
  }

  /** `thread` panicked. Only a writer can have left the value half changed. */
  abandon(thread: Thread): void {
    while (this.readers.includes(thread)) this.stopReading(thread);
    if (this.writer !== thread) return;
    this.poisoned = true;
    this.writer = null;
  }
}
