import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { decode } from "../core/codec.ts";
import { Handle, type HandleKey, idAs, idOf, KEY, reviveWith } from "../core/handle.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { currentSite, located } from "../core/sites.ts";
import { type JoinHandle, type SpawnOptions, start } from "./spawn.ts";

/**
 * Where the threads of a scope are started, by its function or by its threads.
 * @rust std::thread::Scope
 * @example
 * ```ts
 * import { scope } from "std/thread";
 * const words = ["lock", "channel"];
 * const letters = scope((s) => {
 *   const handles = words.map((word) => s.spawn(() => word.length));
 *   return handles.reduce((sum, handle) => sum + handle.join(), 0);
 * });
 * console.log(letters); // 11
 * ```
 */
export class Scope extends Handle {
  /** @internal Use `scope`. */
  constructor(key: HandleKey, id: number) {
    super(key, "scope", id);
  }

  /**
   * Starts a thread that ends before the scope does. Copies and moves what `body` captures as `spawn` does.
   * @rust std::thread::Scope::spawn
   */
  spawn<T>(body: () => T, options: SpawnOptions = {}): JoinHandle<T> {
    const id = idAs(this, "scope");
    const handle = start(body, options, "scope.spawn");
    kernelCall(CALLS.scopeAdd, id, idOf(handle));
    return handle;
  }
}

reviveWith("scope", (id) => new Scope(KEY, id));

/**
 * Calls `body` and returns what it returns, once every thread that was started with the scope it is given has ended:
 * `scope((s) => { s.spawn(() => { … }); })`.
 * @throws the error of `body`; or, where a thread panicked that nobody joined, `a scoped thread panicked`.
 * @rust std::thread::scope
 * @differs The threads have copies of what they capture, where Rust's may borrow. They share what is shareable: a
 * Mutex, an atomic.
 * @example
 * ```ts
 * import { AtomicI32 } from "std/sync";
 * import { scope, sleep } from "std/thread";
 * const done = new AtomicI32(0);
 * scope((s) => {
 *   for (const ms of [30, 10])
 *     s.spawn(() => {
 *       sleep(ms);
 *       console.log(`${ms} ms: ${done.fetchAdd(1)} before it`); // 10 ms: 0 before it, 30 ms: 1 before it
 *     });
 * });
 * console.log(done.load()); // 2
 * ```
 */
export function scope<R>(body: (scope: Scope) => R): R {
  if (typeof body !== "function")
    throw new TypeError("scope needs a function: scope((s) => { s.spawn(() => { … }); })");
  const site = currentSite();
  const made = new Scope(KEY, kernelCall(CALLS.scopeNew) as number);
  let result: R;
  try {
    result = body(made);
  } catch (error) {
    joinAll(made, site);
    throw error;
  }
  const panic = joinAll(made, site);
  if (panic === "") return result;
  const error = new Error(`a scoped thread panicked (${panic})`);
  error.name = "Panic";
  throw error;
}

/** Waits, at `site`, for every thread of the scope; returns the first panic that nobody has seen, "" where there is none. */
function joinAll(scope: Scope, site: number): string {
  located(scope, site);
  let reply;
  do reply = kernelCall(CALLS.scopeJoin, idOf(scope));
  while (reply === 1);
  return status() === STATUS.panicked ? String(decode(reply)) : "";
}
