import { CALLS, type Limits, type Payload } from "#abi";
import { formatCount } from "#base";
import { HANDLERS } from "./calls/index.ts";
import { Cores } from "./cores.ts";
import { containerOf, Endpoints } from "./endpoints.ts";
import type { Caller } from "./caller.ts";
import type { Failure } from "./failure.ts";
import type { Wait } from "./handler.ts";
import { Objects, type Condvar, type KernelObject } from "./objects.ts";
import { Ownership } from "./ownership.ts";
import type { Choice, Chooser, Guest, Names, TurnEnd } from "./ports.ts";
import { Recorder } from "./recorder.ts";
import { Scheduler } from "./scheduler.ts";
import { Thread } from "./thread.ts";
import { judgeStandstill } from "./standstill.ts";

export interface KernelRules {
  /** Virtual time every kernel call occupies a core, nanoseconds. */
  readonly callCostNs: number;
  readonly cores: number;
  readonly mayLeave: boolean;
}

export interface KernelOptions {
  readonly guest: Guest;
  readonly chooser: Chooser;
  readonly names: Names;
  readonly rules: KernelRules;
  readonly limits: Limits;
  readonly record: boolean;
}

/** A printed line: who, when, what. */
export interface Line {
  readonly timeNs: number;
  readonly thread: number;
  readonly text: string;
}

/**
 * The simulated OS of one run. Owns threads, virtual time, kernel objects and the trace; never chooses (the
 * chooser does), never runs code (the guest port does). Time moves only when no thread can run.
 */
export class Kernel {
  readonly names: Names;
  readonly limits: Limits;
  readonly threads: Thread[] = [];
  readonly objects = new Objects();
  readonly endpoints = new Endpoints();
  readonly ownership: Ownership = new Ownership(this);
  readonly cores: Cores;
  readonly recorder: Recorder;
  readonly lines: Line[] = [];
  nowNs = 0;
  calls = 0;
  expectations = 0;
  checkList = "";
  failure: Failure | null = null;
  /** When the first thread's body returned; Infinity before. */
  bodyEndedNs = Infinity;

  readonly #guest: Guest;
  readonly #rules: KernelRules;
  readonly #scheduler: Scheduler;
  #next: Thread | null = null;
  #printed = 0;

  constructor(options: KernelOptions) {
    this.names = options.names;
    this.limits = options.limits;
    this.#guest = options.guest;
    this.#rules = options.rules;
    this.cores = new Cores(options.rules.cores);
    this.recorder = new Recorder(options.record);
    this.#scheduler = new Scheduler(this, options.chooser);
  }

  get failed(): boolean {
    return this.failure !== null;
  }

