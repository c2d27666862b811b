import { batch, computed, effect, signal } from "@preact/signals";
import { EngineClient, type CheckBundle, type Progress, type Reply, type RunHow } from "#worker";
import { markExercise, readProgress } from "../progress.ts";
import { describeBeginning, type Activity, type Task } from "./activity.ts";
import { addAttempt, readAttempts, writeAttempts, type Attempt } from "./attempts.ts";
import { EarlierFailures, type KeptFailure } from "./earlier-failures.ts";
import { fetchChecks } from "./hidden-checks.ts";
import { LostRuns } from "./lost-runs.ts";
import { describeReply } from "./words.ts";
import {
  findOlderWork,
  onWorkElsewhere,
  readWork,
  sameFiles,
  writeWork,
  type Files,
  type Work,
} from "./work.ts";

/** What the page knows of an exercise before Check is pressed. */
export interface ExerciseFacts {
  readonly slug: string;
  readonly version: number;
  readonly starter: Files;
  readonly checksUrl: string;
  readonly solutionUrl: string;
  /** The level of the exercise's heading on its page, 1 to 3; 0 for results without headings. */
  readonly headingLevel: number;
  /** What Run executes; an example has a `main` or nothing but a body, and no demo. */
  readonly entry?: RunHow["entry"];
}

/** `static`: the highlighted code of the page. The rest are editors. */
export type Surface = "static" | "loading" | "monaco" | "plain";

/** What the last Run or Check came to, and which code it was about. */
export interface Result {
  /** Counts from 1 on each page. */
  readonly number: number;
  readonly of: "run" | "check";
  readonly reply: Reply;
  readonly files: Files;
  /** Of a run: which random schedule it had; absent for the default one. */
  readonly seed?: number;
}

/** A line of the learner's code that a step or a mistake points at. */
export interface Mark {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly kind: "step" | "mistake";
}

/** One exercise on a page: the learner's files, what runs, what came out. Views read its signals. */
export class ExerciseSession {
  readonly facts: ExerciseFacts;
  readonly files = signal<Files>({});
  readonly openFile = signal("");
  readonly surface = signal<Surface>("static");
  readonly activity = signal<Activity>({ kind: "idle" });
  readonly result = signal<Result | undefined>(undefined);
  readonly mark = signal<Mark | undefined>(undefined);
  /** Said once, politely, to whoever cannot see the page change. */
  readonly announcement = signal("");
  readonly replaced = signal<Files | undefined>(undefined);
  /** The attempt that replaced it; undefined where it was a reset. */
  readonly replacedBy = signal<number | undefined>(undefined);
  readonly attempts = signal<readonly Attempt[]>([]);
  /** True once every check has passed, now or on an earlier day. */
  readonly passed = signal(false);
  readonly older = signal<{ version: number; files: Files } | undefined>(undefined);
  readonly keeps = signal(true);
  readonly earlier: EarlierFailures;
  /** When the failing runs of the last verdict were lost. */
  lostRuns = LostRuns.none;
  readonly changed = computed(() => !sameFiles(this.files.value, this.facts.starter));
  readonly stale = computed(() => {
    const result = this.result.value;
    return result !== undefined && !sameFiles(result.files, this.files.value);
  });

  readonly #engine: EngineClient;
  #wantsFocus = false;
  #results = 0;

  constructor(facts: ExerciseFacts, engine = new EngineClient()) {
    this.facts = facts;
    this.earlier = new EarlierFailures(facts);
    this.#engine = engine;
    this.files.value = facts.starter;
    this.openFile.value = Object.keys(facts.starter)[0] ?? "main.ts";
  }

  /** Takes up the saved work and keeps it from then on, also across tabs; returns how to end that. */
  restore(): () => void {
    const { slug, version } = this.facts;
    const work = readWork(slug, version);
    this.#adopt(work);
    this.attempts.value = readAttempts(slug, version);
    this.earlier.restore();
    this.passed.value = readProgress().exercises.includes(slug);
    if (work.files === undefined) this.older.value = findOlderWork(slug, version);
    const endSaving = effect(() => this.#save());
    const endListening = onWorkElsewhere(slug, version, (newer) => this.#adopt(newer));
    return () => {
      endSaving();
      endListening();
    };
  }

  edit(file: string, text: string): void {
    if (this.files.value[file] === text) return;
    batch(() => {
      this.files.value = { ...this.files.value, [file]: text };
      this.replaced.value = undefined;
      this.mark.value = undefined;
    });
  }

  reset(): void {
    this.#replace(this.facts.starter, undefined);
    this.announcement.value = "Your code was reset. You can undo this.";
  }

  /** Takes an attempt's code up again. */
  takeAttempt({ number, files }: Attempt): void {
    this.#replace({ ...this.facts.starter, ...files }, number);
    this.announcement.value = `Attempt ${number} is in the editor again. You can undo this.`;
  }

  undoReset(): void {
    const replaced = this.replaced.value;
    if (replaced === undefined) return;
    this.#adopt({ files: replaced });
    this.announcement.value = "Your code is back.";
  }

  takeOlder(): void {
    const older = this.older.value;
    if (older === undefined) return;
    this.files.value = { ...this.facts.starter, ...older.files };
    this.older.value = undefined;
  }

  /** Shows a place of the learner's code, in whichever file it is. */
  show(place: { file: string; line: number; column: number } | undefined, kind: Mark["kind"]): void {
    if (place === undefined || !(place.file in this.facts.starter)) {
      this.mark.value = undefined;
      return;
    }
    this.openFile.value = place.file;
    this.mark.value = { file: place.file, line: place.line, column: place.column, kind };
  }

  forgetReplaced(): void {
    this.replaced.value = undefined;
  }

  /** Opens the editor that suits the device, and lets the engine load meanwhile. */
  openEditor({ kind, focus = false }: { kind?: "monaco" | "plain"; focus?: boolean } = {}): void {
    this.#wantsFocus = focus;
    const wanted = kind ?? (matchMedia("(pointer: coarse)").matches ? "plain" : "monaco");
    if (this.surface.value === "static") this.#engine.warm();
    if (wanted === "plain") this.surface.value = "plain";
    else if (this.surface.value !== "monaco") this.surface.value = "loading";
  }

  /** An example of a text: there is nothing to check. */
  get isExample(): boolean {
    return (this.facts.entry ?? "demo") !== "demo";
  }

  /** True once, where the editor was opened to be typed in. */
  takeFocus(): boolean {
    const wants = this.#wantsFocus;
    this.#wantsFocus = false;
    return wants;
  }

  /** Runs the program once, under the default schedule or a random one. */
  async run({ seed }: { readonly seed?: number } = {}): Promise<void> {
    const seeded = seed === undefined ? {} : { seed };
    const how = { entry: this.facts.entry ?? "demo", ...seeded };
    await this.#job("run", seeded, async (onProgress) => {
      return this.#engine.run(this.files.value, { how, onProgress });
    });
  }

