import { PermitLine } from "./permit-line.ts";

/** Permits that tasks take and give back. */
export class Semaphore {
  readonly type = "semaphore";
  readonly id: number;
  readonly site: number;
  readonly line: PermitLine;
  /** Nobody gets a permit any more. */
  closed = false;

  constructor(id: number, site: number, permits: number) {
    this.id = id;
    this.site = site;
    this.line = new PermitLine(permits);
  }
}