  get choices(): readonly Choice[] {
    return this.#scheduler.choices;
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
    if (++this.calls > this.limits.callsMax) {
      this.fail(
        "over-limit",
        `The program made more than ${formatCount(this.limits.callsMax)} kernel calls in one run.`,
        thread,
      );
      return false;
    }
    if (this.#rules.callCostNs > 0 && thread.call !== CALLS.panic) {
      thread.owesCost = true;
      this.cores.begin(thread, this.#rules.callCostNs, this.nowNs);
      this.#next = this.#scheduler.next(null);
    } else {
      this.#next = this.#scheduler.begin(thread);
      if (this.#next === null && !this.#mayEnd(thread)) this.#next = this.#scheduler.next(thread);
    }
    if (this.#next !== thread) return this.#mayEnd(thread);
    this.#next = null;
    return true;
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

  print(thread: Thread, text: string): void {
    this.#printed += text.length;
    if (this.#printed > this.limits.outputMax)
      this.fail(
        "over-limit",
        `The program printed more than ${formatCount(this.limits.outputMax)} characters.`,
        thread,
      );
    this.lines.push({ timeNs: this.nowNs, thread: thread.id, text });
    this.record(thread, "printed", 0, text);
    thread.complete(0);
  }

  /** Makes a thread: a copy of its parent as it stands in this call, which later runs the body it was given. */
  spawn(parent: Thread): void {
    const [name = "", captures = ""] = String(parent.payload).slice(1).split("\n");
    const id = this.threads.length;
    if (id >= this.limits.threadsMax)
      return this.fail(
        "over-limit",
        `The program started more than ${this.limits.threadsMax} threads.`,
        parent,
      );
    const child = new Thread(id, name === "" ? `worker-${id}` : name, parent.at);
    this.threads.push(child);
    this.ownership.capture(parent, child, captures);
    if (this.failed) return;
    parent.complete(id);
    child.call = CALLS.spawn;
    this.#guest.fork(parent, child);
    this.record(parent, "spawned", id, null);
  }

  /** A thread is over: what it owned is dropped. */
  endThread(thread: Thread, state: "ended" | "panicked", result: Payload): void {
    if (state === "ended" && !this.ownership.checkCarried(thread, result)) return;
    if (state === "ended") this.ownership.carry(thread, result, resultBox(thread), "its result");
    thread.state = state;
    thread.result = result;
    thread.deadlineNs = Infinity;
    this.endpoints.releaseAll(thread.id);
    this.record(thread, state, thread.id, null);
    if (thread.id === 0) this.bodyEndedNs = this.nowNs;
  }

  /** Hands over endpoints inside a joined thread's result. */
  takeResult(target: Thread, thread: Caller): void {
    if (target.state === "ended") this.endpoints.arrive(target.result, resultBox(target), thread);
  }

  /** `flag\nname\nmessage\nstack`; flag 1: the stack ran out, 2: the memory did. */
  panic(thread: Thread, payload: string): void {
    const [flag = "0", name = "Error", message = "", ...stack] = payload.slice(1).split("\n");
    const text = decodeLines(message);
    this.recorder.event(this.nowNs, thread, "panicked", 0, `${name}: ${text}`, this.choices.length);
    const more = { stack: stack.join("\n"), errorName: name };
    if (flag === "1")
      this.fail("over-limit", "The program called itself too deeply: its stack is full.", thread, more);
    else if (flag === "2")
      this.fail("out-of-memory", "The program used more memory than a thread has here.", thread, more);
    else if (thread.id === 0) this.fail("panic", text === "" ? name : `${name}: ${text}`, thread, more);
    else {
      for (const object of this.objects.all)
        if (object.type === "mutex" && object.holder === thread) {
          object.poisoned = true;
          object.holder = null;
        }
      this.endThread(thread, "panicked", `s${name}\n${text}`);
    }
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

  /** `` `queue` `` or, where the source gives no name, "a channel". */
  label(object: KernelObject): string {
    const thing = this.names.thing(object.site);
    if (thing !== "") return `\`${thing}\``;
    const place = this.names.place(object.site);
    return place === "" ? `a ${object.type}` : `the ${object.type} of ${place}`;
  }

  /** What `thread` waits for; null where it does not wait. */
  waitOf(thread: Thread): Wait | null {
    if (thread.state !== "pending") return null;
    return HANDLERS[thread.call]?.wait?.(this, thread) ?? null;
  }

  #settle(thread: Thread, end: TurnEnd): void {
    if (end === "ended") {
      if (thread.alive) this.endThread(thread, "ended", "u");
    } else if (end !== "suspended") this.#cutOff(thread, end);
  }

  #cutOff(thread: Thread, end: Exclude<TurnEnd, string>): void {
    const more = { stack: end.message };
    if (end.threw === "fuel")
      this.fail(
        "out-of-fuel",
        `${thread.name} ran an endless loop, or one far too long: it was stopped.`,
        thread,
        more,
      );
    else if (end.threw === "stack")
      this.fail("over-limit", "The program called itself too deeply: its stack is full.", thread, more);
    else if (end.threw === "memory")
      this.fail("out-of-memory", "The program used more memory than a thread has here.", thread, more);
    else this.fail("panic", end.message, thread, more);
  }

  /** Threads that are still there when nothing can run any more are a failure, unless they may be. */
  #conclude(): void {
    if (this.failed) return;
    const left = this.threads.filter((thread) => thread.alive);
    this.#printLostPanics();
    this.failure = judgeStandstill(left, {
      waitOf: (thread) => this.waitOf(thread),
      nameOf: (id) => this.threads[id]?.name ?? "",
      bodyEnded: this.bodyEndedNs < Infinity,
      mayLeave: this.#rules.mayLeave,
      graceNs: this.limits.graceNs,
    });
  }

  #printLostPanics(): void {
    for (const thread of this.threads)
      if (thread.state === "panicked" && !thread.joined) {
        const [name, ...message] = String(thread.result).slice(1).split("\n");
        const text = `${thread.name} panicked: ${name}: ${message.join("\n")}`;
        this.lines.push({ timeNs: this.nowNs, thread: thread.id, text });
      }
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

/** Endpoints in a thread's result wait in a box of their own, numbered beyond every object. */
function resultBox(thread: Thread): number {
  return containerOf(1_000_000 + thread.id);
}

function decodeLines(text: string): string {
  return text.replaceAll("\u2028", "\n");
}
