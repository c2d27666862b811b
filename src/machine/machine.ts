import { DEFAULT_LIMITS, ENTRY, formatPlace, type Limits, type ObjectInfo, type Trace } from "#abi";
import { invariant } from "#base";
import type { Program } from "#compile";
import { Kernel, type Names } from "#kernel";
import { createBaseImage, createProgramImage, type Image, InstancePool } from "#vm";
import { Guests } from "./guests.ts";
import { outcomeOf } from "./outcome.ts";
import { DEFAULT_RULES, type CheckInfo, type Entry, type RunOptions, type RunResult } from "./types.ts";

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
    return {
      outcome: outcomeOf(kernel, this.program),
      traceHash: kernel.recorder.digest(),
      choices: kernel.choices,
      calls: kernel.calls,
      endNs: kernel.nowNs,
      printed: kernel.lines.map((line) => ({ ...line, threadName: kernel.threads[line.thread]?.name ?? "" })),
      expectations: kernel.expectations,
      ...(options.record === true ? { trace: traceOf(kernel) } : {}),
      ...(options.entry.kind === "list" ? { checks: parseChecks(kernel.checkList) } : {}),
    };
  }

  dispose(): void {
    // The image is plain memory; instances went back to the pool with each run.
  }
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
  }));
  const threads = kernel.threads.map((thread) => {
    const waitsFor = kernel.waitOf(thread)?.threads ?? [];
    const state = thread.state === "pending" ? "blocked" : thread.state;
    return { id: thread.id, name: thread.name, state, ...(waitsFor.length > 0 ? { waitsFor } : {}) } as const;
  });
  return { events: kernel.recorder.events, threads, objects };
}

interface ListedCheck {
  readonly id: string;
  readonly title: string;
  readonly explain?: string;
  readonly hint?: string;
  readonly clock?: "idle";
  readonly callCostNs?: number;
  readonly cores?: number;
  readonly mayLeave?: boolean;
  readonly runs?: number;
  readonly callsMax?: number;
}

function parseChecks(text: string): readonly CheckInfo[] {
  if (text === "") return [];
  const list: unknown = JSON.parse(text);
  invariant(Array.isArray(list), "the list of checks is no list");
  return (list as ListedCheck[]).map(({ id, title, explain, hint, runs, callsMax, ...rules }, index) => ({
    index,
    id,
    title,
    rules,
    ...(explain === undefined ? {} : { explain }),
    ...(hint === undefined ? {} : { hint }),
    ...(runs === undefined ? {} : { runsMax: runs }),
    ...(callsMax === undefined ? {} : { callsMax }),
  }));
}
