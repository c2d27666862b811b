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

/**
 * Options of a new thread.
 * @rust std::thread::Builder
 */
export interface SpawnOptions {
  /**
   * What messages and the timeline call it; `worker-1`, `worker-2` ... where none is given.
   * @rust std::thread::Builder::name
   */
  readonly name?: string;
}

/**
 * The handle of a spawned thread. Forgetting it lets the thread run on. A thread that was started in a scope has one,
 * too.
 * @rust std::thread::JoinHandle
 * @differs What the thread returned is kept where nobody joins it, with the ends of channels in it; in Rust it is
 * dropped with the handle.
 * @example
 * ```ts
 * import { sleep, spawn } from "std/thread";
 * const handle = spawn(() => {
 *   sleep(10);
 *   throw new RangeError("no such row");
 * }, { name: "reader" });
 * console.log(handle.thread.name, handle.isFinished()); // reader false
 * try {
 *   handle.join();
 * } catch (error) {
 *   console.log(String(error)); // RangeError: no such row
 * }
 * ```
 */
export class JoinHandle<T> extends Handle {
  #thread: Thread | null = null;

  /**
   * The thread this handle belongs to.
   * @rust std::thread::JoinHandle::thread
   */
  get thread(): Thread {
    return (this.#thread ??= new Thread(KEY, idAs(this, "join")));
  }

  /** @internal Use `spawn`. */
  constructor(key: HandleKey, id: number) {
    super(key, "join", id);
  }

  /**
   * Waits until the thread ends and returns what its body returned. A thread can be joined once.
   * @throws the thread's panic, with its name and message.
   * @rust std::thread::JoinHandle::join
   * @differs Throws the panic, where Rust returns it as an error that nearly everybody unwraps.
   */
  join(): T {
    const reply = kernelCall(CALLS.join, idAs(this, "join"));
    if (status() !== STATUS.panicked) return decode(reply) as T;
    throw panicOf(String(decode(reply)));
  }

  /**
   * Whether the thread's body has ended. Never waits.
   * @rust std::thread::JoinHandle::is_finished
   */
  isFinished(): boolean {
    return kernelCall(CALLS.isFinished, idAs(this, "join")) === 1;
  }
}

reviveWith("join", (id) => new JoinHandle(KEY, id));

const UNNAMED: SpawnOptions = {};

/**
 * Starts a thread that runs `body`. Everything the body captures is copied, as `move` does in Rust; ends of
 * channels that it names move into the thread. Locks, conditions, atomics and cells are shared.
 * @throws TypeError where `body` is no function. To capture what cannot be sent, such as a guard, ends the run.
 * @rust std::thread::spawn
 * @differs Every capture is a copy, as though each closure said `move` and each value were cloned.
 * @example
 * ```ts
 * import { spawn } from "std/thread";
 * const basket = ["tea"];
 * const worker = spawn(() => {
 *   console.log(basket.join(" and ")); // tea
 *   return basket.length;
 * });
 * basket.push("milk");
 * console.log(worker.join()); // 1
 * console.log(basket.join(" and ")); // tea and milk
 * ```
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
