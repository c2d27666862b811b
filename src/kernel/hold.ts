import type { Endpoint } from "./endpoints.ts";
import type { PermitLine } from "./permit-line.ts";
import type { Resource } from "./resource.ts";

interface Taken {
  /** The semaphore or lock. */
  readonly id: number;
  readonly site: number;
  readonly line: PermitLine;
  readonly permits: number;
  /** Where they were taken. */
  readonly at: number;
}

/** Permits that somebody has. They go back when the last owner gives them up or ends. */
export class Hold implements Resource {
  readonly type = "permit";
  /** The semaphore's, or the lock's: that is what changes when they go back. */
  readonly id: number;
  readonly site: number;
  readonly permits: number;
  readonly at: number;
  /** Who has them. */
  endpoint: Endpoint | null = null;
  handles = 0;
  readonly #line: PermitLine;

  constructor({ id, site, line, permits, at }: Taken) {
    this.id = id;
    this.site = site;
    this.permits = permits;
    this.at = at;
    this.#line = line;
    line.holds.add(this);
  }

  /** Threads and tasks that have them. */
  get owners(): readonly number[] {
    return [...(this.endpoint?.owners ?? [])].filter((owner) => owner >= 0);
  }

  close(): void {
    this.#line.holds.delete(this);
    this.#line.give(this.permits);
  }
}
