/** A position in a file the author or the learner wrote. Line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A numbered spot in the source that instrumented code reports: a call, a write or a loop head.
 * Site 0 means "nowhere".
 */
export interface Site extends Place {
  /** What the source calls the thing made or changed here: `queue`, `this.tx`, `[tx, rx]`; "" where it has no name. */
  readonly name: string;
  /** The plain variable or field that a loop here waits for and nothing in it changes: `done`, `this.stop`. */
  readonly waitsFor?: string;
}

/** `main.ts:12:5`, the way compilers print a position. */
export function formatPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}
