/**
 * Owns: how a search is cut. A part is plain data and gives the same records wherever it is run; what the records
 * come to is decided in merge.ts, from their order alone.
 */
import type { OutcomeKind } from "#abi";
import type { Chooser } from "#kernel";
import type { RunResult, RunWarning } from "#machine";
import { Bounded } from "./strategies/bounded.ts";
import { Forecast } from "./strategies/forecast.ts";
import { withLateTimers } from "./late.ts";
import { learnedFrom } from "./strategies/learned.ts";
import type { ResolvedSearch } from "./options.ts";
import { createLearning, createPhases, Phase, type Spent } from "./phases.ts";
import { Portfolio } from "./portfolio.ts";
import type { Runnable } from "./runnable.ts";
import type { Coverage, Learned, StrategyName } from "./strategies/strategy.ts";

/**
 * One piece of a search. The `systematic` part begins it: each of its runs depends on those before, so it stays whole, as
 * the `late` one does that may end it.
 * Sampled runs depend on their numbers only and may be cut anywhere; `callsMax` is what the search has left at most.
 */
export type Part = { readonly kind: "systematic" } | SampledPart | LatePart;

/** Every schedule with late timers and no preemption, then with one, …: moving the clock costs one. */
interface LatePart {
  readonly kind: "late";
  readonly runsMax: number;
  readonly callsMax: number;
}

interface SampledPart {
  readonly kind: "sampled";
  readonly from: number;
  readonly runs: number;
  readonly callsMax: number;
  readonly learned: Learned;
}

/** What a search must know of one run; plain data. */
export interface RunRecord {
  readonly strategy: StrategyName;
  readonly outcome: OutcomeKind;
  readonly traceHash: string;
  readonly calls: number;
  /** False where the machine did not repeat itself. */
  readonly fits: boolean;
  /** What the runs up to this one cover, where that has changed. */
  readonly coverage?: Coverage;
  /** Of the search's first run only. */
  readonly first?: FirstRun;
  /** Of a run that failed, or was cut: what was picked at each choice. */
  readonly picks?: readonly number[];
}

/** What the first run, under the default schedule, tells of the program. */
export interface FirstRun {
  readonly learned: Learned;
  /** Runs that a search of every execution takes, at a guess: see forecast.ts. */
  readonly executions: number;
  /** True where late timers could make a difference. */
  readonly waitsForTime: boolean;
  readonly warnings: readonly RunWarning[];
}

/** True where a run ends its search: it failed, or the machine did not repeat itself. */
export function isLast({ outcome, fits }: RunRecord): boolean {
  return !fits || (outcome !== "passed" && outcome !== "inconclusive");
}

/** Runs one part; ends early after a run that ends the search. */
export function* runPart(
  runnable: Runnable,
  search: ResolvedSearch,
  part: Part,
): Generator<RunRecord, void, void> {
  const options = runOptionsOf(part.kind === "late" ? withLateTimers(search) : search);
  const run = (chooser: Chooser): RunResult => runnable.run({ ...options, chooser });
  for (const record of recordsOf(run, search, part)) {
    yield record;
    if (isLast(record)) return;
  }
}

/** What every run of a search has in common. */
export function runOptionsOf({ entry, rules, limits }: ResolvedSearch) {
  return { entry, ...(rules && { rules }), ...(limits && { limits }) };
}

type Run = (chooser: Chooser) => RunResult;

function recordsOf(run: Run, search: ResolvedSearch, part: Part): Generator<RunRecord, void, void> {
  switch (part.kind) {
    case "systematic":
      return runSystematic(run, search);
    case "sampled":
      return runSampled(run, search, part);
    case "late":
      return runLate(run, search, part);
  }
}

function* runSystematic(run: Run, search: ResolvedSearch): Generator<RunRecord, void, void> {
  const spent = { runs: 0, calls: 0 };
  const forecast = new Forecast();
  const runFirst: Run = (chooser) => run(spent.runs === 0 ? forecast.watch(chooser) : chooser);
  let learnHash = "";
  for (const { record, result } of runPhase(runFirst, createLearning(search), spent)) {
    if (learnHash !== "") yield { ...record, fits: result.traceHash === learnHash };
    else {
      learnHash = result.traceHash;
      const { warnings, waitsForTime } = result;
      const [learned, executions] = [learnedFrom(result), forecast.runs];
      yield { ...record, first: { learned, executions, waitsForTime, warnings } };
    }
  }
  for (const phase of createPhases(search, forecast.runs)) {
    for (const { record } of runPhase(run, phase, spent)) yield record;
    if (phase.strategy.coverage().everything) return;
  }
}

/** The runs of a phase, as far as its budget goes. */
function* runPhase(
  run: Run,
  phase: Phase,
  spent: Spent,
): Generator<{ readonly record: RunRecord; readonly result: RunResult }, void, void> {
  const { strategy } = phase;
  let covered = strategy.coverage();
  while (phase.mayRun(spent)) {
    const result = run(phase.next());
    const record = recordOf(strategy.name, result, strategy.end(result));
    const coverage = strategy.coverage();
    spent.runs += 1;
    spent.calls += result.calls;
    yield { record: coverage === covered ? record : { ...record, coverage }, result };
    covered = coverage;
  }
}

function* runLate(
  run: Run,
  search: ResolvedSearch,
  { runsMax, callsMax }: LatePart,
): Generator<RunRecord, void, void> {
  const phase = new Phase(new Bounded(search.preemptions ?? Infinity), { ...search, runsMax, callsMax });
  for (const { record } of runPhase(run, phase, { runs: 0, calls: 0 })) yield record;
}

function* runSampled(
  run: Run,
  search: ResolvedSearch,
  { from, runs, callsMax, learned }: SampledPart,
): Generator<RunRecord, void, void> {
  const portfolio = new Portfolio(search, learned);
  let calls = 0;
  for (let number = from; number < from + runs && calls < callsMax; number++) {
    const { sampler, own } = portfolio.turn(number);
    const result = run(sampler.chooser(own));
    calls += result.calls;
    yield recordOf(sampler.name, result, true);
  }
}

function recordOf(strategy: StrategyName, result: RunResult, fits: boolean): RunRecord {
  const { outcome, traceHash, calls, choices } = result;
  const record = { strategy, outcome: outcome.kind, traceHash, calls, fits };
  return isLast(record) || record.outcome === "inconclusive"
    ? { ...record, picks: choices.map((choice) => choice.picked) }
    : record;
}
