import { CALLS, STATUS } from "#abi";
import { walkCaptures } from "../core/captures.ts";
import { decode, tryEncode } from "../core/codec.ts";
import { Handle, type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { kernelCall, status, type Encoded } from "../core/kernel.ts";
import { misuse } from "../core/misuse.ts";
import { err, ok, type Result } from "../core/result.ts";
import { becameAnother, endingBody, panicOf, panicText, reportFatal } from "../core/thread-body.ts";
import { Context, Waker } from "./context.ts";
import type { Future } from "./future.ts";
import { forgetUnpolled, warnOfUnpolled } from "./generators.ts";
import { Operation } from "./operation.ts";
import { Await, type Poll, polling, stopPolling, type Suspended } from "./polling.ts";
import { asFuture } from "./as-future.ts";

interface Task {
  readonly future: Future<unknown>;
  readonly cx: Context;
}

/** The tasks of this thread's executor, by their number in the kernel. */
const tasks = new Map<number, Task>();
/** Values of tasks that are over, for whoever waits in this thread; others get a copy. */
const results = new Map<number, unknown>();
let isDriving = false;

/**
 * Runs `future` to its end and returns its value; the thread sleeps while nothing can go on. Tasks that were
 * spawned in this thread run beside it; those that are left when it returns go on in the next `blockOn`. When
 * the thread's body is over they are dropped; those of the first thread run on.
 * @throws the future's panic.
 * @rust tokio::runtime::Runtime::block_on
 * @differs As on tokio's current-thread runtime, but each thread has a runtime of its own from the start.
 * Tasks of the first thread go on after its body, where tokio would drop them with the runtime; who is left
 * 1,000 ms after that is a leak.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { Instant, sleep } from "rt/time";
 * function* answer(): Async<number> {
 *   yield* sleep(10);
 *   return 42;
 * }
 * const start = Instant.now();
 * console.log(blockOn(answer()), start.elapsed()); // 42 10
 * ```
 */
export function blockOn<T>(future: Future<T>): T {
  asFuture(future, "blockOn(future)");
  if (isDriving)
    misuse(
      "`blockOn` inside a future would block the executor that drives it. Write `yield*`, or call it in a thread of its own.",
    );
  const root = kernelCall(CALLS.taskNew, 1) as number;
  const cx = new Context(new Waker(KEY, root));
  isDriving = true;
  try {
    for (;;) {
      const id = kernelCall(CALLS.taskNext) as number;
      if (id !== root) runTask(id, status() === STATUS.cancelled);
      else {
        const poll = pollRoot(future, cx);
        if (poll.ready) return poll.value;
      }
    }
  } finally {
    isDriving = false;
  }
}

function pollRoot<T>(future: Future<T>, cx: Context): Poll<T> {
  let poll;
  try {
    poll = polling(cx, () => future.poll(cx));
  } catch (error) {
    kernelCall(CALLS.taskEnd, STATUS.panicked, 0, `s${panicText(error)}`);
    throw error;
  }
  if (poll.ready) kernelCall(CALLS.taskEnd, STATUS.ok);
  return poll;
}

/** One turn of a task: polls its future, or drops it where the task was aborted. */
function runTask(id: number, isAborted: boolean): void {
  const task = tasks.get(id);
  if (task === undefined) throw new RangeError(`task ${id} is not of this thread`);
  const { future, cx } = task;
  try {
    if (isAborted) {
      future.drop();
      endTask(id, STATUS.cancelled, "u");
      return;
    }
    const poll = polling(cx, () => future.poll(cx));
    if (!poll.ready) return;
    results.set(id, poll.value);
    endTask(id, STATUS.ok, encodeResult(poll.value));
  } catch (error) {
    reportFatal(error);
    endTask(id, STATUS.panicked, `s${panicText(error)}`);
  }
}

function endTask(id: number, how: number, result: Encoded): void {
  tasks.delete(id);
  kernelCall(CALLS.taskEnd, how, 0, result);
}

/** Results that are no plain data can be had in this thread only. */
function encodeResult(value: unknown): Encoded {
  return tryEncode(value) ?? "u";
}

/**
 * Options of a new task.
 * @rust tokio::task::Builder
 */
export interface TaskOptions {
  /** What messages and the timeline call it; `task-1`, `task-2` ... where none is given. */
  readonly name?: string;
}

const UNNAMED: TaskOptions = {};

/**
 * Starts a task: `future` is polled from now on by this thread's executor, whether anybody waits for it or
 * not. Ends of channels that it holds move into the task, and are dropped when it ends. Needs an executor
 * that runs: call it inside a future.
 * @rust tokio::spawn
 * @differs A task stays in the thread that started it, as one of `spawn_local` does. One that never has to
 * wait keeps the thread; tokio makes it yield after 128 operations that were ready at once.
 * @example
 * ```ts
 * import { type Async, blockOn, spawn } from "rt";
 * import { sleep } from "rt/time";
 * function* work(name: string, ms: number): Async<string> {
 *   yield* sleep(ms);
 *   console.log(name); // quick, slow
 *   return name.toUpperCase();
 * }
 * function* main(): Async<void> {
 *   const slow = spawn(work("slow", 20));
 *   spawn(work("quick", 10), { name: "quick one" });
 *   const result = yield* slow;
 *   console.log(result.ok ? result.value : result.error); // SLOW
 * }
 * blockOn(main());
 * ```
 */
export function spawn<T>(future: Future<T>, options: TaskOptions = UNNAMED): JoinHandle<T> {
  asFuture(future, "spawn(future)");
  if (!isDriving)
    misuse("`spawn` needs an executor that runs: call it inside a future that `blockOn` drives.");
  const name = options.name === undefined ? "" : String(options.name).replaceAll("\n", " ");
  const { endpoints } = walkCaptures(future, "task");
  const id = kernelCall(CALLS.taskNew, 0, 0, `s${name}\n${endpoints}`) as number;
  tasks.set(id, { future, cx: new Context(new Waker(KEY, id)) });
  return new JoinHandle<T>(KEY, id);
}

/**
 * The handle of a spawned task, and a future of its result. Dropping it lets the task run on. It can be sent
 * to other threads; a result that is no plain data can be had in the task's own thread only, others get
 * `undefined`.
 * @rust tokio::task::JoinHandle
 * @cancel Safe: dropped before it was ready it stops waiting, the task runs on, and the handle can be waited
 * for again.
 * @differs The task's panic is thrown where it is waited for; tokio gives a `JoinError` that holds it. A
 * panic that nobody waited for is printed. A result that nobody takes is kept, with the ends of channels in
 * it; in Rust it is dropped with the handle.
 * @example
 * ```ts
 * import { type Async, blockOn, spawn } from "rt";
 * import { sleep } from "rt/time";
 * function* job(): Async<void> {
 *   try { yield* sleep(1000); } finally { console.log("cleaned up"); } // cleaned up
 * }
 * function* main(): Async<void> {
 *   const handle = spawn(job());
 *   yield* sleep(1);
 *   handle.abort();
 *   const result = yield* handle;
 *   console.log(result.ok ? result.value : result.error); // cancelled
 *   console.log(handle.isFinished()); // true
 * }
 * blockOn(main());
 * ```
 */
export class JoinHandle<T> extends Handle implements Future<Result<T, "cancelled">> {
  #join: Operation<Result<T, "cancelled">> | null = null;

  /** @internal Use `spawn`. */
  constructor(key: HandleKey, id: number) {
    super(key, "task", id);
  }

  /**
   * Ready when the task is over: its value, or `"cancelled"` where it was aborted.
   * @throws the task's panic, with its name and message.
   * @rust std::future::Future::poll
   */
  poll(cx: Context): Poll<Result<T, "cancelled">> {
    this.#join ??= joining<T>(idAs(this, "task"));
    return this.#join.poll(cx);
  }

  /**
   * Stops waiting; the task runs on.
   * @rust std::mem::drop
   */
  drop(): void {
    this.#join?.drop();
    this.#join = null;
  }

  /**
   * Asks the executor to drop the task's future at its next turn. Nothing happens where the task is over.
   * @rust tokio::task::JoinHandle::abort
   */
  abort(): void {
    kernelCall(CALLS.taskAbort, idAs(this, "task"));
  }

  /**
   * Whether the task is over, however it ended. Never waits.
   * @rust tokio::task::JoinHandle::is_finished
   */
  isFinished(): boolean {
    return kernelCall(CALLS.taskIsFinished, idAs(this, "task")) === 1;
  }

  /**
   * What `yield*` uses.
   * @rust std::future::IntoFuture::into_future
   */
  [Symbol.iterator](): Iterator<Suspended, Result<T, "cancelled">, void> {
    return new Await(this);
  }
}

reviveWith("task", (id) => new JoinHandle(KEY, id));

function joining<T>(id: number): Operation<Result<T, "cancelled">> {
  return new Operation<Result<T, "cancelled">>({
    call: CALLS.taskJoin,
    a: id,
    read: (reply, ended) => {
      const value = results.has(id) ? results.get(id) : decode(reply);
      results.delete(id);
      if (ended === STATUS.cancelled) return err("cancelled");
      if (ended === STATUS.panicked) throw panicOf(value as string);
      return ok(value as T);
    },
  });
}

/** Drops every task of this thread: their `finally` blocks run. */
function dropTasks(): void {
  kernelCall(CALLS.taskAbortAll);
  driveRest(1);
}

/** Runs what is left; with 1 it stops where nothing can go on. */
function driveRest(mode: 0 | 1): void {
  isDriving = true;
  while (tasks.size > 0) {
    const id = kernelCall(CALLS.taskNext, mode) as number;
    if (id === 0) break;
    runTask(id, status() === STATUS.cancelled);
  }
  isDriving = false;
}

becameAnother(() => {
  tasks.clear();
  results.clear();
  isDriving = false;
  stopPolling();
  forgetUnpolled();
});

endingBody((isFirst) => {
  isDriving = false;
  stopPolling();
  if (tasks.size > 0) {
    if (isFirst) {
      kernelCall(CALLS.bodyEnd);
      driveRest(0);
    } else dropTasks();
  }
  warnOfUnpolled();
});
