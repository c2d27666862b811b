import type { Payload } from "#abi";
import { invariant } from "#base";
import { Channel } from "./channel.ts";
import type { Thread } from "./thread.ts";

/** A lock around a value. The value is the kernel's; a guard works on a copy and brings it back. */
export class Mutex {
  readonly type = "mutex";
  readonly id: number;
  readonly site: number;
  value: Payload;
  holder: Thread | null = null;
  /** Where the holder took it. */
  heldAt = 0;
  poisoned = false;

  constructor(id: number, site: number, value: Payload) {
    this.id = id;
    this.site = site;
    this.value = value;
  }
}

/** A condition variable: threads waiting for a notification, in order of arrival. */
export class Condvar {
  readonly type = "condvar";
  readonly id: number;
  readonly site: number;
  readonly waiters: Thread[] = [];

  constructor(id: number, site: number) {
    this.id = id;
    this.site = site;
  }
}

/** Memory that threads share on purpose: an unsynchronised cell or an atomic. */
export class Cell {
  readonly type: "cell" | "atomic";
  readonly id: number;
  readonly site: number;
  value: Payload;

  constructor(type: "cell" | "atomic", id: number, site: number, value: Payload) {
    this.type = type;
    this.id = id;
    this.site = site;
    this.value = value;
  }
}

export type KernelObject = Channel | Mutex | Condvar | Cell;

/** Every object made in one run, by number from 1. */
export class Objects {
  readonly all: KernelObject[] = [];

  channel(site: number, capacity: number): Channel {
    return this.#add(new Channel(this.all.length + 1, site, capacity));
  }

  mutex(site: number, value: Payload): Mutex {
    return this.#add(new Mutex(this.all.length + 1, site, value));
  }

  condvar(site: number): Condvar {
    return this.#add(new Condvar(this.all.length + 1, site));
  }

  cell(type: Cell["type"], site: number, value: Payload): Cell {
    return this.#add(new Cell(type, this.all.length + 1, site, value));
  }

  getMutex(id: number): Mutex {
    const object = this.all[id - 1];
    invariant(object?.type === "mutex", `object ${id} is no mutex`);
    return object;
  }

  getCondvar(id: number): Condvar {
    const object = this.all[id - 1];
    invariant(object?.type === "condvar", `object ${id} is no condition`);
    return object;
  }

  getCell(id: number): Cell {
    const object = this.all[id - 1];
    invariant(object?.type === "cell" || object?.type === "atomic", `object ${id} is no cell`);
    return object;
  }

  #add<T extends KernelObject>(object: T): T {
    this.all.push(object);
    return object;
  }
}
