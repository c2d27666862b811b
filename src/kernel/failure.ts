import type { OutcomeKind, WaitFor } from "#abi";

/** Why a run failed; the first one in time is the run's outcome. */
export interface Failure {
  readonly kind: Exclude<OutcomeKind, "passed">;
  readonly message: string;
  readonly thread: number;
  readonly site: number;
  /** Guest stack text of a panic, innermost frame first; "" where none. */
  readonly stack: string;
  readonly errorName?: string;
  readonly cycle?: readonly WaitFor[];
}
