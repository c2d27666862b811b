/** The engine's worker. Owns the message loop; the engine itself is in engine.ts. */
import { createFifoChooser, createRandom } from "#explorer";
import { describeOutcome, gradeSteps, runProgram, showRun, type Engine } from "#grade";
import { loadEngine } from "./engine.ts";
import type { CheckBundle, Progress, Reply, Report, Request, RunHow, SourceFiles } from "./protocol.ts";
import { Slice } from "./slice.ts";

/** How often a job says that it can be reached while it waits for a download or the compiler. */
const ALIVE_MS = 500;

let engine: Promise<Engine> | undefined;
/** The job that was last told to stop; jobs are numbered upwards. */
let stopped = 0;

addEventListener("message", (event: MessageEvent<Request>) => {
  const request = event.data;
  switch (request.type) {
    case "warm":
      void reachEngine().catch(() => {});
      return;
    case "stop":
      stopped = request.job;
      return;
    case "check":
      void answer(request.job, () => check(request.job, request.exercise, request.files));
      return;
    case "run":
      void answer(request.job, () => run(request.job, request.files, request.how));
      return;
  }
});

/** Loads the engine once; a failed attempt is forgotten, so that the next job tries again. */
function reachEngine(): Promise<Engine> {
  engine ??= loadEngine().catch((error: unknown) => {
    engine = undefined;
    throw error;
  });
  return engine;
}

async function answer(job: number, work: () => Promise<Reply>): Promise<void> {
  const pulse = setInterval(() => send({ type: "alive", job }), ALIVE_MS);
  send({ type: "alive", job });
  const reply = await work().catch((error: unknown): Reply => ({
    kind: "broken",
    message: error instanceof Error ? error.message : String(error),
  }));
  clearInterval(pulse);
  send({ type: "done", job, reply });
}

async function run(job: number, files: SourceFiles, { entry, seed }: RunHow): Promise<Reply> {
  const engine = await reachEngine();
  progress(job, { phase: "running" });
  await Slice.rest();
  if (stopped === job) return { kind: "stopped" };
  const chooser = (seed === undefined ? undefined : createRandom(seed).begin()) ?? createFifoChooser();
  const ran = await runProgram(engine, { files, start: `${entry}.ts`, entry: { kind: entry }, chooser });
  if (!ran.ok) return { kind: "diagnostics", diagnostics: ran.diagnostics };
  const { outcome, calls, endNs } = ran.result;
  const message = outcome.kind === "passed" ? "" : describeOutcome(outcome, ran.program.hidden);
  const shown = showRun(ran.result, ran.program);
  return { kind: "ran", run: { outcome, message, ...shown, calls, endNs } };
}

async function check(job: number, exercise: CheckBundle, files: SourceFiles): Promise<Reply> {
  const engine = await reachEngine();
  progress(job, { phase: "compiling" });
  await Slice.rest();
  const submission = Object.fromEntries(exercise.files.map((file) => [file, files[file] ?? ""]));
  const steps = gradeSteps(engine, exercise, submission, { showPassing: true });
  const slice = new Slice();
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return toReply(step.value);
    if (!slice.isOver()) continue;
    const { number, checks, title, runs, of, failed } = step.value;
    progress(job, { phase: "checking", check: number, checks, title, runs, runsMax: of, failed });
    await slice.restart();
    if (stopped !== job) continue;
    await steps.return(undefined as never);
    return { kind: "stopped" };
  }
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
