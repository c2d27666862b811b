import type { Payload } from "#abi";
import { invariant } from "#base";
import type { AsyncLock } from "./async-lock.ts";
import type { Barrier } from "./barrier.ts";
import type { Broadcast } from "./broadcast.ts";
import type { Cancellation } from "./cancellation.ts";
import { Channel } from "./channel.ts";
import type { Notify } from "./notify.ts";
import type { OnceLock } from "./once-lock.ts";
import type { Oneshot } from "./oneshot.ts";
import type { RwLock } from "./rw-lock.ts";
import type { Scope } from "./scope.ts";
import type { Semaphore } from "./semaphore.ts";
import { Disk } from "./disk/disk.ts";
import { DiskFile } from "./disk/file.ts";
import { Task } from "./task.ts";
import type { TaskSet } from "./task-set.ts";
import type { Listener } from "./net/listener.ts";
import type { Stream } from "./net/stream.ts";
import type { Thread } from "./thread.ts";
import type { Watch } from "./watch.ts";

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

  isHeldBy(thread: Thread): boolean {
    return this.holder === thread;
  }

  /** `thread` panicked: what it held is free, and may be half changed. */
  abandon(thread: Thread): void {
    if (this.holder !== thread) return;
    this.poisoned = true;
    this.holder = null;
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

/** What a {@link Waker} that is no task's does. */
export type WakerTarget =
  { readonly thread: number } | { readonly sender: number; readonly message: Payload };

/** Wakes something that is no task of this library: a thread that is parked, or whoever receives a message. */
export class Waker {
  readonly type = "waker";
  readonly id: number;
  readonly site: number;
  readonly target: WakerTarget;

  constructor(id: number, site: number, target: WakerTarget) {
    this.id = id;
    this.site = site;
    this.target = target;
  }
}

export type KernelObject =
  | Listener
  | Stream
  | Task
  | TaskSet
  | Waker
  | Channel
  | Mutex
  | Condvar
  | Cell
  | Disk
  | DiskFile
  | RwLock
  | Barrier
  | Oneshot
  | Broadcast
  | Watch
  | Notify
  | Semaphore
  | AsyncLock
  | Cancellation
  | OnceLock
  | Scope;

/** Every object made in one run, by number from 1. */
export class Objects {
  readonly all: KernelObject[] = [];
  /** Told of each object that is made, where somebody wants to know. */
  heard: ((object: KernelObject) => void) | undefined;

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

  task(site: number, made: ConstructorParameters<typeof Task>[2]): Task {
    return this.#add(new Task(this.all.length + 1, site, made));
  }

  waker(site: number, target: WakerTarget): Waker {
    return this.#add(new Waker(this.all.length + 1, site, target));
  }

  getWaker(id: number): Task | Waker {
    const object = this.all[id - 1];
    invariant(object?.type === "task" || object?.type === "waker", `object ${id} is no waker`);
    return object;
  }

  getTask(id: number): Task {
    const object = this.all[id - 1];
    invariant(object?.type === "task", `object ${id} is no task`);
    return object;
  }

  disk(): Disk {
    return this.#add(new Disk(this.all.length + 1, this));
  }

  file(site: number, path: string): DiskFile {
    return this.#add(new DiskFile(this.all.length + 1, site, path));
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

  /** A further object: `create` is given its number. */
  make<T extends KernelObject>(create: (id: number) => T): T {
    return this.#add(create(this.all.length + 1));
  }

  /** Object `id`, which is of the kind `type`. */
  get<K extends KernelObject["type"]>(id: number, type: K): Extract<KernelObject, { type: K }> {
    const object = this.all[id - 1];
    invariant(object?.type === type, `object ${id} is no ${type}`);
    return object as Extract<KernelObject, { type: K }>;
  }

  /** `thread` panicked: everything it held is let go. */
  abandon(thread: Thread): void {
    for (const object of this.all) if ("abandon" in object) object.abandon(thread);
  }

  #add<T extends KernelObject>(object: T): T {
    this.all.push(object);
    this.heard?.(object);
    return object;
  }
}
