import { STATUS, type Payload } from "#abi";
import { formatMs, invariant } from "#base";
import type { Caller } from "./caller.ts";
import { containerOf } from "./endpoints.ts";
import type { Kernel } from "./kernel.ts";
import { Executor, Task } from "./task.ts";
import type { Thread } from "./thread.ts";

/** A poll that held its executor longer than this is worth a warning, nanoseconds. */
const LONG_POLL_NS = 10_000_000;

/** The tasks of a run: who drives them, which is polled next, how they end. The futures are the guests'. */
export class Tasks {
  readonly #kernel: Kernel;
  #made = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Makes a task on the thread's executor; it will be polled. What its future captures moves into it. */
  create(thread: Thread, isRoot: boolean, name: string, captures: string): Task | null {
    const kernel = this.#kernel;
    if (!isRoot && ++this.#made > kernel.limits.tasksMax) {
      kernel.fail("over-limit", `The program started more than ${kernel.limits.tasksMax} tasks.`, thread);
      return null;
    }
    const executor = (thread.executor ??= new Executor());
    const called = isRoot ? thread.name : name === "" ? `task-${this.#made}` : name;
    const task = kernel.objects.task(thread.at, { thread, name: called, isRoot });
    if (!isRoot) kernel.ownership.capture(thread, task, captures);
    if (kernel.failed) return null;
    executor.tasks.add(task);
    executor.woken.push(task);
    kernel.recordTask(task, "task-created");
    return task;
  }

