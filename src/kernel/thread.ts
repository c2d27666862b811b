import type { Payload } from "#abi";
import { Caller } from "./caller.ts";

/** One simulated OS thread: its kernel call in progress, and the reply to the last one. */
export class Thread extends Caller {
  readonly id: number;
  readonly name: string;
  /** Site of the spawn, 0 for the first thread. */
  readonly site: number;
  started = false;

  /** Chosen for something that nobody could see, and nothing has happened since: its next visible call needs no new choice. */
  granted = false;
  /** The call's own cost must still be worked off before it counts. */
  owesCost = false;

  /** What the body returned, or the panic: `name\nmessage`. */
  result: Payload = "u";
  joined = false;

  constructor(id: number, name: string, site: number) {
    super();
    this.id = id;
    this.name = name;
    this.site = site;
  }

  get thread(): Thread {
    return this;
  }

  get owner(): number {
    return this.id;
  }
}
