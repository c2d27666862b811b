import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { decode } from "../core/codec.ts";
import { Handle, type HandleKey, idAs, idOf, KEY, reviveWith } from "../core/handle.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { currentSite, located } from "../core/sites.ts";
import { type JoinHandle, type SpawnOptions, start } from "./spawn.ts";

/** Where the threads of a scope are started, by its function or by its threads. Stands for `std::thread::Scope`. */
export class Scope extends Handle {
  /** @internal Use `scope`. */
  constructor(key: HandleKey, id: number) {
    super(key, "scope", id);
  }

  /** Starts a thread that ends before the scope does. Copies and moves what `body` captures as `spawn` does. */
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
 * `scope((s) => { s.spawn(() => { … }); })`. Unlike in Rust the threads still have copies: they share what is
 * shareable, a Mutex or an atomic. Stands for `std::thread::scope`.
 * @throws the error of `body`; or, where a thread panicked that nobody joined, `a scoped thread panicked`.
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