  /** The poll of the thread's current task is over and it was not ready. */
  suspend(thread: Thread): void {
    const executor = thread.executor;
    const task = executor?.current;
    if (!executor || !task) return;
    task.suspendedAt = thread.at;
    if (thread.locks.size > 0) this.#warnOfLocks(thread, task);
    const heldNs = this.#endPoll(thread, executor, task);
    if (this.#kernel.failed) return;
    task.state = "waiting";
    this.#kernel.recordTask(task, "task-suspended", heldNs);
    executor.current = null;
    if (task.wokenAgain) this.#push(executor, task);
  }

  /** Lets the executor poll (or, where its status is `cancelled`, drop) the next of its woken tasks. */
  next(thread: Thread): void {
    const executor = thread.executor;
    if (!executor || executor.woken.length === 0) return thread.complete(0);
    const at = this.#kernel.pickTask(thread, executor.woken);
    const [task] = executor.woken.splice(at, 1);
    invariant(task, "a woken task was picked");
    task.state = "polled";
    task.wokenAgain = false;
    executor.current = task;
    executor.beginPoll(this.#kernel.nowNs);
    thread.complete(task.id, task.aborted ? STATUS.cancelled : STATUS.ok);
    this.#kernel.recordTask(task, "task-polled");
  }

  /** The current task is over: `status` says how. What it owned is dropped, who waits for it is woken. */
  end(thread: Thread, status: number, result: Payload): void {
    const kernel = this.#kernel;
    const executor = thread.executor;
    const task = executor?.current;
    invariant(executor && task, "a task that ends is being polled");
    const box = containerOf(task.id);
    if (status === STATUS.ok && !kernel.ownership.checkCarried(thread, result)) return;
    const heldNs = this.#endPoll(thread, executor, task);
    if (kernel.failed) return;
    if (status === STATUS.ok && !task.isRoot) kernel.ownership.carry(thread, result, box, "its result");
    task.state = status === STATUS.ok ? "ended" : status === STATUS.panicked ? "panicked" : "cancelled";
    task.result = result;
    executor.tasks.delete(task);
    for (const operation of task.operations) kernel.operations.drop(operation.number);
    if (task.state === "panicked" && !task.isRoot)
      kernel.record(thread, "panicked", task.id, String(result).slice(1).replace("\n", ": "));
    kernel.recordTask(task, ENDINGS[task.state], heldNs);
    if (!task.isRoot) kernel.endpoints.releaseAll(task.owner);
    kernel.touch(task.id);
    if (task.set !== null) {
      task.set.end(task);
      kernel.touch(task.set.id);
    }
    executor.current = null;
  }

  /** The task will be dropped when its executor comes to it; nothing happens where it is over. */
  abort(task: Task): void {
    if (!task.alive || task.aborted) return;
    task.aborted = true;
    this.#kernel.recordTask(task, "task-aborted");
    this.wake(task);
  }

  wake(task: Task): void {
    const executor = task.thread.executor;
    invariant(executor, "a task has an executor");
    if (!task.alive) return this.#wokenTooLate(task);
    if (task.state === "woken" || task.wokenAgain) return;
    this.#kernel.recordWake(task);
    if (task.state === "polled") task.wokenAgain = true;
    else this.#push(executor, task);
  }

  /** The task's result goes to whoever asked for it. */
  takeResult(task: Task, caller: Caller): void {
    task.joined = true;
    if (task.state === "ended") this.#kernel.endpoints.arrive(task.result, containerOf(task.id), caller);
  }

  #push(executor: Executor, task: Task): void {
    task.state = "woken";
    task.wokenAgain = false;
    executor.woken.push(task);
  }

  #wokenTooLate(task: Task): void {
    if (task.isRoot) return;
    this.#kernel.reports.warn(
      `A waker of ${task.name} is woken after the task has ended. Nothing comes of it: a future that is dropped should take its waker back.`,
      this.#kernel.acting?.at ?? 0,
    );
  }

  /** How long the poll held its executor; a failure or a warning where that was too long. */
  #endPoll(thread: Thread, executor: Executor, task: Task): number {
    const heldNs = this.#kernel.nowNs - executor.polledNs;
    const { pollMaxNs } = this.#kernel.rules;
    const others = executor.tasks.size - 1;
    if (heldNs > pollMaxNs) {
      this.#kernel.fail(
        "starved",
        this.#heldMessage(task, heldNs, `At most ${formatMs(pollMaxNs)} are allowed here.`),
        thread,
        executor.longestAt === 0 ? {} : { site: executor.longestAt },
      );
    } else if (heldNs > LONG_POLL_NS && others > 0)
      this.#kernel.reports.warn(
        this.#heldMessage(
          task,
          heldNs,
          `${others === 1 ? "Another task" : `${others} other tasks`} had to wait.`,
        ),
        executor.longestAt || thread.at,
      );
    return heldNs;
  }

  /** Says what took longest, where one call took most of it. */
  #heldMessage(task: Task, heldNs: number, then: string): string {
    const { longestAt = 0, longestNs = 0 } = task.thread.executor ?? {};
    const place = this.#kernel.names.place(longestAt);
    const where = longestNs * 2 < heldNs || place === "" ? "" : `, ${formatMs(longestNs)} of it at ${place}`;
    return `${task.name} held its executor for ${formatMs(heldNs)}${where}, without a \`yield*\` that waits. ${then} Let \`spawnBlocking\` do what blocks or computes.`;
  }

  /** A lock of std that the task took and still holds keeps the whole thread out, its other tasks included. */
  #warnOfLocks(thread: Thread, task: Task): void {
    const kernel = this.#kernel;
    for (const [lock, taken] of thread.locks) {
      if (taken.task !== task) continue;
      const place = kernel.names.place(taken.at);
      kernel.reports.warn(
        `${task.name} waits here while it holds ${kernel.label(lock)}${place === "" ? "" : `, locked at ${place}`}. A task of this thread that locks it meanwhile blocks the thread, and with it the task that would unlock it: unlock before \`yield*\`, or use \`Mutex\` of \`rt/sync\`.`,
        thread.at,
      );
    }
  }
}

const ENDINGS = { ended: "task-ended", panicked: "task-panicked", cancelled: "task-dropped" } as const;
