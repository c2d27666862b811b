/** Owns: what a failed `assertEq` says that it got and expected, in the words of a trace. */
import type { History } from "./history.ts";

/** The two values of an `assertEq` that failed, as its message shows them. */
export interface Expectation {
  readonly got: string;
  readonly expected: string;
}

/** Null where the run ended with another message, or one that can be read in two ways. */
export function readExpectation({ outcome }: History): Expectation | null {
  const parts = /(?:^|: )got (.*)$/s.exec(outcome.message)?.[1]?.split(", expected ") ?? [];
  const [got, expected] = parts;
  return parts.length !== 2 || got === undefined || expected === undefined ? null : { got, expected };
}

/** Whether a message shows this value of a trace: texts have no quotes there. */
export function isShown(value: string | null, shown: string): boolean {
  return value !== null && (value === shown || value === JSON.stringify(shown));
}
