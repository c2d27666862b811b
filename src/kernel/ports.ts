import type { Call, ObjectInfo } from "#abi";
import type { Thread } from "./thread.ts";

/**
 * What a question is about.
 *
 *   thread   who runs next; options in ascending thread order, `objects` what each would touch; under the rule `late`
 *            the last option may be that the clock moves ({@link CLOCK_THREAD})
 *   waiter   which waiter a notification picks
 *   task     which woken task an executor polls next; `objects` are the tasks, the one woken first comes first
 *   number   one of the numbers from 0 (a branch to begin with, how short a read is); `objects` are the numbers
 */
export type ChoiceKind = "thread" | "waiter" | "task" | "number";

/**
 * Stands for the clock where the options are threads, with `CALLS.clock`: time moves to the next instant at which
 * something is due, as if the operating system had kept every thread waiting until then.
 */
export const CLOCK_THREAD = 0xffff;

/**
 * One question to the chooser. `threads[i]` would go on with kernel call `calls[i]` on object `objects[i]`
 * (0 where there is none). There are always at least two options.
 */
export interface ChoicePoint {
  readonly kind: ChoiceKind;
  /** The thread that asked and could itself go on, or -1 (it blocks, has ended, or this picks a waiter). */
  readonly current: number;
  readonly threads: readonly number[];
  readonly calls: readonly Call[];
  readonly objects: readonly number[];
  /** Index of the default: the current thread where it can go on, else the first. */
  readonly preferred: number;
}

/** Policy: answers every question that the program itself does not decide. */
export interface Chooser {
  /** Returns an index into `point.threads`. */
  choose(point: ChoicePoint): number;
  /** Told of what happens between the questions, where the policy must know. */
  readonly watcher?: Watcher;
}

/**
 * Hears what threads do between two questions: a step may hold several kernel calls, and a question with one answer is
 * never asked. A thread goes on, its call acts, it reaches the next one; one that nobody could see acts at once.
 */
export interface Watcher {
  /** `thread` goes on, chosen or as the only one that could: a step of it begins. */
  goesOn(thread: number): void;
  /** `thread` has come to `call`: what the call does when it begins has been done. */
  reaches(thread: number, call: Call, object: number): void;
  /** The call takes effect, or the first half of it. A body that returns ends its thread with `exit`. */
  acts(thread: number, call: Call, object: number): void;
  /** `thread` has made an object: what it is, and what the source calls it ("" where it has no name). */
  makes?(thread: number, object: number, type: ObjectInfo["type"], name: string): void;
}

/** What the kernel logs of an answered question; a run's list of these, with the program, is the run. */
export interface Choice {
  readonly kind: ChoiceKind;
  readonly options: number;
  readonly preferred: number;
  readonly picked: number;
  /** True where the thread that asked could have gone on and another was picked, or the clock was: a preemption. */
  readonly preempts: boolean;
  readonly thread: number;
  readonly call: Call;
  readonly object: number;
}

/** How a thread's turn ended. `threw`: an error that learner code could not catch reached the bottom of the guest. */
export type TurnEnd =
  "suspended" | "ended" | { readonly threw: "fuel" | "stack" | "memory" | "error"; readonly message: string };

/**
 * What carries threads out: the kernel says when, the guest how. While a thread runs its guest calls
 * `Kernel.enter` for every kernel call and suspends the thread where that answers false.
 */
export interface Guest {
  /** Runs a thread from its beginning: the program on the first thread, what it was spawned with on others. */
  start(thread: Thread): TurnEnd;
  /** Lets a suspended thread go on with `thread.reply`. */
  resume(thread: Thread): TurnEnd;
  /** Makes `child` a copy of `parent`, which is in its spawn call. */
  fork(parent: Thread, child: Thread): void;
  /** Frees what a thread holds; it never runs again. */
  kill(thread: Thread): void;
}

/** Names for messages: the kernel knows sites and objects by number only. */
export interface Names {
  /** `main.ts:12:5`, or "" for nowhere. */
  place(site: number): string;
  /** What the source calls the thing made or changed at `site`, or "". */
  thing(site: number): string;
}
