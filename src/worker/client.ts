import { Recruits } from "./recruits.ts";
import type {
  CheckBundle,
  EarlierFailure,
  LostRun,
  Progress,
  Reply,
  Report,
  Request,
  RunHow,
  SourceFiles,
  Studied,
} from "./protocol.ts";

/** A worker that has not answered a stop by then is ended and replaced. */
const STOP_MS = 150;
/** So long may a study keep the worker from the job it gave way to. It is longer, as a new worker has to load the engine. */
const GIVE_WAY_MS = 500;
const TICK_MS = 1_000;
/** Ticks of silence from a busy worker before it counts as stuck; ticks and not a clock, because a laptop may sleep. */
const SILENT_TICKS_MAX = 10;
/** The same until the worker's first word: its script may still be on the way. */
const SILENT_TICKS_AT_START = 45;

export interface JobOptions {
  readonly onProgress?: (progress: Progress) => void;
}

/** `quiet`: nobody waits for it, so it gives way to any other job and its faults are not told. */
type Manner = "asked-for" | "quiet";

interface Job {
  readonly id: number;
  readonly manner: Manner;
  readonly request: Request;
  readonly onProgress: (progress: Progress) => void;
  readonly settle: (reply: Reply) => void;
  readonly watchdog: ReturnType<typeof setInterval>;
  progress: Progress;
  silentTicks: number;
}

/**
 * Owns the engine's worker: makes it when first wanted, gives it one job at a time, and replaces it when it cannot
 * be reached any more. Makes the others that it asks for. Every job is answered exactly once; a quiet one is stopped by
 * whatever is asked for next.
 */
export class EngineClient {
  readonly #recruits = new Recruits();
  #worker: Worker | undefined;
  #heard = false;
  /** True where a quiet job was told to stop and the worker has not said a word since. */
  #isLeaving = false;
  #job: Job | undefined;
  #nextId = 1;

  /** Lets the worker load and compile what every job needs. */
  warm(): void {
    this.#reach().postMessage({ type: "warm" } satisfies Request);
  }

  /** Grades the learner's files. */
  check(exercise: CheckBundle, files: SourceFiles, options: JobOptions = {}): Promise<Reply> {
    return this.#start((job) => ({ type: "check", job, exercise, files }), options);
  }

  /** Runs a program once: the demo, unless told otherwise. */
  run(
    files: SourceFiles,
    { how = { entry: "demo" }, ...options }: JobOptions & { readonly how?: RunHow } = {},
  ): Promise<Reply> {
    return this.#start((job) => ({ type: "run", job, files, how }), options);
  }

  /** Follows the schedule of an earlier failure on the files as they are now. */
  follow(
    exercise: CheckBundle,
    files: SourceFiles,
    { earlier, ...options }: JobOptions & { readonly earlier: EarlierFailure },
  ): Promise<Reply> {
    return this.#start((job) => ({ type: "follow", job, exercise, files, earlier }), options);
  }

  /**
   * Finds when the failing run of a check was lost. Null where nothing can be said; undefined where the worker is busy, and
   * once something else is asked for.
   */
  async study(
    exercise: CheckBundle,
    files: SourceFiles,
    failure: Studied,
  ): Promise<LostRun | null | undefined> {
    if (this.#job !== undefined) return undefined;
    const reply = await this.#start((job) => ({ type: "study", job, exercise, files, failure }), {}, "quiet");
    if (reply.kind === "stopped") return undefined;
    return reply.kind === "studied" ? reply.lost : null;
  }

  /** Ends the job under way, if there is one: within 150 ms, and if need be with its worker. */
  stop(): void {
    if (this.#giveWay()) return;
    const job = this.#job;
    if (job === undefined) return;
    this.#reach().postMessage({ type: "stop", job: job.id } satisfies Request);
    setTimeout(() => {
      if (this.#job === job) this.#replace({ kind: "stopped" });
    }, STOP_MS);
  }

  #start(
    toRequest: (job: number) => Request,
    { onProgress }: JobOptions,
    manner: Manner = "asked-for",
  ): Promise<Reply> {
    this.#giveWay();
    if (this.#job !== undefined) throw new Error("the worker does one job at a time");
    return new Promise((resolve) => {
      const id = this.#nextId++;
      const job: Job = {
        id,
        manner,
        request: toRequest(id),
        onProgress: onProgress ?? (() => {}),
        settle: resolve,
        watchdog: setInterval(() => this.#tick(), TICK_MS),
        progress: { phase: "loading" },
        silentTicks: 0,
      };
      this.#job = job;
      job.onProgress(job.progress);
      this.#reach().postMessage(job.request);
      if (this.#isLeaving) setTimeout(() => this.#makeWay(job), GIVE_WAY_MS);
    });
  }

  /** Stops a quiet job; false where none is under way. */
  #giveWay(): boolean {
    const job = this.#job;
    if (job?.manner !== "quiet") return false;
    this.#reach().postMessage({ type: "stop", job: job.id } satisfies Request);
    this.#isLeaving = true;
    this.#finish({ kind: "stopped" });
    return true;
  }

  /** Gives a job to another worker where a quiet one still keeps it from being heard. */
  #makeWay(job: Job): void {
    if (this.#job !== job || !this.#isLeaving) return;
    this.#end();
    this.#reach().postMessage(job.request);
  }

  #reach(): Worker {
    if (this.#worker === undefined) {
      this.#heard = false;
      this.#worker = new Worker(new URL("./main.ts", import.meta.url), { type: "module", name: "engine" });
      this.#worker.addEventListener("message", (event: MessageEvent<Report>) => this.#hear(event.data));
      this.#worker.addEventListener("error", (event) => {
        event.preventDefault();
        this.#replace({ kind: "broken", message: event.message || "The engine could not be loaded." });
      });
    }
    return this.#worker;
  }

  #hear(report: Report): void {
    const job = this.#job;
    this.#heard = true;
    this.#isLeaving = false;
    if (report.type === "dismiss") this.#recruits.dismiss(report.mate);
    if (report.type === "crew" && this.#worker !== undefined)
      this.#recruits.recruit(this.#worker, report.assets);
    if (job === undefined || report.job !== job.id) return;
    job.silentTicks = 0;
    if (report.type === "progress") {
      job.progress = report.progress;
      job.onProgress(report.progress);
    } else if (report.type === "done") {
      this.#finish(report.reply);
    } else if (report.type === "stuck") {
      this.#replace({ kind: "overran", during: duringCheck(job.progress, report) });
    }
  }

  #tick(): void {
    const job = this.#job;
    if (job === undefined) return;
    job.silentTicks += 1;
    const max = this.#heard ? SILENT_TICKS_MAX : SILENT_TICKS_AT_START;
    if (job.silentTicks < max) return;
    if (this.#heard) this.#replace({ kind: "overran", during: job.progress });
    else this.#replace({ kind: "broken", message: "The engine did not start." });
  }

  #replace(reply: Reply): void {
    this.#end();
    this.#finish(reply);
  }

  #end(): void {
    this.#recruits.dismissAll();
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isLeaving = false;
  }

  #finish(reply: Reply): void {
    const job = this.#job;
    if (job === undefined) return;
    this.#job = undefined;
    clearInterval(job.watchdog);
    job.settle(reply);
  }
}

/** The progress, at the check that another worker was given. */
function duringCheck(progress: Progress, { check, title }: Extract<Report, { type: "stuck" }>): Progress {
  if (progress.phase !== "checking" || progress.check === check) return progress;
  return { ...progress, check, title, runs: 0 };
}
