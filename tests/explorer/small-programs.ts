import { CALLS } from "#abi";
import { Exhaustive, mayConflict, type Operation, type Strategy } from "#explorer";
import type { Chooser, Kernel, Watcher } from "#kernel";
import type { RunResult } from "#machine";
import { runScript, type Call, type Rules, type Script } from "../kernel/fake-guest.ts";

/** One run of a small program on the real kernel, with what tells schedules and executions apart. */
export interface SmallRun {
  readonly kernel: Kernel;
  /** What was picked, choice by choice. */
  readonly picks: string;
  /** Every call that took effect, in order. */
  readonly acts: readonly Operation[];
  /** What each thread was answered, and how the run ended: all that a program can know of its schedule. */
  readonly observed: string;
}

/** Replies that are numbers of things, which depend on the order in which things are made. */
const GIVES_NUMBERS = /New$|^spawn$/;

/** Runs the program under one chooser; it may be run again. */
export function runSmall(main: Script, chooser: Chooser, rules: Rules = {}): SmallRun {
  const replies = new Map<string, string[]>();
  const acts: Operation[] = [];
  const watcher: Watcher = {
    goesOn: (thread) => chooser.watcher?.goesOn(thread),
    reaches: (thread, call, object) => chooser.watcher?.reaches(thread, call, object),
    acts: (thread, call, object) => {
      acts.push({ thread, call, object });
      chooser.watcher?.acts(thread, call, object);
    },
  };
  const watched: Chooser = { choose: (point) => chooser.choose(point), watcher };
  const kernel = runScript(watchReplies(main, "main", replies), {
    mayLeave: true,
    ...rules,
    chooser: watched,
  });
  const heard = [...replies].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([who, what]) => `${who}: ${what}`);
  const ending = kernel.failure?.kind ?? "passed";
  return {
    kernel,
    picks: kernel.choices.map((choice) => choice.picked).join(""),
    acts,
    observed: [...heard, ending].join("; "),
  };
}

/** The script, whose replies are written down by thread. */
function watchReplies(script: Script, name: string, replies: Map<string, string[]>): Script {
  return function* () {
    const heard: string[] = [];
    replies.set(name, heard);
    const steps = script();
    let children = 0;
    for (let next = steps.next(); next.done !== true;) {
      const call: Call = next.value;
      const body = call.body && watchReplies(call.body, `${name}.${children++}`, replies);
      const got = yield { ...call, ...(body && { body }) };
      if (!GIVES_NUMBERS.test(call.call)) heard.push(`${call.call} ${got.reply} ${got.status}`);
      next = steps.next(got);
    }
  };
}

/** Every schedule of the program, by brute force; undefined where there are more than `most`. */
export function enumerateAll(main: Script, rules: Rules = {}, most = 20_000): SmallRun[] | undefined {
  const runs: SmallRun[] = [];
  const prefixes: number[][] = [[]];
  for (let prefix = prefixes.pop(); prefix !== undefined; prefix = prefixes.pop()) {
    if (runs.length >= most) return undefined;
    const options: number[] = [];
    const known = prefix;
    const run = runSmall(
      main,
      { choose: (point) => known[options.push(point.threads.length) - 1] ?? 0 },
      rules,
    );
    runs.push(run);
    for (let at = known.length; at < options.length; at++)
      for (let pick = 1; pick < (options[at] ?? 0); pick++)
        prefixes.push([...known, ...Array<number>(at - known.length).fill(0), pick]);
  }
  return runs;
}

/** Every run that a strategy makes of the program, to its end. */
export function runStrategy(main: Script, strategy: Strategy, rules: Rules = {}): SmallRun[] {
  const runs: SmallRun[] = [];
  for (let chooser = strategy.begin(); chooser !== undefined; chooser = strategy.begin()) {
    const run = runSmall(main, chooser, rules);
    runs.push(run);
    if (!strategy.end(resultOf(run))) throw new Error("the strategy met a program that is not deterministic");
    if (runs.length > 50_000) throw new Error("the strategy makes no end");
  }
  return runs;
}

/** {@link runStrategy} with sleep sets. */
export function runExhaustive(main: Script, rules: Rules = {}): SmallRun[] {
  return runStrategy(main, new Exhaustive(), rules);
}

/** A run's result, as far as strategies look at it. */
export function resultOf({ kernel }: SmallRun): RunResult {
  const { failure } = kernel;
  return {
    outcome: {
      kind: failure?.kind ?? "passed",
      message: failure?.message ?? "",
      thread: failure?.thread ?? -1,
    },
    traceHash: kernel.recorder.digest(),
    choices: kernel.choices,
    calls: kernel.calls,
    stepsOf: kernel.threads.map((thread) => thread.steps),
    endNs: kernel.nowNs,
    waitsForTime: false,
    printed: [],
    warnings: [],
    expectations: 0,
  };
}

/**
 * The class of a run: the one order of its calls that all runs share which differ from it by swapping neighbours that
 * commute. It takes the lowest thread whose next call has nothing before it that it conflicts with.
 */
export function classOf({ acts }: SmallRun): string {
  const told = acts.map(({ thread, call, object }) => `${thread}:${call}:${object}`).join(" ");
  let known = CLASSES.get(told);
  if (known === undefined) CLASSES.set(told, (known = findClass(acts)));
  return known;
}

/** By the order of the calls: many runs differ only in who goes on without a call. */
const CLASSES = new Map<string, string>();

function findClass(acts: readonly Operation[]): string {
  const left = [...acts];
  const order: string[] = [];
  while (left.length > 0) {
    const free = left.filter((act, at) => !left.slice(0, at).some((before) => mayConflict(before, act)));
    const first = free.reduce((lowest, act) => (act.thread < lowest.thread ? act : lowest));
    left.splice(left.indexOf(first), 1);
    order.push(`${first.thread}:${first.call}:${first.object}`);
  }
  return order.join(" ");
}

/** The threads that made calls of this kind, in order. */
export function orderOf(run: SmallRun, ...calls: (keyof typeof CALLS)[]): string {
  const wanted: readonly number[] = calls.map((call) => CALLS[call]);
  return run.acts.flatMap(({ call, thread }) => (wanted.includes(call) ? [thread] : [])).join("");
}

/** A program that makes `objects` and then runs the threads to their ends. */
export function program(objects: readonly Call[], ...threads: Script[]): Script {
  return function* () {
    for (const object of objects) yield object;
    for (const body of threads) yield { call: "spawn", body };
  };
}

/** A thread that makes these calls, whatever it is answered. */
export function thread(...calls: readonly Call[]): Script {
  return function* () {
    for (const call of calls) yield call;
  };
}

export const CELL: Call = { call: "cellNew", payload: 0 };
export const get = (a: number): Call => ({ call: "cellGet", a });
export const set = (a: number, payload = 1): Call => ({ call: "cellSet", a, payload });
export const lock = (a: number): Call => ({ call: "lock", a });
export const unlock = (a: number): Call => ({ call: "unlock", a });

export function repeat(count: number, call: Call): Call[] {
  return Array.from({ length: count }, () => call);
}
