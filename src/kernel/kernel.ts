import { CALLS, type Limits, type Payload, type TraceKind } from "#abi";
import { formatCount } from "#base";
import { sendQuietly } from "./calls/channels.ts";
import { unpark } from "./calls/parking.ts";
import { Cores } from "./cores.ts";
import { Endpoints } from "./endpoints.ts";
import type { Caller } from "./caller.ts";
import type { Disk } from "./disk/disk.ts";
import type { Failure } from "./failure.ts";
import type { Operation } from "./operation.ts";
import { Operations } from "./operations.ts";
import { Network } from "./net/network.ts";
import { Objects, type Condvar } from "./objects.ts";
import { cutOffThread, endThread } from "./lifecycle.ts";
import { Ownership } from "./ownership.ts";
import type { Choice, Chooser, Guest, Names, TurnEnd } from "./ports.ts";
import { Recorder } from "./recorder.ts";
import { Reports } from "./reports.ts";
import { Scheduler } from "./scheduler.ts";
import { type Task, TASK_OWNERS } from "./task.ts";
import { Tasks } from "./tasks.ts";
import { Thread } from "./thread.ts";
import { Timers } from "./timers.ts";
import { judgeStandstill } from "./standstill.ts";
import { waitersOf } from "./waiters.ts";

export interface KernelRules {
  /** When time moves: `idle` only where no thread can run; `late` at any choice, as the chooser likes. */
  readonly clock: "idle" | "late";
  /** Longest virtual time that one poll may hold its executor, nanoseconds. Beyond: `starved`. */
  readonly pollMaxNs: number;
  /** Virtual time every kernel call occupies a core, nanoseconds. */
  readonly callCostNs: number;
  readonly cores: number;
  readonly mayLeave: boolean;
  /** A wait on a condition and a `park` may end without anybody having ended it, once a run. */
  readonly spuriousWakeups: boolean;
}

export interface KernelOptions {
  readonly guest: Guest;
  readonly chooser: Chooser;
  readonly names: Names;
  readonly rules: KernelRules;
  readonly limits: Limits;
  readonly record: boolean;
}

/**
 * The simulated OS of one run. Owns threads, virtual time, kernel objects and the trace; never chooses (the
 * chooser does), never runs code (the guest port does). Time moves only when no thread can run, unless the rule `late`
 * lets the chooser move it.
 */
