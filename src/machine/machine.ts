import { DEFAULT_LIMITS, ENTRY, formatPlace, type Limits, type ObjectInfo, type Trace } from "#abi";
import { invariant } from "#base";
import type { Program } from "#compile";
import { Kernel, type Names, type Task, waitOf, type WakerTarget } from "#kernel";
import { createBaseImage, createProgramImage, type Image, InstancePool } from "#vm";
import { Actors } from "./actors.ts";
import { Guests } from "./guests.ts";
import { outcomeOf, placeOfSite } from "./outcome.ts";
import { DEFAULT_RULES, type CheckInfo, type Entry, type PrintedLine } from "./types.ts";
import type { RunOptions, RunResult } from "./types.ts";

/** What the engine is made of: the suspendable guest engine, and the guest library's text. */
export interface EngineAssets {
  readonly wasm: WebAssembly.Module;
  readonly guest: string;
}

/** The simulated computer: makes programs runnable and keeps the instances that runs share. */
export class Machine {
  readonly #assets: EngineAssets;
  readonly #base: Image;
  readonly #pool: InstancePool;

  private constructor(assets: EngineAssets) {
    this.#assets = assets;
    this.#pool = new InstancePool(assets.wasm);
    this.#base = createBaseImage({
      module: assets.wasm,
      library: assets.guest,
      memoryMaxBytes: DEFAULT_LIMITS.memoryMaxBytes,
    });
  }

  static create(assets: EngineAssets): Machine {
    return new Machine(assets);
  }

  /** Guest instances made so far; a test of the pool's thrift. */
  get instancesCreated(): number {
    return this.#pool.created;
  }

  /** Prepares `program`; its module bodies run in each run. */
  load(program: Program): LoadedProgram {
    const image = createProgramImage(this.#assets.wasm, this.#base, program.code);
    return new LoadedProgram(program, image, this.#pool);
  }
}

/** A program that can be run any number of times; every run starts from the same image. */
export class LoadedProgram {
  readonly program: Program;
  readonly #image: Image;
  readonly #pool: InstancePool;
  readonly #names: Names;

  constructor(program: Program, image: Image, pool: InstancePool) {
    this.program = program;
    this.#image = image;
    this.#pool = pool;
    this.#names = namesOf(program);
  }

  /** One run under one chooser. Synchronous; the result depends on nothing else. */
  run(options: RunOptions): RunResult {
    const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
    const guests = new Guests(this.#pool, this.#image, entryNumber(options.entry), limits);
    const kernel = new Kernel({
      guest: guests,
      chooser: options.chooser,
      names: this.#names,
      rules: { ...DEFAULT_RULES, ...options.rules },
      limits,
      record: options.record === true,
    });
    guests.kernel = kernel;
    kernel.run();
    let printed: readonly PrintedLine[] | null = null;
    return {
      outcome: outcomeOf(kernel, this.program),
      traceHash: kernel.recorder.digest(),
      choices: kernel.choices,
      calls: kernel.calls,
      stepsOf: kernel.threads.map((thread) => thread.steps),
      endNs: kernel.nowNs,
      waitsForTime: kernel.waitsForTime,
      // Made when asked for: a search asks of few of its runs.
      get printed() {
        return (printed ??= printedLines(kernel));
      },
      warnings: kernel.reports.warnings.map(({ message, site }) => {
        const place = placeOfSite(site, this.program);
        return { message, ...(place === undefined ? {} : { place }) };
      }),
      expectations: kernel.expectations,
      ...(options.record === true ? { trace: traceOf(kernel) } : {}),
      ...(options.entry.kind === "list" ? { checks: parseChecks(kernel.checkList) } : {}),
    };
  }

  dispose(): void {
    // The image is plain memory; instances went back to the pool with each run.
  }
}

function printedLines({ reports, threads, objects }: Kernel): readonly PrintedLine[] {
  const { lines } = reports;
  if (lines.length === 0) return [];
  const tasks = objects.all.flatMap((object) => (object.type === "task" ? [taskInfo(object)] : []));
  const actors = new Actors({ threads, objects: tasks });
  return lines.map(({ timeNs, thread, task, text }) => {
    const threadName = threads[thread]?.name ?? "";
    return { timeNs, thread, threadName, actor: actors.get(thread, task).name, text };
  });
}

function entryNumber(entry: Entry): number {
  return entry.kind === "check" ? entry.index : ENTRY[entry.kind];
}

function namesOf(program: Program): Names {
  return {
    place: (site) => {
      const found = site > 0 ? program.sites[site] : undefined;
      return found === undefined || program.hidden.includes(found.file) ? "" : formatPlace(found);
    },
    thing: (site) => (site > 0 ? (program.sites[site]?.name ?? "") : ""),
  };
}

function traceOf(kernel: Kernel): Trace {
  const objects = kernel.objects.all.map((object): ObjectInfo => ({
    id: object.id,
    type: object.type,
    site: object.site,
    ...(object.type === "task" ? taskInfo(object) : {}),
    ...(object.type === "waker" ? targetOf(kernel, object.target) : {}),
    ...(object.type === "file" ? { name: object.path } : {}),
    ...(object.type === "listener" ? { name: object.title } : {}),
    ...(object.type === "stream" ? { name: object.title, peer: object.peer.id } : {}),
  }));
  const threads = kernel.threads.map((thread) => {
    const waitsFor = waitOf(kernel, thread)?.threads ?? [];
    const state = thread.state === "pending" ? "blocked" : thread.state;
    return { id: thread.id, name: thread.name, state, ...(waitsFor.length > 0 ? { waitsFor } : {}) } as const;
  });
  const { flights } = kernel.network;
  return { events: kernel.recorder.events, threads, objects, ...(flights.length > 0 ? { flights } : {}) };
}

function taskInfo({ id, site, name, thread, isRoot }: Task): ObjectInfo {
  return { id, type: "task", site, name, thread: thread.id, ...(isRoot ? { isRoot } : {}) };
}

/** What a waker wakes. */
function targetOf(kernel: Kernel, target: WakerTarget): Pick<ObjectInfo, "thread" | "channel"> {
  return "thread" in target
    ? { thread: target.thread }
    : { channel: kernel.endpoints.channelOf(target.sender).id };
}

interface ListedCheck {
  readonly id: string;
  readonly title: string;
  readonly explain?: string;
  readonly hint?: string;
  readonly clock?: "idle" | "late";
  readonly callCostNs?: number;
  readonly cores?: number;
  readonly mayLeave?: boolean;
  readonly spuriousWakeups?: boolean;
  readonly runs?: number;
  readonly callsMax?: number;
  readonly pollMs?: number;
}

function parseChecks(text: string): readonly CheckInfo[] {
  if (text === "") return [];
  const list: unknown = JSON.parse(text);
  invariant(Array.isArray(list), "the list of checks is no list");
  return (list as ListedCheck[]).map(
    ({ id, title, explain, hint, runs, callsMax, pollMs, ...rules }, index) => ({
      index,
      id,
      title,
      rules: { ...rules, ...(pollMs === undefined ? {} : { pollMaxNs: pollMs * 1_000_000 }) },
      ...(explain === undefined ? {} : { explain }),
      ...(hint === undefined ? {} : { hint }),
      ...(runs === undefined ? {} : { runsMax: runs }),
      ...(callsMax === undefined ? {} : { callsMax }),
    }),
  );
}
