import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { walkCaptures } from "../core/captures.ts";
import { decode } from "../core/codec.ts";
import { Handle, type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { fork, panicOf } from "../core/thread-body.ts";
import { noteThreadName } from "../core/thread-names.ts";
import { Thread } from "./parking.ts";

/** Options of a new thread. */
export interface SpawnOptions {
  /** What messages and the timeline call it; `worker-1`, `worker-2` ... where none is given. */
  readonly name?: string;
}

/**
 * The handle of a spawned thread. Dropping it lets the thread run on. Stands for `std::thread::JoinHandle`, and for
 * the `ScopedJoinHandle` of a thread that was started in a scope.
 */
export class JoinHandle<T> extends Handle {
  /** The thread this handle belongs to. */
  readonly thread: Thread;

  /** @internal Use `spawn`. */
  constructor(key: HandleKey, id: number) {
    super(key, "join", id);
    this.thread = new Thread(KEY, id);
  }

  /**
   * Waits until the thread ends and returns what its body returned. A thread can be joined once.
   * @throws the thread's panic, with its name and message.
   */
  join(): T {
    const reply = kernelCall(CALLS.join, idAs(this, "join"));
    if (status() !== STATUS.panicked) return decode(reply) as T;
    throw panicOf(String(decode(reply)));
  }

  /** Whether the thread's body has ended. Never waits. */
  isFinished(): boolean {
    return kernelCall(CALLS.isFinished, idAs(this, "join")) === 1;
  }
}

reviveWith("join", (id) => new JoinHandle(KEY, id));

const UNNAMED: SpawnOptions = {};

/**
 * Starts a thread that runs `body`. Everything the body captures is copied, as `move` does in Rust; ends of
 * channels that it names move into the thread. Locks, conditions, atomics and cells are shared.
 * Stands for `std::thread::spawn`.
 */
export function spawn<T>(body: () => T, options: SpawnOptions = UNNAMED): JoinHandle<T> {
  return start(body, options, "spawn");
}

/** For everything that starts threads; `what` is what the program called. */
export function start<T>(body: () => T, options: SpawnOptions, what: string): JoinHandle<T> {
  if (typeof body !== "function") throw new TypeError(`${what} needs a function: ${what}(() => { … })`);
  if (typeof options !== "object" || options === null) {
    const got = typeof options === "string" ? JSON.stringify(options) : inspect(options);
    throw new TypeError(`${what} takes options after the function, { name: "worker" }, got ${got}`);
  }
  const name = options.name === undefined ? "" : String(options.name).replaceAll("\n", " ");
  const { endpoints, objects } = walkCaptures(body);
  const id = fork({ name, body, objects }, endpoints);
  noteThreadName(id, name === "" ? `worker-${id}` : name);
  return new JoinHandle<T>(KEY, id);
}
