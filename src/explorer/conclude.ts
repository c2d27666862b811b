/**
 * Owns: what a search has found, once its runs are summed up. A failing schedule is run again before anybody is told of
 * it, made simpler, and run once more, recorded, to be shown.
 */
import type { Outcome, RunResult } from "#machine";
import { costOf } from "./cost.ts";
import { describeShrunk } from "./shrink/describe-shrunk.ts";
import { withLateTimers } from "./late.ts";
import { boundMissed } from "./strategies/missed.ts";
import type { ResolvedSearch } from "./options.ts";
import { runOptionsOf, type FirstRun, type RunRecord } from "./part.ts";
import { COMPLETE_FROM } from "./phases.ts";
import { describeProof } from "./proof.ts";
import type { SearchFailure, SearchResult } from "./result.ts";
import type { Runnable } from "./runnable.ts";
import { encodeSchedule } from "./schedule/schedule.ts";
import { Scribe } from "./schedule/scribe.ts";
import { shrink, type Shrinking, type Shrunk } from "./shrink/shrink.ts";
import type { Coverage } from "./strategies/strategy.ts";

/** A run that says what comes of the search: its number, from 1, and whether timers could be late in it. */
export interface Found {
  readonly record: RunRecord;
  readonly run: number;
  readonly isLate: boolean;
}

/** The runs of a search, summed up. */
export interface Merged {
  readonly runs: number;
  readonly calls: number;
  readonly learnHash: string;
  readonly runsHash: string;
  readonly first: FirstRun | undefined;
  readonly coverage: Coverage;
  /** Runs with late timers, where there were any. */
  readonly late: { readonly runs: number; readonly coverage: Coverage } | undefined;
  readonly systematic: number;
  readonly sampled: number;
  readonly sampledByPct: number;
  readonly inconclusive: number;
  /** The run that ended the search: it failed, or the machine did not repeat itself. */
  readonly last: Found | undefined;
  /** The first run that reached a bound of the search. */
  readonly cut: Found | undefined;
}

const PASSED: Outcome = { kind: "passed", message: "", thread: -1 };

const NOT_REPEATED =
  "The same schedule gave two different runs. That is a fault of the simulated computer, not of your program: please report it with your files.";

const NONDETERMINISTIC: Outcome = { kind: "nondeterministic", message: NOT_REPEATED, thread: -1 };

export function conclude(runnable: Runnable, search: ResolvedSearch, merged: Merged): SearchResult {
  const { last, cut } = merged;
  if (last?.record.fits === false) return toResult(search, merged, { outcome: NONDETERMINISTIC });
  const found = last ?? cut;
  if (found === undefined) return toResult(search, merged, { outcome: PASSED });
  const failure = new Review(runnable, search, merged).look(found);
  return toResult(search, merged, failure === null ? { outcome: NONDETERMINISTIC } : { ...failure, failure });
}

/** A run once more, recorded, with its schedule as text. */
interface Repeated {
  readonly result: RunResult;
  readonly schedule: string;
}

/** Runs what was found again. */
class Review {
  readonly #runnable: Runnable;
  readonly #search: ResolvedSearch;
  readonly #merged: Merged;

  constructor(runnable: Runnable, search: ResolvedSearch, merged: Merged) {
    this.#runnable = runnable;
    this.#search = search;
    this.#merged = merged;
  }

  /** Null where the machine does not repeat itself. */
  look(found: Found): SearchFailure | null {
    const { record, run, isLate } = found;
    const search = isLate ? withLateTimers(this.#search) : this.#search;
    const again = this.#repeat(search, record.picks ?? []);
    if (again.result.traceHash !== record.traceHash || again.result.outcome.kind !== record.outcome)
      return null;
    const shrinking = this.#search.shrink === false ? undefined : this.#shrink(search, found, again.result);
    const tell = (repeated: Repeated, shrunk: Shrunk | null): SearchFailure => {
      const { result, schedule } = repeated;
      const { outcome, choices } = result;
      const clock = search.rules?.clock ?? "idle";
      const { strategy } = record;
      return { outcome, strategy, run, preemptions: costOf(choices), clock, schedule, result, shrunk };
    };
    if (shrinking === undefined) return tell(again, null);
    const { result, shrunk } = shrinking;
    const simpler = this.#repeat(
      search,
      result.choices.map((choice) => choice.picked),
    );
    return simpler.result.traceHash === result.traceHash ? tell(simpler, shrunk) : null;
  }

  #repeat(search: ResolvedSearch, picks: readonly number[]): Repeated {
    const scribe = new Scribe(picks);
    const result = this.#runnable.run({ ...runOptionsOf(search), chooser: scribe, record: true });
    const schedule = scribe.schedule(search.programHash, search.rules?.clock);
    return { result, schedule: encodeSchedule(schedule) };
  }

  #shrink(search: ResolvedSearch, { isLate }: Found, result: RunResult): Shrinking | undefined {
    const { inconclusive, coverage, late } = this.#merged;
    const covered = isLate ? late?.coverage : coverage;
    const passesUpTo = inconclusive > 0 ? -1 : (covered?.preemptions ?? -1);
    return shrink(this.#runnable, result, { runOptions: runOptionsOf(search), passesUpTo });
  }
}

interface Conclusion {
  readonly outcome: Outcome;
  readonly failure?: SearchFailure;
}

function toResult(search: ResolvedSearch, merged: Merged, { outcome, failure }: Conclusion): SearchResult {
  const { runs, calls, coverage, learnHash, runsHash, first } = merged;
  const { everything, preemptions } = coverage;
  return {
    outcome,
    failure: failure ?? null,
    runs,
    calls,
    complete: everything || preemptions >= (search.preemptions ?? COMPLETE_FROM),
    proof: describe(search, merged, { outcome, ...(failure && { failure }) }),
    learnHash,
    runsHash,
    warnings: failure?.result.warnings ?? first?.warnings ?? [],
  };
}

function describe(search: ResolvedSearch, merged: Merged, { outcome, failure }: Conclusion): string {
  if (outcome.kind === "nondeterministic") return "Nothing is proved.";
  const { first, late, last, sampledByPct } = merged;
  const isOpen = outcome.kind === "inconclusive";
  const proof = describeProof({
    ...merged,
    verdict: isOpen ? "open" : failure === undefined ? "passed" : "failed",
    preemptions: failure?.preemptions ?? 0,
    late: late && { ...late, fails: last?.isLate === true },
    missed: first && boundMissed(first.learned, { runs: sampledByPct, depth: search.depth }),
  });
  return [proof, describeShrunk(failure?.shrunk ?? null)].filter((sentence) => sentence !== "").join(" ");
}
