import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compileText } from "../engine.ts";
import {
  BOUNDED,
  DEEP_DATA,
  DEEP_SUSPENSIONS,
  MEMORY,
  RECURSIONS,
  sourceInThread,
  sourceOf,
  UNINTERRUPTIBLE,
} from "./limit-programs.ts";
import type { WorkerAnswer } from "./limits-in-worker.ts";

/** The smallest stack that a browser gives a worker is about half a megabyte. */
const STACK_MB = 0.5;

function startWorker(): Worker {
  return new Worker(new URL("./limits-in-worker.ts", import.meta.url), {
    resourceLimits: { stackSizeMb: STACK_MB },
    execArgv: [],
  });
}

let worker: Worker;
beforeAll(() => {
  worker = startWorker();
});
afterAll(() => worker.terminate());

async function begin(on: Worker, source: string): Promise<void> {
  on.postMessage(await compileText(source));
  await once(on, "message");
}

async function runInWorker(source: string): Promise<WorkerAnswer> {
  await begin(worker, source);
  const [answer] = (await once(worker, "message")) as [WorkerAnswer];
  return answer;
}

it.each([...RECURSIONS, ...DEEP_SUSPENSIONS, ...DEEP_DATA, ...MEMORY, ...BOUNDED])(
  "on a worker's small stack, $title ends in its own outcome",
  async (program) => {
    const answer = await runInWorker(sourceOf(program));
    expect(program.ends, answer.message).toContain(answer.kind);
    const inThread = await runInWorker(sourceInThread(program));
    expect(program.ends, inThread.message).toContain(inThread.kind);
    expect((await runInWorker("export function main() {}")).kind).toBe("passed");
  },
);

it.each(UNINTERRUPTIBLE)("$title is not stopped by fuel, and ends with its worker", async (program) => {
  const doomed = startWorker();
  await begin(doomed, sourceOf(program));
  const answered = once(doomed, "message").then(() => "answered");
  answered.catch(() => {});
  const patience = new Promise((resolve) => setTimeout(() => resolve("still busy"), 1_000));
  const seen = await Promise.race([answered, patience]);
  await doomed.terminate();
  expect(seen).toBe("still busy");
});
