import { OUTCOME_KINDS, type OutcomeKind } from "#abi";
import type { LoadedProgram, RunResult, RunRules } from "#machine";
import { fifo, loadChecks, seeded } from "../engine.ts";
import { type Body, renderModules } from "./random-programs.ts";

/** Small bounds: a program that runs away is to be cut soon. */
const LIMITS = { callsMax: 400, fuelMax: 20, outputMax: 4_000, threadsMax: 24 };
const KINDS: ReadonlySet<OutcomeKind> = new Set(OUTCOME_KINDS);
/** Rules by seed; 0 stands for the default schedule. */
const RULES: readonly Partial<RunRules>[] = [
  {},
  {},
  { mayLeave: true, cores: 1 },
  { callCostNs: 1_000, cores: 2 },
];

/** How often each outcome was seen. */
export type Tally = Map<OutcomeKind, number>;

/** Runs every body under the default schedule and some seeds, twice each; throws where a promise of the engine is broken. */
export async function checkBodies(bodies: readonly Body[], tally: Tally = new Map()): Promise<void> {
  const { main, checks } = renderModules(bodies);
  const program = await loadChecks(main, checks);
  for (let index = 0; index < bodies.length; index++)
    for (let seed = 0; seed < RULES.length; seed++) {
      const once = runOnce(program, index, seed);
      const again = runOnce(program, index, seed);
      const problem = problemOf(once) ?? differenceOf(once, again);
      if (problem !== null)
        throw new Error(
          `program${index}, seed ${seed}: ${problem}\n${once.outcome.kind}: ${once.outcome.message}`,
        );
      tally.set(once.outcome.kind, (tally.get(once.outcome.kind) ?? 0) + 1);
    }
}

function runOnce(program: LoadedProgram, index: number, seed: number): RunResult {
  const chooser = seed === 0 ? fifo : seeded(seed);
  return program.run({ entry: { kind: "check", index }, chooser, limits: LIMITS, rules: RULES[seed] ?? {} });
}

function problemOf({ outcome, calls }: RunResult): string | null {
  if (!KINDS.has(outcome.kind)) return "an outcome that does not exist";
  if (outcome.kind === "inconclusive" || outcome.kind === "nondeterministic")
    return "an outcome that a single run cannot have";
  if (calls > LIMITS.callsMax + 1) return `${calls} kernel calls`;
  if (outcome.kind !== "passed" && outcome.message.trim() === "") return "a failure without words";
  const named = /\bmain\b|worker-\d+/.test(outcome.message);
  if (["deadlock", "leak", "stuck"].includes(outcome.kind) && !named) return "a wait that names no thread";
  return null;
}

function differenceOf(once: RunResult, again: RunResult): string | null {
  if (once.traceHash !== again.traceHash) return "the same seed, another trace";
  if (JSON.stringify(once) !== JSON.stringify(again)) return "the same trace, another result";
  return null;
}
