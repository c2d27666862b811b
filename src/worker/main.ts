/** The engine's worker. Owns the message loop; the engine itself is in engine.ts. */
import { createFifoChooser, createRandom } from "#explorer";
import { describeOutcome, followCheckSteps, gradeSteps, runProgram, showRun, studySteps } from "#grade";
import { WorkerCrew } from "./crew.ts";
import { loadEngine, type BrowserEngine } from "./engine.ts";
import type {
  CheckBundle,
  EarlierFailure,
  Progress,
  Reply,
  Report,
  Request,
  RunHow,
  SourceFiles,
  Studied,
} from "./protocol.ts";
import { Slice } from "./slice.ts";
import { warmUp } from "./warm-up.ts";

/** How often a job says that it can be reached while it waits for a download or the compiler. */
const ALIVE_MS = 500;

/** How long it works before it looks for messages, milliseconds: so soon is Stop heard. */
const SLICE_MS = 25;

/** The same of a study, which nobody waits for and which gives way to any button. */
const STUDY_SLICE_MS = 8;
/** A study of a program so slow is given up: nobody looks at the failing run any more. */
const STUDY_MS = 5_000;

let engine: Promise<BrowserEngine> | undefined;
/** The job that was last told to stop; jobs are numbered upwards. */
let stopped = 0;
/** The job under way. */
let current = 0;

const crew = new WorkerCrew({
  recruit() {
    const job = current;
    void reachEngine().then(({ assets }) => send({ type: "crew", job, assets }));
  },
  dismiss: (mate) => send({ type: "dismiss", job: current, mate }),
});

addEventListener("message", (event: MessageEvent<Request>) => {
  const request = event.data;
  switch (request.type) {
    case "warm":
      void warm();
      return;
    case "stop":
      stopped = request.job;
      return;
    case "mate":
      crew.join(request.mate, request.port);
      return;
    case "lost":
      crew.lose(request.mate);
      return;
    case "check":
      void answer(request.job, () => check(request.job, request.exercise, request.files));
      return;
    case "run":
      void answer(request.job, () => run(request.job, request.files, request.how));
      return;
    case "follow":
      void answer(request.job, () => follow(request.job, request.exercise, request.files, request.earlier));
      return;
    case "study":
      void answer(request.job, () => study(request.job, request.exercise, request.files, request.failure));
      return;
  }
});

/** Loads the engine and makes it fast. Where that fails, the next job says why. */
async function warm(): Promise<void> {
  try {
    await warmUp(await reachEngine(), () => current === 0);
  } catch {
    // The learner has not asked for anything yet.
  }
}

/** Loads the engine once; a failed attempt is forgotten, so that the next job tries again. */
function reachEngine(): Promise<BrowserEngine> {
  engine ??= loadEngine().catch((error: unknown) => {
    engine = undefined;
    throw error;
  });
  return engine;
}

async function answer(job: number, work: () => Promise<Reply>): Promise<void> {
  current = job;
  const pulse = setInterval(() => beat(job), ALIVE_MS);
  send({ type: "alive", job });
  const reply = await work().catch((error: unknown): Reply => ({
    kind: "broken",
    message: error instanceof Error ? error.message : String(error),
  }));
  clearInterval(pulse);
  send({ type: "done", job, reply });
  crew.release();
}

/** Says that the job can be reached, unless it waits for another worker that cannot. */
function beat(job: number): void {
  const stuck = crew.tick();
  if (stuck === undefined) send({ type: "alive", job });
  else send({ type: "stuck", job, check: stuck.job + 1, title: stuck.title });
}