export class Kernel {
  readonly names: Names;
  readonly limits: Limits;
  readonly threads: Thread[] = [];
  readonly objects = new Objects();
  readonly endpoints = new Endpoints((object, closed) => this.#lostEnd(object, closed));
  readonly ownership: Ownership = new Ownership(this);
  readonly cores: Cores;
  readonly timers = new Timers();
  readonly network: Network = new Network(this);
  readonly recorder: Recorder;
  readonly reports = new Reports(this);
  readonly rules: KernelRules;
  readonly tasks = new Tasks(this);
  readonly operations = new Operations(this);
  nowNs = 0;
  calls = 0;
  expectations = 0;
  checkList = "";
  failure: Failure | null = null;
  /** Whose kernel call takes effect right now; null where the clock acts. */
  acting: Thread | null = null;
  /** The object of that call: who waits for it is looked at once the call has been told of. */
  actingOn = 0;
  /** When the first thread's body returned; Infinity before. */
  bodyEndedNs = Infinity;

  readonly #guest: Guest;
  readonly #scheduler: Scheduler;
  readonly #callsMax: number;
  #disk: Disk | null = null;
  #next: Thread | null = null;
  /** The one spurious wake-up of this run has happened. */
  #spurious = false;

  constructor(options: KernelOptions) {
    this.names = options.names;
    this.limits = options.limits;
    const { callsMax, patienceCalls } = options.limits;
    this.#callsMax = callsMax < Infinity ? callsMax : patienceCalls;
    this.#guest = options.guest;
    this.rules = options.rules;
    this.cores = new Cores(options.rules.cores);
    this.recorder = new Recorder(options.record);
    this.#scheduler = new Scheduler(this, options.chooser);
    const { watcher } = options.chooser;
    if (watcher?.makes !== undefined)
      this.objects.heard = ({ id, type, site }) =>
        watcher.makes?.(this.acting?.id ?? 0, id, type, this.names.thing(site));
  }

  get failed(): boolean {
    return this.failure !== null;
  }

  get choices(): readonly Choice[] {
    return this.#scheduler.choices;
  }

  /** True once anything has waited for an instant, or was to happen at one: late timers could make a difference. */
  get waitsForTime(): boolean {
    return this.#scheduler.waitsForTime || this.timers.wereSet;
  }

  /** Runs the whole program: from the first thread's beginning to the end of the run. */
  run(): void {
    this.threads.push(new Thread(0, "main", 0));
    for (;;) {
      const thread = this.#next ?? this.#scheduler.next(null);
      this.#next = null;
      if (thread === null) break;
      const fresh = !thread.started;
      thread.started = true;
      this.#settle(thread, fresh ? this.#guest.start(thread) : this.#guest.resume(thread));
    }
    this.#conclude();
    for (const thread of this.threads) this.#guest.kill(thread);
  }

  /**
   * A thread's kernel call, made from inside the guest; its arguments are on the thread.
   * True: go on at once with the reply. False: suspend, the run loop knows who is next.
   */
  enter(thread: Thread): boolean {
    if (this.failed) return false;
    thread.state = "pending";
    thread.blocked = false;
    thread.executor?.noteCall(thread.at, this.nowNs);
    if (++this.calls > this.#callsMax) {
      this.#failBeyondCalls(thread);
      return false;
    }
    if (this.rules.callCostNs > 0 && thread.call !== CALLS.panic) {
      thread.owesCost = true;
      this.cores.begin(thread, this.rules.callCostNs, this.nowNs);
      this.#scheduler.watcher?.reaches(thread.id, CALLS.work, 0);
      this.#next = this.#scheduler.next(null);
    } else {
      this.#next = this.#scheduler.begin(thread);
      if (this.#next === null && !this.#mayEnd(thread)) this.#next = this.#scheduler.next(thread);
    }
    if (this.#next !== thread) return this.#mayEnd(thread);
    this.#next = null;
    return true;
  }

  /** A bound that the author of a check set is the program's; the other one is only ours. */
  #failBeyondCalls(thread: Thread): void {
    const message = `The program made more than ${formatCount(this.#callsMax)} kernel calls in one run.`;
    this.fail(this.limits.callsMax < Infinity ? "over-limit" : "inconclusive", message, thread);
  }

  /** A thread that has just ended leaves its guest by itself; who is next is asked after that. */
  #mayEnd(thread: Thread): boolean {
    return !thread.alive && this.#next === null && !this.failed;
  }

  /** Ends the run with a failure; the first one counts. */
  fail(kind: Failure["kind"], message: string, thread: Caller | null, more: Partial<Failure> = {}): void {
    this.failure ??= { kind, message, thread: thread?.id ?? -1, site: thread?.at ?? 0, stack: "", ...more };
  }

  misuse(thread: Caller, message: string): void {
    this.fail("misuse", message, thread);
  }

  /** Makes `child`'s guest a copy of `parent`'s. */
  fork(parent: Thread, child: Thread): void {
    this.#guest.fork(parent, child);
  }

  /** Whether another thread stands before one of `calls` (on `object`, unless 0), and so could tell when this one acts. */
  isProbed(thread: Thread, calls: readonly number[], object: number): boolean {
    return this.threads.some(
      (other) =>
        other !== thread &&
        other.state === "pending" &&
        calls.includes(other.call) &&
        (object === 0 || this.#scheduler.objectOf(other) === object),
    );
  }

  pickWaiter(condvar: Condvar): Thread {
    return this.#scheduler.pickWaiter(condvar);
  }

  /** One of the numbers below `count`, from the chooser; 0 is the default. */
  pickNumber(caller: Caller, count: number): number {
    return this.#scheduler.pickNumber(caller, count);
  }

  /** Whether a wait that begins now ends without anybody having ended it: a choice, where the rules allow it. */
  wakesSpuriously(caller: Caller): boolean {
    if (!this.rules.spuriousWakeups || this.#spurious) return false;
    this.#spurious = this.pickNumber(caller, 2) === 1;
    return this.#spurious;
  }

  /** The disk; a run without files never has one. */
  get disk(): Disk {
    return (this.#disk ??= this.objects.disk());
  }

  /** `` `queue` `` or, where the source gives no name, "a channel". */
  label(object: {
    readonly id: number;
    readonly site: number;
    readonly type: string;
    readonly path?: string;
    readonly title?: string;
  }): string {
    if (object.title !== undefined) return object.title;
    if (object.path !== undefined) return `\`${object.path}\``;
    const thing = this.names.thing(object.site);
    if (thing !== "") return `\`${thing}\``;
    const place = this.names.place(object.site);
    return place === "" ? `a ${object.type}` : `the ${object.type} of ${place}`;
  }

  /** Something about kernel object `object` has changed: operations that wait for it are looked at. */
  touch(object: number): void {
    this.operations.touch(object);
  }

  /** Wakes what the waker with this number is for. */
  wake(id: number): void {
    const waker = this.objects.getWaker(id);
    if (waker.type === "task") return this.tasks.wake(waker);
    if (this.acting !== null) this.record(this.acting, "woken", id, null);
    if ("thread" in waker.target) unpark(this, waker.target.thread);
    else sendQuietly(this, waker.target.sender, waker.target.message);
  }

  /** Tasks that are neither over nor the future of a `blockOn`. */
  liveTasks(): readonly Task[] {
    return this.threads.flatMap((thread) =>
      [...(thread.executor?.tasks ?? [])].filter((task) => !task.isRoot),
    );
  }

  pickTask(thread: Thread, woken: readonly Task[]): number {
    return this.#scheduler.pickTask(thread, woken);
  }

  /** The name of a thread or a task, by what it owns endpoints as. */
  nameOfOwner(owner: number): string {
    const task = this.objects.all[owner - TASK_OWNERS - 1];
    return this.threads[owner]?.name ?? (task?.type === "task" ? task.name : "");
  }

  #settle(thread: Thread, end: TurnEnd): void {
    if (end === "ended") {
      if (!thread.alive) return;
      this.#scheduler.watcher?.acts(thread.id, CALLS.exit, 0);
      endThread(this, thread, "ended", "u");
    } else if (end !== "suspended") cutOffThread(this, thread, end);
  }

  /** Threads that are still there when nothing can run any more are a failure, unless they may be. */
  #conclude(): void {
    if (this.failed) return;
    this.reports.printLostPanics();
    this.failure = judgeStandstill(waitersOf(this), {
      nameOf: (owner) => this.nameOfOwner(owner),
      bodyEnded: this.bodyEndedNs < Infinity,
      mayLeave: this.rules.mayLeave,
      graceNs: this.limits.graceNs,
    });
  }

  /** Something happened to `task` in its own poll, or (`task-created`, `task-aborted`) by whoever acts. */
  recordTask(task: Task, kind: TraceKind, heldNs = 0): void {
    const actor = this.acting ?? task.thread;
    this.recorder.task(this.nowNs, task, kind, {
      actor,
      detail: String(heldNs),
      choice: this.choices.length,
    });
  }

  /** A task is woken: by whoever makes the kernel call in progress, or by the clock. */
  recordWake(task: Task): void {
    const actor = this.acting;
    this.recorder.task(this.nowNs, task, "task-woken", { actor, detail: "", choice: this.choices.length });
  }

  #lostEnd(object: number, closed?: "senders" | "receiver"): void {
    if (closed !== undefined && this.acting !== null) this.record(this.acting, "closed", object, closed);
    if (object !== this.actingOn) this.touch(object);
  }

  /** An operation begins to wait, takes effect, or is dropped before it did. */
  recordOperation(operation: Operation, kind: "pending" | "given-up" | "done"): void {
    const object = this.operations.objectOf(operation);
    const choice = this.choices.length;
    if (kind === "done") return this.recorder.call(this.nowNs, operation, object, choice);
    const until = operation.deadlineNs < Infinity ? operation.deadlineNs : null;
    this.recorder.event(this.nowNs, operation, kind, object, until, choice);
  }

  /** Writes an event of `thread` into the trace. */
  record(
    thread: Thread,
    kind: Parameters<Recorder["event"]>[2],
    object: number,
    detail: Payload | null,
  ): void {
    this.recorder.event(this.nowNs, thread, kind, object, detail, this.choices.length);
  }
}
