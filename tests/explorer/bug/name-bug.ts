import type { Bug, OutcomeKind } from "#abi";
import { findBug, search } from "#explorer";
import { load, seeded } from "../../engine.ts";
import { type FailingProgram, IMPORTS } from "./programs.ts";

const RUNS_MAX = 150;
const CALLS_MAX = 2_000;

/** How the search sees a program fail, and what that is called. */
export async function nameBug({
  body,
  rules,
}: FailingProgram): Promise<{ outcome: OutcomeKind; bug: Bug | null }> {
  const loaded = await load(`${IMPORTS}\n${body}`);
  const { outcome, failure } = search(loaded, {
    entry: { kind: "main" },
    programHash: loaded.program.hash,
    runsMax: RUNS_MAX,
    callsMax: Number.MAX_SAFE_INTEGER,
    ...(rules && { rules }),
  });
  return { outcome: outcome.kind, bug: failure && findBug(failure.result, loaded.program) };
}

/** What it is called under each of so many random schedules that it fails under. */
export async function nameAtRandom({ body, rules }: FailingProgram, count: number): Promise<(Bug | null)[]> {
  const loaded = await load(`${IMPORTS}\n${body}`);
  const runs = Array.from({ length: count }, (_, seed) =>
    loaded.run({
      entry: { kind: "main" },
      chooser: seeded(seed),
      record: true,
      limits: { callsMax: CALLS_MAX },
      ...(rules && { rules }),
    }),
  );
  return runs.filter((run) => run.outcome.kind !== "passed").map((run) => findBug(run, loaded.program));
}
