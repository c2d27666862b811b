import type { MissedBound } from "./strategies/missed.ts";
import type { Coverage } from "./strategies/strategy.ts";

/** What a search did, as far as its proof sentence needs it. */
export interface Evidence {
  /** `failed`: some run failed. `open`: none did, but some reached a bound. */
  readonly verdict: "passed" | "failed" | "open";
  readonly coverage: Coverage;
  /** Runs of the systematic part, complete or not. */
  readonly systematic: number;
  /** Runs of the random part. */
  readonly sampled: number;
  /** Preemptions of the failing schedule. */
  readonly preemptions: number;
  /** Runs that reached a bound of the search. */
  readonly inconclusive: number;
  /** Of the runs on which timers may fire late, where there were any. */
  readonly late?: LateEvidence | undefined;
  /** How likely the sampled part would have missed a bug, where anything is known of that. */
  readonly missed?: MissedBound | undefined;
}

interface LateEvidence {
  readonly runs: number;
  readonly coverage: Coverage;
  readonly fails: boolean;
}

/** One to three sentences: what the verdict proves, and what it does not. */
export function describeProof(evidence: Evidence): string {
  const { verdict, inconclusive, late } = evidence;
  if (verdict === "open")
    return `${count(inconclusive, "run")} ${inconclusive === 1 ? "was" : "were"} cut before the end, so nothing is decided.`;
  if (late?.fails === true) return describeLateFailure(evidence);
  if (verdict === "failed") return describeFailure(evidence);
  return late === undefined ? describeTried(evidence) : `${describeTried(evidence)} ${describeLate(late)}`;
}

function describeTried({ coverage, systematic, sampled, missed }: Evidence): string {
  if (coverage.everything) return describeEverything(coverage);
  const tried = describePart(coverage, systematic, sampled);
  return missed === undefined ? tried : `${tried} ${describeMissed(missed)}`;
}

/** A program that passes as long as every timer is on time, and fails where one is late. */
function describeLateFailure(evidence: Evidence): string {
  const onTime = describeTried(evidence);
  return `Correct only by timing: it fails where a timer fires late. Where none does: ${onTime.charAt(0).toLowerCase()}${onTime.slice(1)}`;
}

function describeLate({ runs, coverage }: LateEvidence): string {
  if (coverage.everything)
    return `So does every one on which timers fire late (${count(coverage.schedules, "run")}).`;
  // Without a preemption no timer is late: moving the clock costs one.
  if (coverage.preemptions <= 0) return `${count(runs, "run")} more with late timers found no failure.`;
  const schedules = count(coverage.schedules, "run");
  return `Where timers may fire late, every schedule ${atMost(coverage.preemptions)} passes (${schedules}).`;
}

function describeEverything({ preemptions, schedules }: Coverage): string {
  if (schedules === 1) return "The program has only one schedule, and it passes.";
  const runs = count(schedules, "run");
  return preemptions === Infinity
    ? `Every schedule passes (${runs}; the others only swap steps that do not affect each other).`
    : `Every schedule passes (${runs}).`;
}

function describeMissed({ depth, probability }: MissedBound): string {
  return `A bug of depth ${depth} would be missed with a probability of at most ${probability}, if no run is longer than the default one.`;
}

function describePart(coverage: Coverage, systematic: number, sampled: number): string {
  if (coverage.preemptions < 0) {
    const rest = describeRest(systematic, sampled, "");
    return rest === ""
      ? "The default schedule passes; no other was run."
      : `No failing schedule was found: ${rest}. That is no proof.`;
  }
  const head = `Every schedule ${atMost(coverage.preemptions)} passes (${count(coverage.schedules, "run")})`;
  const rest = describeRest(systematic - coverage.schedules, sampled, " more");
  return rest === "" ? `${head}.` : `${head}; ${rest}.`;
}

function describeFailure({ coverage, preemptions }: Evidence): string {
  const needs = preemptions === 0 ? "without a preemption" : `with ${count(preemptions, "preemption")}`;
  const fails = `The program fails on a schedule ${needs}`;
  if (coverage.preemptions < 0) return `${fails}.`;
  return `${fails}; every schedule ${atMost(coverage.preemptions)} passes (${count(coverage.schedules, "run")}).`;
}

/** The runs that prove nothing about those that were not made: "88 more sampled at random". */
function describeRest(systematic: number, sampled: number, more: string): string {
  const parts: string[] = [];
  if (systematic > 0) parts.push(`${systematic}${more} tried in order`);
  if (sampled > 0) parts.push(`${sampled}${parts.length > 0 ? "" : more} sampled at random`);
  return parts.join(", ");
}

function atMost(preemptions: number): string {
  return preemptions === 0 ? "without a preemption" : `with at most ${count(preemptions, "preemption")}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
