import { type Call, CALLS } from "#abi";
import { formatMs } from "#base";
import { HANDLERS } from "./calls/index.ts";
import type { Caller } from "./caller.ts";
import type { Handler } from "./handler.ts";
import type { Kernel } from "./kernel.ts";
import type { Condvar } from "./objects.ts";
import { type Choice, type Chooser, CLOCK_THREAD, type Watcher } from "./ports.ts";
import { type Option, Selector } from "./selector.ts";
import type { Task } from "./task.ts";
import type { Thread } from "./thread.ts";

/**
 * Whose kernel call takes effect next, and when the clock moves. A choice point stands before every visible call;
 * a call that nobody could see takes effect at once. Owns no thread and no time: both are the kernel's.
 */
export class Scheduler {
  readonly #kernel: Kernel;
  readonly #selector: Selector;
  readonly #isLate: boolean;
  readonly watcher: Watcher | undefined;
  #waitsForTime = false;

  constructor(kernel: Kernel, chooser: Chooser) {
    this.#kernel = kernel;
    this.#selector = new Selector(chooser);
    this.#isLate = kernel.rules.clock === "late";
    this.watcher = chooser.watcher;
  }

  get choices(): readonly Choice[] {
    return this.#selector.choices;
  }

  /** True once a thread has waited for an instant. */
  get waitsForTime(): boolean {
    return this.#waitsForTime;
  }

