/** Owns: what runs say of the prefixes of one failing run. Does not own: which run is made next. */
import type { RunResult } from "#machine";

/** How failure stood once a run had made so many choices. */
export interface LostPoint {
  readonly choices: number;
  /**
   * Before the run was lost: of `runs` walks by chance from there on, `failing` failed. Where it was lost: all ways to go on that
   * were run.
   */
  readonly failing: number;
  readonly runs: number;
}

/** Of the points of a curve, these stand choice by choice before the run is lost; the others are spread evenly. */
const CLOSE_POINTS_MAX = 6;
/** Fewer walks say nothing of a share. */
const WALKS_MIN = 4;

/**
 * Runs that begin as the failing run does. One that passes and shares n choices with it shows that nothing was lost after
 * n; a walk from a shorter prefix that came to a longer one by chance counts there too.
 */
export class LostEvidence {
  readonly #picks: readonly number[];
  /** By prefix: walks that came there, and how many of them failed. */
  readonly #walks: { failing: number; runs: number }[];
  /** By trace: how many choices a failing run shares with the failing run. */
  readonly #failing = new Map<string, number>();
  #certainFrom = 0;

  constructor(picks: readonly number[]) {
    this.#picks = picks;
    this.#walks = Array.from({ length: picks.length + 1 }, () => ({ failing: 0, runs: 0 }));
  }

  /** The shortest prefix that no passing run has. */
  get certainFrom(): number {
    return this.#certainFrom;
  }

  /** A run that passed or failed; of a walk, `walksFrom` is the prefix from which on chance decided. */
  add(result: RunResult, walksFrom: number | undefined): void {
    const shared = this.sharedBy(result);
    const passed = result.outcome.kind === "passed";
    if (passed) this.#certainFrom = Math.max(this.#certainFrom, shared + 1);
    else this.#failing.set(result.traceHash, Math.max(shared, this.#failing.get(result.traceHash) ?? 0));
    if (walksFrom === undefined) return;
    for (const at of this.#walks.slice(walksFrom, shared + 1)) {
      at.runs += 1;
      if (!passed) at.failing += 1;
    }
  }

  /** How many choices a run shares with the failing one before they part. */
  sharedBy({ choices }: RunResult): number {
    const parted = this.#picks.findIndex((pick, at) => choices[at]?.picked !== pick);
    return parted < 0 ? this.#picks.length : parted;
  }

  /** Different failing runs that go on from a prefix. */
  waysFrom(prefix: number): number {
    return [...this.#failing.values()].filter((shared) => shared >= prefix).length;
  }

  /** Of so many points of the curve the one that lacks most of the walks it should have; undefined where none lacks any. */
  weakest(points: number, wanted: (prefix: number) => number): number | undefined {
    let weakest: number | undefined;
    let most = 0;
    for (const prefix of this.#points(points)) {
      const lacking = 1 - this.#walksAt(prefix).runs / wanted(prefix);
      if (lacking <= most) continue;
      [weakest, most] = [prefix, lacking];
    }
    return weakest;
  }

  /** Of so many points those that enough walks came to, and where the run was lost. */
  curve(points: number): readonly LostPoint[] {
    const before = this.#points(points)
      .map((choices) => ({ choices, ...this.#walksAt(choices) }))
      .filter((point) => point.runs >= WALKS_MIN);
    const ways = this.waysFrom(this.#certainFrom);
    return [...before, { choices: this.#certainFrom, failing: ways, runs: ways }];
  }

  /** Prefixes before the run is lost, so many at most. */
  #points(most: number): readonly number[] {
    const all = Array.from({ length: this.#certainFrom }, (_, prefix) => prefix);
    if (all.length <= most) return all;
    const close = Math.min(CLOSE_POINTS_MAX, most >> 1);
    const spread = most - close;
    const step = (all.length - close) / spread;
    const far = Array.from({ length: spread }, (_, i) => Math.floor(i * step));
    return close === 0 ? far : [...far, ...all.slice(-close)];
  }

  #walksAt(prefix: number): { readonly failing: number; readonly runs: number } {
    return this.#walks[prefix] ?? { failing: 0, runs: 0 };
  }
}
