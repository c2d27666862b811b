import type { Place, Site } from "#abi";

/** Files by path relative to the exercise, forward slashes: `{ "main.ts": "…" }`. */
export type SourceFiles = Readonly<Record<string, string>>;

export interface CompileInput {
  /** The learner's files. */
  readonly files: SourceFiles;
  /** Author files that may also import `check` (and the learner's files): `checks.ts`. Absent for plain programs. */
  readonly hidden?: SourceFiles;
  /** The file to start from, in `files` or `hidden`: `main.ts`, `demo.ts`, `checks.ts`. */
  readonly entry: string;
  /** Names the entry, or the learner's `main.ts`, must export, checked at compile time. */
  readonly exports?: { readonly file: string; readonly names: readonly string[] };
  /** What `std/*`, `rt/*`, `check` and the like export: `{ "std/thread": ["spawn", …] }`. */
  readonly library: Readonly<Record<string, readonly string[]>>;
}

/** A compiled program: plain data, safe to send between workers. */
export interface Program {
  /**
   * One JavaScript expression: a strict function `($rt) => exports` that runs the module bodies of one run.
   * See src/compile/instrument.ts for what `$rt` must offer.
   */
  readonly code: string;
  /** SHA-256 (hex) of `code`. */
  readonly hash: string;
  /** Sites by number; entry 0 is nowhere. */
  readonly sites: readonly Site[];
  /** Paths of the hidden author files: their lines are never shown to the learner. */
  readonly hidden: readonly string[];
  /** Decoded source map of `code`: per generated line, segments [column, sourceIndex, line, column], all from 0. */
  readonly mappings: readonly (readonly (readonly [number, number, number, number])[])[];
  readonly sources: readonly string[];
}

/** A mistake in the learner's (or author's) files that keeps the program from starting. */
export interface Diagnostic {
  readonly kind: "syntax" | "import" | "export" | "unsupported" | "input";
  readonly message: string;
  /** What to do about it, one sentence. */
  readonly hint?: string;
  readonly place?: Place;
}

export type CompileResult =
  | { readonly ok: true; readonly program: Program }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