  /** Starts the call; returns the thread where it is local and already done. */
  begin(thread: Thread): Thread | null {
    const handler = handlerOf(thread);
    if (!isOperation(thread)) handler.begin?.(this.#kernel, thread);
    if (this.#kernel.failed) return null;
    if (this.watcher !== undefined)
      this.watcher.reaches(thread.id, thread.call as Call, this.objectOf(thread));
    const granted = thread.granted;
    if (handler.pure !== true) thread.granted = false;
    if (isPolite(thread) || (!granted && this.#isVisible(thread)) || !this.#isReady(thread)) return null;
    this.#perform(thread);
    return !this.#kernel.failed && thread.state === "running" ? thread : null;
  }

  /** The next thread to run, its call done; null at the end of the run. */
  next(asking: Thread | null): Thread | null {
    let current = asking;
    while (!this.#kernel.failed) {
      const thread = this.#pick(current);
      if (thread === null) {
        if (!this.#advanceTime()) return null;
        current = null;
      } else if (thread.owesCost) {
        this.#kernel.cores.end(thread, this.#kernel.nowNs);
        thread.owesCost = false;
        if (this.begin(thread) !== null) return thread;
        current = thread.state === "pending" && !this.#kernel.failed && this.#isReady(thread) ? thread : null;
      } else {
        thread.granted = thread.state === "running" || !this.#isVisible(thread);
        if (thread.state === "pending") this.#perform(thread);
        if (!this.#kernel.failed && thread.state === "running") return thread;
        current = null;
      }
    }
    return null;
  }

  /** Who goes on; null where the clock is to move. */
  #pick(current: Thread | null): Thread | null {
    const ready = this.#kernel.threads.filter((thread) => this.#isReady(thread));
    for (const thread of this.#kernel.threads)
      if (thread.state === "pending" && !thread.blocked && !ready.includes(thread) && !thread.owesCost) {
        thread.blocked = true;
        if (thread.deadlineNs < Infinity) this.#waitsForTime = true;
        this.#kernel.record(thread, "blocked", this.objectOf(thread), null);
      }
    const eager = ready.filter((thread) => !isPolite(thread));
    const options = eager.length > 0 ? eager : ready;
    if (options.length === 0) return null;
    const thread =
      options[
        this.#selector.pick(
          "thread",
          this.#withClock(options.map((option) => this.#optionOf(option))),
          current === null ? -1 : options.indexOf(current),
        )
      ];
    if (thread === undefined) return null;
    for (const other of ready) if (other !== thread && isPolite(other)) other.parked = true;
    thread.steps++;
    this.watcher?.goesOn(thread.id);
    return thread;
  }

  /** Under the rule `late` the clock may move before any of the threads goes on, as long as that cannot end the run. */
  #withClock(options: Option[]): readonly Option[] {
    if (this.#isLate && this.#nextInstant() <= this.#kernel.limits.timeMaxNs)
      options.push({ thread: CLOCK_THREAD, call: CALLS.clock, object: 0 });
    return options;
  }

  #isReady(thread: Thread): boolean {
    if (thread.state === "running") return true;
    if (thread.state !== "pending") return false;
    if (thread.owesCost) return this.#kernel.cores.isDone(thread, this.#kernel.nowNs);
    if (isOperation(thread)) return true;
    const handler = handlerOf(thread);
    return handler.ready?.(this.#kernel, thread) ?? true;
  }

  #isVisible(thread: Thread): boolean {
    const { visible } = handlerOf(thread);
    return typeof visible === "boolean"
      ? visible
      : this.#kernel.isProbed(thread, visible.probedBy, this.objectOf(thread));
  }

  #perform(thread: Thread): void {
    const object = this.objectOf(thread);
    this.#kernel.acting = thread;
    this.#kernel.actingOn = object;
    this.watcher?.acts(thread.id, thread.call as Call, object);
    if (isOperation(thread)) this.#kernel.operations.start(thread);
    else handlerOf(thread).perform(this.#kernel, thread);
    const { failed, recorder, nowNs } = this.#kernel;
    if (!failed && thread.alive && !isOperation(thread) && !TELL_THEMSELVES.has(thread.call))
      recorder.call(nowNs, thread, object, this.#selector.count);
    this.#kernel.actingOn = 0;
    if (!failed && object !== 0) this.#kernel.touch(object);
    this.#kernel.acting = null;
  }

  /** The next instant at which something becomes ready; Infinity where there is none before the end of the run. */
  #nextInstant(): number {
    let next = this.#kernel.threads.some((thread) => thread.alive) ? this.#kernel.timers.nextNs : Infinity;
    for (const thread of this.#kernel.threads)
      if (thread.state === "pending" && thread.deadlineNs < next && thread.deadlineNs > this.#kernel.nowNs)
        next = thread.deadlineNs;
    return next > this.#kernel.bodyEndedNs + this.#kernel.limits.graceNs ? Infinity : next;
  }

  /** Moves the clock to the next instant at which something becomes ready; false at the end of the run. */
  #advanceTime(): boolean {
    const next = this.#nextInstant();
    if (next === Infinity) return false;
    if (next > this.#kernel.limits.timeMaxNs) {
      this.#kernel.fail(
        "over-limit",
        `The program was still waiting after ${formatMs(this.#kernel.limits.timeMaxNs)} of virtual time. Wait for something that comes sooner.`,
        this.#kernel.threads.find((thread) => thread.state === "pending" && thread.deadlineNs === next) ??
          null,
      );
      return false;
    }
    this.#kernel.nowNs = next;
    this.#kernel.timers.fire(next);
    return true;
  }

  /** Which of a condition's waiters a notification wakes: a choice. */
  pickWaiter(condvar: Condvar): Thread {
    const options = condvar.waiters.map((waiter) => this.#optionOf(waiter));
    return condvar.waiters[this.#selector.pick("waiter", options)] as Thread;
  }

  /** One of the numbers below `count`: what the program leaves open; 0 is the default. */
  pickNumber(caller: Caller, count: number): number {
    const { id, call } = caller;
    const options = Array.from({ length: count }, (_, object) => ({ thread: id, call, object }));
    return this.#selector.pick("number", options);
  }

  /** Which of an executor's woken tasks is polled next; the one woken first by default. */
  pickTask(thread: Thread, woken: readonly Task[]): number {
    const { id, call } = thread;
    return this.#selector.pick(
      "task",
      woken.map((task) => ({ thread: id, call, object: task.id })),
    );
  }

  #optionOf(thread: Thread): Option {
    return { thread: thread.id, call: thread.call, object: this.objectOf(thread) };
  }

  /** The kernel object that the thread's pending call is about; 0 where none. */
  objectOf(thread: Thread): number {
    if (thread.state !== "pending") return 0;
    return handlerOf(thread).object?.(this.#kernel, thread) ?? 0;
  }
}

function handlerOf(thread: Thread): Handler {
  const handler = HANDLERS[thread.call];
  if (handler === undefined) throw new RangeError(`no kernel call ${thread.call}`);
  return handler;
}

/** The call is one that a future waits for: the thread itself goes on at once. */
function isOperation(thread: Thread): boolean {
  return thread.waker !== 0 && handlerOf(thread).waitable === true;
}

/** Calls whose events are written where they take effect. */
const TELL_THEMSELVES: ReadonlySet<number> = new Set([
  CALLS.print,
  CALLS.taskNew,
  CALLS.taskNext,
  CALLS.taskEnd,
  CALLS.taskAbort,
  CALLS.taskAbortAll,
  CALLS.operationPoll,
  CALLS.operationDrop,
  CALLS.wake,
  CALLS.pick,
]);

/** A yield steps back once: as long as another thread can go first. */
function isPolite(thread: Thread): boolean {
  return thread.state === "pending" && thread.call === CALLS.yieldNow && !thread.parked;
}
