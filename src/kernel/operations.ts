import { STATUS } from "#abi";
import { invariant } from "#base";
import { HANDLERS } from "./calls/index.ts";
import type { Handler } from "./handler.ts";
import type { Kernel } from "./kernel.ts";
import { Operation } from "./operation.ts";
import type { Task } from "./task.ts";
import type { Thread } from "./thread.ts";

/**
 * The operations that are under way. An operation is tried when it is started and whenever it is asked about; while
 * it is not ready it watches its object and the clock, and wakes its waker once when that could have changed.
 */
export class Operations {
  readonly #kernel: Kernel;
  readonly #all = new Map<number, Operation>();
  readonly #watching = new Map<number, Set<Operation>>();
  #last = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** The thread's call, made as an operation: completes the thread at once, with `pending` where it must wait. */
  start(thread: Thread): void {
    const operation = new Operation(++this.#last, thread, thread.waker);
    const handler = handlerOf(operation);
    invariant(handler.waitable === true, `call ${operation.call} cannot be waited for by a task`);
    handler.begin?.(this.#kernel, operation);
    if (this.#kernel.failed) return;
    if (this.#try(thread, operation)) return;
    this.#all.set(operation.number, operation);
    operation.task?.operations.add(operation);
    this.#watch(operation);
    operation.blocked = true;
    this.#kernel.recordOperation(operation, "pending");
    thread.complete(operation.number, STATUS.pending);
  }

  /**
   * Asks about an operation: completes the thread with its reply, or with `pending`; with `forgotten` where the task
   * that asked last has ended since without giving it up.
   */
  poll(thread: Thread): void {
    const operation = this.#all.get(thread.a);
    if (operation === undefined) return thread.complete(0, STATUS.forgotten);
    this.#moveTo(thread.executor?.current ?? null, operation);
    operation.owner = thread.owner;
    operation.waker = thread.waker;
    operation.at = thread.at;
    operation.signalled = false;
    if (this.#try(thread, operation)) this.#forget(operation);
    else if (!this.#kernel.failed) thread.complete(operation.number, STATUS.pending);
  }

  /** Gives an operation up before it took effect; nothing happens where it is over. */
  drop(number: number): void {
    const operation = this.#all.get(number);
    if (operation === undefined) return;
    this.#forget(operation);
    this.#kernel.recordOperation(operation, "given-up");
    handlerOf(operation).cancel?.(this.#kernel, operation);
    operation.state = "ended";
    this.touch(this.objectOf(operation));
  }

  objectOf(operation: Operation): number {
    return handlerOf(operation).object?.(this.#kernel, operation) ?? 0;
  }

  /** {@link objectOf} the operation with this number; 0 where it is over. */
  objectOfNumber(number: number): number {
    const operation = this.#all.get(number);
    return operation === undefined ? 0 : this.objectOf(operation);
  }

  /** Something about kernel object `object` has changed: whoever waits for it and could go on is woken. */
  touch(object: number): void {
    const watching = this.#watching.get(object);
    if (watching !== undefined) for (const operation of watching) this.#signal(operation);
  }

  /** Futures move between tasks: the one that asks is the one that waits. */
  #moveTo(task: Task | null, operation: Operation): void {
    if (operation.task === task) return;
    operation.task?.operations.delete(operation);
    task?.operations.add(operation);
    operation.task = task;
  }

  #try(thread: Thread, operation: Operation): boolean {
    const handler = handlerOf(operation);
    if (handler.ready?.(this.#kernel, operation) === false) return false;
    operation.state = "pending";
    handler.perform(this.#kernel, operation);
    if (this.#kernel.failed || operation.alive === false) return true;
    if ((operation.state as string) !== "running") return false;
    this.#kernel.recordOperation(operation, "done");
    thread.complete(operation.reply, operation.status);
    return true;
  }

  #watch(operation: Operation): void {
    const object = this.objectOf(operation);
    let watching = this.#watching.get(object);
    if (watching === undefined) this.#watching.set(object, (watching = new Set()));
    watching.add(operation);
    if (operation.deadlineNs < Infinity)
      operation.timer = this.#kernel.timers.at(operation.deadlineNs, () => this.#signal(operation));
  }

  #signal(operation: Operation): void {
    if (operation.signalled || handlerOf(operation).ready?.(this.#kernel, operation) === false) return;
    operation.signalled = true;
    this.#kernel.wake(operation.waker);
  }

  #forget(operation: Operation): void {
    this.#all.delete(operation.number);
    operation.task?.operations.delete(operation);
    this.#watching.get(this.objectOf(operation))?.delete(operation);
    if (operation.timer !== 0) this.#kernel.timers.cancel(operation.timer);
  }
}

function handlerOf(operation: Operation): Handler {
  const handler = HANDLERS[operation.call];
  invariant(handler, `no kernel call ${operation.call}`);
  return handler;
}
