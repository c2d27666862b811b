import { CALLS, STATUS } from "#abi";
import { idOf, KEY } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";
import { JoinHandle, spawn, type TaskOptions } from "./executor.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";

/** A task that is over: waiting for it takes no time. */
export interface EndedTask {
  readonly handle: JoinHandle<unknown>;
  readonly hasPanicked: boolean;
}

/** Tasks that are waited for in the order in which they end. */
export class TaskSet {
  readonly #id = kernelCall(CALLS.taskSetNew) as number;
  /** Those that nobody has been told the end of. */
  readonly #tasks = new Set<number>();

  get size(): number {
    return this.#tasks.size;
  }

  spawn<T>(future: Future<T>, options?: TaskOptions): JoinHandle<T> {
    const handle = spawn(future, options);
    this.#tasks.add(idOf(handle));
    kernelCall(CALLS.taskSetAdd, this.#id, idOf(handle));
    return handle;
  }

  /** The task that ends next, which leaves the set; null where the set is empty. */
  next(): Operation<EndedTask | null> {
    return new Operation({
      call: CALLS.taskSetNext,
      a: this.#id,
      read: (reply, ended) => {
        this.#tasks.delete(reply as number);
        if (reply === 0) return null;
        return {
          handle: new JoinHandle<unknown>(KEY, reply as number),
          hasPanicked: ended === STATUS.panicked,
        };
      },
    });
  }

  abortAll(): void {
    for (const task of this.#tasks) kernelCall(CALLS.taskAbort, task);
  }
}
