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
 * Runs `job` in a thread of its own, from this call on, so that it may block or compute without holding up
 * the tasks of this one; the future gives what it returns. `job` takes along what it captures, as with
 * `spawn` of `std/thread`.
 * @throws the job's panic, where the future is waited for; TypeError where `job` is no function.
 * @rust tokio::task::spawn_blocking
 * @cancel Not safe: the job runs on in its thread, and its result is lost.
 * @differs Each job has a new thread; tokio keeps a pool of up to 512. A panic is thrown; tokio gives a
 * `JoinError`.
 * @example
 * ```ts
 * import { type Async, blockOn, join } from "rt";
 * import { spawnBlocking } from "rt/task";
 * import { Instant, sleep } from "rt/time";
 * import { work } from "std/cpu";
 * const start = Instant.now();
 * function* beat(): Async<void> {
 *   for (let i = 0; i < 2; i++) { yield* sleep(10); console.log(start.elapsed()); } // 10, 20
 * }
 * const job = spawnBlocking(() => { work(30); return "crunched"; });
 * const [result] = blockOn(join(job, beat()));
 * console.log(result, start.elapsed()); // crunched 30
 * ```
 */
export function spawnBlocking<T>(job: () => T, options: SpawnOptions = {}): Future<T> {
  return new Blocking(idOf(start(job, options, "spawnBlocking")));
}
