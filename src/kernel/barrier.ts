import type { Thread } from "./thread.ts";

/** A place where threads wait until `size` of them have come; then it is as new. */
export class Barrier {
  readonly type = "barrier";
  readonly id: number;
  readonly site: number;
  readonly size: number;
  readonly waiting: Thread[] = [];

  constructor(id: number, site: number, size: number) {
    this.id = id;
    this.site = site;
    this.size = size;
  }
}
