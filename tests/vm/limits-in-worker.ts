import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import type { Program } from "#compile";
import { Machine } from "#machine";

/** Runs programs where the host's stack is as small as in a browser's worker; answers with outcome and output. */
const machine = Machine.create({
  wasm: new WebAssembly.Module(readFileSync(".generated/vm.wasm")),
  guest: readFileSync(".generated/guest.js", "utf8"),
});

export interface WorkerAnswer {
  readonly kind: string;
  readonly message: string;
}

parentPort?.on("message", (program: Program) => {
  const loaded = machine.load(program);
  parentPort?.postMessage("began");
  const chooser = { choose: (point: { readonly preferred: number }) => point.preferred };
  const { outcome } = loaded.run({ entry: { kind: "main" }, chooser, limits: { fuelMax: 1_000 } });
  const answer: WorkerAnswer = { kind: outcome.kind, message: outcome.message };
  parentPort?.postMessage(answer);
});