async function run(job: number, files: SourceFiles, { entry, seed }: RunHow): Promise<Reply> {
  const engine = await reachEngine();
  progress(job, { phase: "running" });
  await Slice.rest();
  if (stopped === job) return { kind: "stopped" };
  const chooser = seed === undefined ? createFifoChooser() : createRandom(seed).chooser(0);
  const start = entry === "demo" ? "demo.ts" : "main.ts";
  const kind = entry === "main" ? "main" : "demo";
  const ran = await runProgram(engine, { files, start, entry: { kind }, chooser });
  if (!ran.ok) return { kind: "diagnostics", diagnostics: ran.diagnostics };
  const { outcome, calls, endNs } = ran.result;
  const message = outcome.kind === "passed" ? "" : describeOutcome(outcome, ran.program.hidden);
  const shown = showRun(ran.result, ran.program);
  return { kind: "ran", run: { outcome, message, ...shown, calls, endNs } };
}

async function check(job: number, exercise: CheckBundle, files: SourceFiles): Promise<Reply> {
  const engine = { ...(await reachEngine()), crew };
  progress(job, { phase: "compiling" });
  await Slice.rest();
  const steps = gradeSteps(engine, exercise, submissionOf(exercise, files), { showPassing: true });
  const slice = new Slice(SLICE_MS);
  for (let at = 0; ;) {
    const step = await steps.next();
    if (step.done === true) return toReply(step.value);
    const { number, checks, title, runs, of, failed, share } = step.value;
    const hasTurned = number !== at;
    at = number;
    if (!hasTurned && !slice.isOver()) continue;
    progress(job, { phase: "checking", check: number, checks, title, runs, runsMax: of, failed, share });
    if (!slice.isOver()) continue;
    await slice.restart();
    if (stopped !== job) continue;
    await steps.return(undefined as never);
    return { kind: "stopped" };
  }
}

async function follow(
  job: number,
  exercise: CheckBundle,
  files: SourceFiles,
  earlier: EarlierFailure,
): Promise<Reply> {
  const engine = await reachEngine();
  progress(job, { phase: "compiling" });
  await Slice.rest();
  const steps = followCheckSteps(engine, exercise, submissionOf(exercise, files), earlier);
  const slice = new Slice(SLICE_MS);
  for (;;) {
    const step = await steps.next();
    if (step.done === true) {
      const { value } = step;
      if (value.kind === "followed") return value;
      if (value.kind === "impossible") return { kind: "unfollowed", message: value.message };
      return { kind: "diagnostics", diagnostics: value.diagnostics };
    }
    if (!slice.isOver()) continue;
    await slice.restart();
    if (stopped !== job) continue;
    await steps.return(undefined as never);
    return { kind: "stopped" };
  }
}

async function study(
  job: number,
  exercise: CheckBundle,
  files: SourceFiles,
  failure: Studied,
): Promise<Reply> {
  // The job that it gave way to may have been told to stop meanwhile.
  const isStopped = (): boolean => job <= stopped;
  const engine = await reachEngine();
  await Slice.rest();
  if (isStopped()) return { kind: "stopped" };
  const steps = studySteps(engine, exercise, submissionOf(exercise, files), failure);
  const whole = new Slice(STUDY_MS);
  const slice = new Slice(STUDY_SLICE_MS);
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return { kind: "studied", lost: step.value };
    if (!slice.isOver()) continue;
    await slice.restart();
    if (!isStopped() && !whole.isOver()) continue;
    await steps.return(null);
    return isStopped() ? { kind: "stopped" } : { kind: "studied", lost: null };
  }
}

/** What the learner may edit; the demo is not handed in. */
function submissionOf(exercise: CheckBundle, files: SourceFiles): SourceFiles {
  return Object.fromEntries(exercise.files.map((file) => [file, files[file] ?? ""]));
}

function toReply(graded: Extract<Reply, { kind: "verdict" }>["graded"]): Reply {
  const { status, diagnostics } = graded.verdict;
  return status === "ungradable"
    ? { kind: "diagnostics", diagnostics: diagnostics ?? [] }
    : { kind: "verdict", graded };
}

function progress(job: number, progress: Progress): void {
  send({ type: "progress", job, progress });
}

function send(report: Report): void {
  postMessage(report);
}
