import type { Result } from "../core/result.ts";
import type { Context } from "./context.ts";
import type { JoinHandle, TaskOptions } from "./executor.ts";
import { Future } from "./future.ts";
import { begun, made } from "./generators.ts";
import type { Operation } from "./operation.ts";
import { Poll, polledAgain } from "./polling.ts";
import { type EndedTask, TaskSet } from "./task-set.ts";

/**
 * Stops a task of a {@link JoinSet}, whose result the set gives.
 * @rust tokio::task::AbortHandle
 */
export interface AbortHandle {
  /**
   * Asks the executor to drop the task's future at its next turn. Nothing happens where the task is over.
   * @rust tokio::task::AbortHandle::abort
   */
  abort(): void;
  /**
   * Whether the task is over, however it ended. Never waits.
   * @rust tokio::task::AbortHandle::is_finished
   */
  isFinished(): boolean;
}

/**
 * Tasks that are waited for together, in the order in which they end. `using` a set aborts what is left in it
 * at the end of the block.
 * @rust tokio::task::JoinSet
 * @differs Without `using` its tasks run on when nobody needs the set any more; in Rust the set is dropped
 * then, which aborts them.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { JoinSet } from "rt/task";
 * import { sleep } from "rt/time";
 * function* work(ms: number): Async<number> {
 *   yield* sleep(ms);
 *   return ms;
 * }
 * function* main(): Async<void> {
 *   using set = new JoinSet<number>();
 *   for (const ms of [30, 10, 20]) set.spawn(work(ms));
 *   for (let end = yield* set.joinNext(); end?.ok; end = yield* set.joinNext())
 *     console.log(end.value); // 10, 20, 30
 * }
 * blockOn(main());
 * ```
 */
export class JoinSet<T> {
  readonly #tasks = new TaskSet();

  /**
   * How many tasks have not been given by `joinNext`, running or over.
   * @rust tokio::task::JoinSet::len
   */
  get size(): number {
    return this.#tasks.size;
  }

  /**
   * Starts a task of the set, as `spawn` of `rt` does.
   * @rust tokio::task::JoinSet::spawn
   */
  spawn(future: Future<T>, options?: TaskOptions): AbortHandle {
    const handle = this.#tasks.spawn(future, options);
    return { abort: () => handle.abort(), isFinished: () => handle.isFinished() };
  }

  /**
   * Waits for the next task that ends, and takes it out of the set: its value, or `"cancelled"` where it was
   * aborted; `undefined` where the set is empty.
   * @throws the task's panic; the others are not touched by it.
   * @rust tokio::task::JoinSet::join_next
   * @cancel Safe: dropped before it was ready, it has taken no task out.
   * @differs A panic is thrown; tokio gives a `JoinError` that holds it.
   */
  joinNext(): Future<Result<T, "cancelled"> | undefined> {
    return new JoinNext<T>(this.#tasks);
  }

  /**
   * Aborts every task; they stay in the set until `joinNext` has given them.
   * @rust tokio::task::JoinSet::abort_all
   */
  abortAll(): void {
    this.#tasks.abortAll();
  }

  /**
   * Aborts every task and waits until all are gone, whatever became of them: the set is empty then. Nothing
   * is aborted before the first poll.
   * @rust tokio::task::JoinSet::shutdown
   * @cancel Safe: dropped before it was ready, those that are not gone yet stay in the set, aborted.
   */
  shutdown(): Future<void> {
    return new Shutdown(this.#tasks);
  }

  /** At the end of a `using` block: aborts every task. */
  [Symbol.dispose](): void {
    this.abortAll();
  }
}

class JoinNext<T> extends Future<Result<T, "cancelled"> | undefined> {
  readonly #next: Operation<EndedTask | null>;

  constructor(tasks: TaskSet) {
    super();
    this.#next = tasks.next();
  }

  override poll(cx: Context): Poll<Result<T, "cancelled"> | undefined> {
    const next = this.#next.poll(cx);
    if (!next.ready) return Poll.pending;
    return next.value === null ? Poll.ready(undefined) : (next.value.handle as JoinHandle<T>).poll(cx);
  }

  override drop(): void {
    this.#next.drop();
  }
}

class Shutdown extends Future<void> {
  readonly #token = made();
  readonly #tasks: TaskSet;
  #state: "fresh" | "aborted" | "over" = "fresh";
  #next: Operation<EndedTask | null> | null = null;

  constructor(tasks: TaskSet) {
    super();
    this.#tasks = tasks;
  }

  override poll(cx: Context): Poll<void> {
    begun(this.#token);
    if (this.#state === "over") return polledAgain();
    if (this.#state === "fresh") this.#tasks.abortAll();
    this.#state = "aborted";
    for (;;) {
      this.#next ??= this.#tasks.next();
      const next = this.#next.poll(cx);
      if (!next.ready) return Poll.pending;
      this.#next = null;
      if (next.value === null) break;
    }
    this.#state = "over";
    return Poll.ready(undefined);
  }

  override drop(): void {
    begun(this.#token);
    this.#state = "over";
    this.#next?.drop();
    this.#next = null;
  }
}
