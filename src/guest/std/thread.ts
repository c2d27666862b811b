import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { walkCaptures } from "../core/captures.ts";
import { decode } from "../core/codec.ts";
import { toNs } from "../core/duration.ts";
import { Handle, type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { kernelCall, status, threadId } from "../core/kernel.ts";
import { threadName } from "../core/misuse.ts";
import { fork } from "../core/thread-body.ts";

/** Options of a new thread. */
export interface SpawnOptions {
  /** What messages and the timeline call it; `worker-1`, `worker-2` ... where none is given. */
  readonly name?: string;
}

/** A thread as others see it. Stands for `std::thread::Thread`. */
export interface Thread {
  readonly id: number;
  readonly name: string;
}

/** The handle of a spawned thread. Dropping it lets the thread run on. Stands for `std::thread::JoinHandle`. */
export class JoinHandle<T> extends Handle {
  /** The thread this handle belongs to. */
  readonly thread: Thread;

  /** @internal Use `spawn`. */
  constructor(key: HandleKey, id: number, name: string) {
    super(key, "join", id);
    this.thread = Object.freeze({ id, name });
  }

  /**
   * Waits until the thread ends and returns what its body returned. A thread can be joined once.
   * @throws the thread's panic, with its name and message.
   */
  join(): T {
    const reply = kernelCall(CALLS.join, idAs(this, "join"));
    if (status() !== STATUS.panicked) return decode(reply) as T;
    const [name = "Error", ...message] = String(decode(reply)).split("\n");
    const error = new Error(message.join("\n"));
    error.name = name;
    throw error;
  }

  /** Whether the thread's body has ended. Never waits. */
  isFinished(): boolean {
    return kernelCall(CALLS.isFinished, idAs(this, "join")) === 1;
  }
}

reviveWith("join", (id) => new JoinHandle(KEY, id, `worker-${id}`));

const UNNAMED: SpawnOptions = {};

/**
 * Starts a thread that runs `body`. Everything the body captures is copied, as `move` does in Rust; ends of
 * channels that it names move into the thread. Locks, conditions, atomics and cells are shared.
 * Stands for `std::thread::spawn`.
 */
export function spawn<T>(body: () => T, options: SpawnOptions = UNNAMED): JoinHandle<T> {
  if (typeof body !== "function") throw new TypeError("spawn needs a function: spawn(() => { … })");
  const name = options.name === undefined ? "" : String(options.name).replaceAll("\n", " ");
  const { endpoints, objects } = walkCaptures(body);
  const id = fork({ name, body, objects }, endpoints);
  return new JoinHandle<T>(KEY, id, name === "" ? `worker-${id}` : name);
}

/** Blocks this thread for `ms` milliseconds of virtual time. Stands for `std::thread::sleep`. */
export function sleep(ms: number): void {
  kernelCall(CALLS.sleep, toNs(ms, "sleep(ms)"));
}

/** Lets another thread that can run go first. Stands for `std::thread::yield_now`. */
export function yieldNow(): void {
  kernelCall(CALLS.yieldNow);
}

/** The running thread. Stands for `std::thread::current`. */
export function current(): Thread {
  return { id: threadId(), name: threadName() };
}
