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
 * Runs `future` to its end and returns its value; the thread sleeps while nothing can go on. Tasks that were spawned
 * in this thread run beside it; those that are left when it returns go on in the next `blockOn`, or when the thread's
 * body is over. Stands for `Runtime::block_on` on tokio's current-thread runtime.
 * @throws the future's panic.
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

/** Options of a new task. */
export interface TaskOptions {
  /** What messages and the timeline call it; `task-1`, `task-2` ... where none is given. */
  readonly name?: string;
}

const UNNAMED: TaskOptions = {};

/**
 * Starts a task: `future` is polled from now on by this thread's executor, whether anybody waits for it or not. Ends of
 * channels that it holds move into the task, and are dropped when it ends. Stands for `tokio::spawn`
 * (`spawn_local`: a task stays in its thread).
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
 * The handle of a spawned task, and a future of its result. Dropping it lets the task run on. It can be sent to other
 * threads. Cancel safe. Stands for `tokio::task::JoinHandle`.
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
   */
  poll(cx: Context): Poll<Result<T, "cancelled">> {
    this.#join ??= joining<T>(idAs(this, "task"));
    return this.#join.poll(cx);
  }

  /** Stops waiting; the task runs on. */
  drop(): void {
    this.#join?.drop();
    this.#join = null;
  }

  /** Asks the executor to drop the task's future at its next turn. Nothing happens where the task is over. */
  abort(): void {
    kernelCall(CALLS.taskAbort, idAs(this, "task"));
  }

  /** Whether the task is over, however it ended. Never waits. */
  isFinished(): boolean {
    return kernelCall(CALLS.taskIsFinished, idAs(this, "task")) === 1;
  }

  /** What `yield*` uses. */
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
