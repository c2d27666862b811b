import { RollingHash } from "#base";
import { CALLS, type Call, type OutcomeKind } from "#abi";
import type { Choice, ChoicePoint, Chooser } from "#kernel";
import type { Runnable } from "#explorer";
import type { RunOptions, RunResult } from "#machine";

/** A step of a thread of the model: its kernel call, and what it does to the memory of one run. */
export interface ModelStep {
  readonly call: Call;
  /** The object it is about, 1 unless told. */
  readonly object?: number;
  readonly act: (memory: Map<string, number>) => void;
  /** Whether it may run; always where absent. */
  readonly enabled?: (memory: Map<string, number>) => boolean;
  /** True where the step repeats until `until` holds. */
  readonly until?: (memory: Map<string, number>) => boolean;
}

export interface Model {
  readonly threads: readonly (readonly ModelStep[])[];
  /** The outcome of a run that came to its end. */
  readonly judge?: (memory: Map<string, number>) => OutcomeKind;
  /** Given where the model waits for time: judges its runs with late timers instead. */
  readonly judgeLate?: (memory: Map<string, number>) => OutcomeKind;
  /** Asks a second question of kind `waiter` with this many options at the end of each run. */
  readonly waiters?: number;
  /** Added to the trace; called once a run. */
  readonly noise?: () => number;
  readonly callsMax?: number;
  /** What each run warns of. */
  readonly warnings?: RunResult["warnings"];
}

/** A machine in miniature, whose interleavings can be counted by hand. Counts its runs and keeps their step orders. */
export class ModelMachine implements Runnable {
  readonly orders: string[] = [];
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  run(options: RunOptions): RunResult {
    const { judgeLate } = this.#model;
    const isLate = options.rules?.clock === "late" && judgeLate !== undefined;
    const run = new ModelRun(isLate ? { ...this.#model, judge: judgeLate } : this.#model, options.chooser);
    const result = run.toResult();
    this.orders.push(run.order.join(""));
    if (options.record !== true) return result;
    return { ...result, trace: { events: [], threads: [], objects: [] } };
  }
}

class ModelRun {
  readonly order: number[] = [];
  readonly #model: Model;
  readonly #chooser: Chooser;
  readonly #memory = new Map<string, number>();
  readonly #choices: Choice[] = [];
  readonly #next: number[];
  #kind: OutcomeKind | undefined;

  constructor(model: Model, chooser: Chooser) {
    this.#model = model;
    this.#chooser = chooser;
    this.#next = model.threads.map(() => 0);
    this.#runAll();
  }

  toResult(): RunResult {
    const hash = new RollingHash();
    for (const thread of this.order) hash.number(thread);
    hash.number(this.#model.noise?.() ?? 0);
    const kind = this.#kind ?? this.#model.judge?.(this.#memory) ?? "passed";
    return {
      outcome: { kind, message: kind === "passed" ? "" : `the model ended in ${kind}`, thread: -1 },
      traceHash: hash.digest(),
      choices: this.#choices,
      calls: this.order.length,
      stepsOf: this.#next,
      endNs: 0,
      waitsForTime: this.#model.judgeLate !== undefined,
      printed: [],
      warnings: this.#model.warnings ?? [],
      expectations: 1,
    };
  }

  #runAll(): void {
    let last = -1;
    for (let ready = this.#ready(); ready.length > 0; ready = this.#ready()) {
      if (this.order.length >= (this.#model.callsMax ?? 20_000)) {
        this.#kind = "over-limit";
        return;
      }
      last = this.#pick("thread", ready, ready.includes(last) ? last : -1);
      const step = this.#step(last);
      const { watcher } = this.#chooser;
      watcher?.goesOn(last);
      if (step !== undefined) watcher?.acts(last, step.call, 1);
      step?.act(this.#memory);
      this.order.push(last);
      if (step?.until === undefined || step.until(this.#memory))
        this.#next[last] = (this.#next[last] ?? 0) + 1;
    }
    if (this.#next.some((next, thread) => next < (this.#model.threads[thread]?.length ?? 0)))
      this.#kind = "deadlock";
    const waiters = this.#model.waiters ?? 0;
    if (waiters >= 2) this.order.push(this.#pick("waiter", [...Array(waiters).keys()], -1));
  }

  #ready(): number[] {
    return this.#next.flatMap((_, thread) => {
      const step = this.#step(thread);
      return step !== undefined && (step.enabled?.(this.#memory) ?? true) ? [thread] : [];
    });
  }

  #step(thread: number): ModelStep | undefined {
    return this.#model.threads[thread]?.[this.#next[thread] ?? 0];
  }

  #pick(kind: ChoicePoint["kind"], threads: number[], current: number): number {
    const [only] = threads;
    if (threads.length === 1 && only !== undefined) return only;
    const preferred = Math.max(0, threads.indexOf(current));
    const calls = threads.map((thread) => this.#step(thread)?.call ?? CALLS.notifyOne);
    const objects = threads.map((thread) => this.#step(thread)?.object ?? 1);
    const picked = this.#chooser.choose({ kind, current, threads, calls, objects, preferred });
    const thread = threads[picked] ?? -1;
    const call = calls[picked] ?? CALLS.exit;
    const preempts = current >= 0 && picked !== preferred;
    this.#choices.push({
      kind,
      options: threads.length,
      preferred,
      picked,
      preempts,
      thread,
      call,
      object: 1,
    });
    return thread;
  }
}

const nothing = (): void => undefined;

/** `count` threads of `length` steps that do nothing, in whatever order. */
export function idleThreads(count: number, length: number): ModelStep[][] {
  return Array.from({ length: count }, () =>
    Array.from({ length }, () => ({ call: CALLS.cellGet, act: nothing })),
  );
}

/** The same, with steps that do not commute. */
export function busyThreads(count: number, length: number): ModelStep[][] {
  return idleThreads(count, length).map((steps) => steps.map((step) => ({ ...step, call: CALLS.cellSet })));
}

/** Threads that each read a counter, then write what they read plus one. */
export function lostUpdate(threads: number): Model {
  const worker = (id: number): ModelStep[] => [
    { call: CALLS.cellGet, act: (memory) => void memory.set(`read ${id}`, memory.get("counter") ?? 0) },
    { call: CALLS.cellSet, act: (memory) => void memory.set("counter", (memory.get(`read ${id}`) ?? 0) + 1) },
  ];
  return {
    threads: Array.from({ length: threads }, (_, id) => worker(id)),
    judge: (memory) => (memory.get("counter") === threads ? "passed" : "check-failed"),
  };
}

/** The first thread spins until the second has set a flag. */
export function spinWait(): Model {
  return {
    threads: [
      [{ call: CALLS.atomicLoad, act: nothing, until: (memory) => memory.get("flag") === 1 }],
      [{ call: CALLS.atomicStore, act: (memory) => void memory.set("flag", 1) }],
    ],
  };
}

/** Two threads that take two locks in opposite order. */
export function lockOrder(): Model {
  const take = (lock: string): ModelStep => ({
    call: CALLS.lock,
    enabled: (memory) => memory.get(lock) !== 1,
    act: (memory) => void memory.set(lock, 1),
  });
  const release = (...locks: string[]): ModelStep => ({
    call: CALLS.unlock,
    act: (memory) => locks.forEach((lock) => memory.set(lock, 0)),
  });
  return {
    threads: [
      [take("a"), take("b"), release("a", "b")],
      [take("b"), take("a"), release("a", "b")],
    ],
  };
}
