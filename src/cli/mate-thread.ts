/** A thread of the command line's crew: a machine of its own, and nothing else. */
import { parentPort, workerData } from "node:worker_threads";
import { serveMate } from "#explorer";
import { Machine, type EngineAssets } from "#machine";

const machine = Machine.create(workerData as EngineAssets);

serveMate(
  {
    post: (message) => parentPort?.postMessage(message),
    listen: (hear) => parentPort?.on("message", hear),
  },
  {
    load: (program) => machine.load(program),
    rest: () => new Promise((resolve) => setImmediate(resolve)),
  },
);
