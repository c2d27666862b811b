/**
 * Owns: which piece of one search is run next, and the order in which records reach the merge. Whoever takes a piece
 * hands back its records; in which order the pieces are run makes no difference.
 */
import { invariant } from "#base";
import { Merge } from "./merge.ts";
import { resolveSearch, type ResolvedSearch, type SearchOptions } from "./options.ts";
import { isLast, type Part, type RunRecord } from "./part.ts";
import { sampledRunsOf } from "./phases.ts";
import type { SearchProgress, SearchResult } from "./result.ts";
import type { Runnable } from "./runnable.ts";

/** A search of a loaded program. */
export interface Search {
  readonly runnable: Runnable;
  readonly options: SearchOptions;
}

/** Kernel calls that a piece of the sampled part takes, as far as the default run tells: some hundredth of a second. */
const PIECE_CALLS = 2_000;
const PIECE_RUNS_MAX = 32;

/** A part that somebody runs. */
export interface Piece {
  readonly part: Part;
}

interface Entry extends Piece {
  /** What has come and is not merged. */
  readonly waiting: RunRecord[];
  received: number;
  /** Records to drop: an executor that was lost had handed them in before. */
  repeated: number;
  state: "lost" | "running" | "done";
}

/** One search, cut into pieces. */
export class Agenda {
  readonly options: ResolvedSearch;
  readonly #runnable: Runnable;
  readonly #merge: Merge;
  /** Pieces begun and not merged to their end, in the order of the merge. */
  readonly #entries: Entry[] = [];
  /** Sampled runs that are needed, as far as is known, and those that have been handed out. */
  #sampledMax = 0;
  #sampled = 0;
  /** Of records that wait. */
  #callsAhead = 0;
  /** True where a record that has come ends the search: nothing behind it is needed. */
  #isClosed = false;
  #pieceRuns = 1;
  #result: SearchResult | undefined;

  constructor({ runnable, options }: Search) {
    this.options = resolveSearch(options);
    this.#runnable = runnable;
    this.#merge = new Merge(this.options);
  }

  get isOver(): boolean {
    return this.#merge.stage === "over";
  }

  /** The result of a search that is over; a failing run is repeated when it is asked for first. */
  get result(): SearchResult {
    invariant(this.isOver, "a search has no result before it is over");
    this.#result ??= this.#merge.conclude(this.#runnable);
    return this.#result;
  }

  /** How far the search is, from 0 to 1. */
  get share(): number {
    return this.isOver ? 1 : this.#merge.runs / this.options.runsMax;
  }

  /** Kernel calls of the runs merged. */
  get calls(): number {
    return this.#merge.calls;
  }

  get progress(): SearchProgress {
    const { strategy, runs, calls } = this.#merge;
    const failed = this.isOver && this.result.failure !== null;
    return { strategy, runs, of: this.options.runsMax, calls, failed };
  }

  /** A piece that the result needs; undefined where all of them are being run. */
  take(): Piece | undefined {
    if (this.isOver) return undefined;
    const lost = this.#entries.find((entry) => entry.state === "lost");
    if (lost !== undefined) {
      lost.state = "running";
      return lost;
    }
    const { stage, left } = this.#merge;
    if (stage === "sampled") return this.#takeSampled();
    if (this.#entries.some(({ part }) => part.kind === stage)) return undefined;
    return this.#begin(stage === "late" ? { kind: "late", ...left } : { kind: "systematic" });
  }

  /** A piece that the result needs unless the systematic part fails or covers everything. */
  guess(): Piece | undefined {
    return this.#merge.stage === "systematic" ? this.#takeSampled() : undefined;
  }

  /** True where the search cannot go on without this piece. */
  awaits(piece: Piece): boolean {
    return !this.isOver && this.#entries[0] === piece;
  }

  /** False once the result is known to be the same without what the piece still has. */
  needs(piece: Piece): boolean {
    return this.#find(piece) !== undefined;
  }

  /** Takes records of a piece, in order. */
  receive(piece: Piece, records: readonly RunRecord[]): void {
    const entry = this.#find(piece);
    if (entry === undefined) return;
    for (const record of records) {
      if (entry.repeated > 0) {
        entry.repeated -= 1;
        continue;
      }
      entry.received += 1;
      entry.waiting.push(record);
      this.#callsAhead += record.calls;
      this.#isClosed ||= isLast(record);
    }
    this.#advance();
  }

  /** The piece has come to its end. */
  finish(piece: Piece): void {
    const entry = this.#find(piece);
    if (entry !== undefined) entry.state = "done";
    this.#advance();
  }

  /** Whoever ran the piece is gone: it is to be taken again, and run from its beginning. */
  lose(piece: Piece): void {
    const entry = this.#find(piece);
    if (entry === undefined) return;
    entry.state = "lost";
    entry.repeated = entry.received;
  }

  #takeSampled(): Piece | undefined {
    const { first, left } = this.#merge;
    const { callsMax } = left;
    const runs = Math.min(this.#pieceRuns, this.#sampledMax - this.#sampled);
    if (first === undefined || runs <= 0 || this.#isClosed || this.#callsAhead >= callsMax) return undefined;
    const from = this.#sampled;
    this.#sampled += runs;
    return this.#begin({ kind: "sampled", from, runs, callsMax, learned: first.learned });
  }

  #begin(part: Part): Piece {
    const entry: Entry = { part, waiting: [], received: 0, repeated: 0, state: "running" };
    this.#entries.push(entry);
    return entry;
  }

  #find(piece: Piece): Entry | undefined {
    return this.#entries.find((entry) => entry === piece);
  }

  /** Hands the merge what has come, as far as nothing before it is missing; pieces of a stage that is over go. */
  #advance(): void {
    for (let entry = this.#entries[0]; entry !== undefined; entry = this.#entries[0]) {
      const { kind } = entry.part;
      for (const record of entry.waiting.splice(0)) if (this.#merge.stage === kind) this.#add(record);
      const isOpen = this.#merge.stage === kind;
      if (isOpen && entry.state !== "done") return;
      this.#entries.shift();
      if (isOpen && kind !== "sampled") this.#endStage();
    }
  }

  #add(record: RunRecord): void {
    if (record.first !== undefined) {
      this.#pieceRuns = pieceRunsOf(record.calls);
      this.#sampledMax = sampledRunsOf(this.options, record.first);
    }
    this.#callsAhead -= record.calls;
    this.#merge.add(record);
  }

  #endStage(): void {
    this.#merge.endStage();
    if (this.#merge.stage === "sampled") this.#sampledMax = this.#merge.left.runsMax;
  }
}

function pieceRunsOf(callsOfRun: number): number {
  return Math.max(1, Math.min(PIECE_RUNS_MAX, Math.floor(PIECE_CALLS / Math.max(1, callsOfRun))));
}