  async check(): Promise<void> {
    await this.#job("check", {}, async (onProgress) => {
      return this.#withChecks((exercise) => {
        const files = this.files.value;
        this.lostRuns = new LostRuns((failure) => this.#engine.study(exercise, files, failure));
        return this.#engine.check(exercise, files, { onProgress });
      });
    });
  }

  /** Tries the schedule of an earlier failure on the code as it is now. */
  async follow(kept: KeptFailure): Promise<void> {
    const files = this.files.value;
    const { check } = kept;
    const reply = await this.#work({ kind: "follow", check }, (onProgress) => {
      return this.#withChecks((exercise) =>
        this.#engine.follow(exercise, files, { earlier: kept, onProgress }),
      );
    });
    if (reply !== undefined) this.earlier.answer({ kept, reply, files });
  }

  async #withChecks(work: (exercise: CheckBundle) => Promise<Reply>): Promise<Reply> {
    const exercise = await fetchChecks(this.facts.checksUrl);
    if (exercise === undefined)
      return { kind: "broken", message: "The checks of this exercise could not be fetched." };
    const activity = this.activity.value;
    return activity.kind !== "idle" && activity.stopping ? { kind: "stopped" } : work(exercise);
  }

  stop(): void {
    const activity = this.activity.value;
    if (activity.kind === "idle") return;
    this.activity.value = { ...activity, stopping: true };
    this.#engine.stop();
  }

  async #job(
    kind: "run" | "check",
    under: Pick<Result, "seed">,
    start: (onProgress: (p: Progress) => void) => Promise<Reply>,
  ): Promise<void> {
    const files = this.files.value;
    const reply = await this.#work({ kind }, start);
    if (reply === undefined) return;
    this.#results += 1;
    if (kind === "check") this.earlier.forgetAnswers();
    this.result.value = { number: this.#results, of: kind, reply, files, ...under };
    if (kind === "check") this.#keepAttempt(reply, files);
  }

  /** What the engine answers; undefined where it is busy with something else. */
  async #work(
    task: Task,
    start: (onProgress: (p: Progress) => void) => Promise<Reply>,
  ): Promise<Reply | undefined> {
    if (this.activity.value.kind !== "idle") return undefined;
    this.mark.value = undefined;
    this.announcement.value = describeBeginning(task);
    this.activity.value = { ...task, progress: { phase: "loading" }, stopping: false };
    // An exercise is there to be edited, an example to be read on.
    if (this.surface.value === "static" && !this.isExample) this.openEditor();
    const reply = await start((progress) => {
      const activity = this.activity.value;
      if (activity.kind !== "idle") this.activity.value = { ...activity, progress };
    });
    this.activity.value = { kind: "idle" };
    this.announcement.value = describeReply(reply);
    return reply;
  }

  /** A check that came to an answer about the code is an attempt. */
  #keepAttempt(reply: Reply, files: Files): void {
    if (reply.kind !== "verdict" && reply.kind !== "diagnostics") return;
    const { slug, version } = this.facts;
    const passed = reply.kind === "verdict" && reply.graded.verdict.status === "pass";
    this.attempts.value = addAttempt(this.attempts.value, { verdict: describeReply(reply), passed, files });
    writeAttempts(slug, version, this.attempts.value);
    if (reply.kind === "verdict")
      this.earlier.keep(reply.graded.failures, this.attempts.value.at(-1)?.number ?? 1);
    if (!passed) return;
    this.passed.value = true;
    markExercise(slug);
  }

  #replace(files: Files, attempt: number | undefined): void {
    batch(() => {
      this.replaced.value = this.files.value;
      this.replacedBy.value = attempt;
      this.files.value = files;
      this.result.value = undefined;
      this.mark.value = undefined;
    });
  }

  #adopt(work: Work): void {
    batch(() => {
      this.files.value = { ...this.facts.starter, ...work.files };
      this.replaced.value = work.replaced;
      this.replacedBy.value = work.replacedBy;
    });
  }

  #save(): void {
    const { slug, version } = this.facts;
    const replaced = this.replaced.value;
    const replacedBy = this.replacedBy.value;
    this.keeps.value = writeWork(slug, version, {
      ...(this.changed.value && { files: this.files.value }),
      ...(replaced !== undefined && { replaced }),
      ...(replaced !== undefined && replacedBy !== undefined && { replacedBy }),
    });
  }
}
