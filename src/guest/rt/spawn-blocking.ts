import { CALLS, STATUS } from "#abi";
import { decode } from "../core/codec.ts";
import { idOf } from "../core/handle.ts";
import { panicOf } from "../core/thread-body.ts";
import { type SpawnOptions, start } from "../std/spawn.ts";
import type { Context } from "./context.ts";
import { Future } from "./future.ts";
import { Operation } from "./operation.ts";
import type { Poll } from "./polling.ts";

class Blocking<T> extends Future<T> {
  readonly #thread: number;
  /** Made at the first poll: the job runs without any, so nothing is wrong where there is none. */
  #join: Operation<T> | null = null;

  constructor(thread: number) {
    super();
    this.#thread = thread;
  }

  override poll(cx: Context): Poll<T> {
    this.#join ??= joining(this.#thread);
    return this.#join.poll(cx);
  }

  override drop(): void {
    this.#join?.drop();
  }
}

function joining<T>(thread: number): Operation<T> {
  return new Operation<T>({
    call: CALLS.join,
    a: thread,
    read: (reply, ended) => {
      const value = decode(reply);
      if (ended === STATUS.panicked) throw panicOf(value as string);
      return value as T;
    },
  });
}

/**
 * Runs `job` in a thread of its own, from this call on, so that it may block or compute without holding up the tasks of
 * this one; the future gives what it returns. `job` takes along what it captures, as with `spawn` of `std/thread`.
 * Dropping the future does not stop the job: its thread runs on, and its result is lost. Cancel safe in that sense.
 * Stands for `tokio::task::spawn_blocking`.
 * @throws the job's panic, where the future is waited for.
 */
export function spawnBlocking<T>(job: () => T, options: SpawnOptions = {}): Future<T> {
  return new Blocking(idOf(start(job, options, "spawnBlocking")));
}
