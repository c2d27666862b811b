import type { OutcomeKind, Place } from "#abi";
import type { Outcome } from "#machine";

/** Failures of a run as a whole: which thread is named first is a matter of the schedule. */
const OF_THE_RUN: ReadonlySet<OutcomeKind> = new Set(["deadlock", "stuck", "leak"]);

/**
 * True where two runs fail in the same way: they end in the same kind of outcome. For the kinds that name the thread at
 * fault (a panic, a failed expectation, a misuse, …) also in the same thread, with the same error, at the same place;
 * where neither has a place their messages are equal but for the numbers in them.
 */
export function isSameFailure(a: Outcome, b: Outcome): boolean {
  if (a.kind !== b.kind) return false;
  if (OF_THE_RUN.has(a.kind)) return true;
  if (a.thread !== b.thread || a.errorName !== b.errorName) return false;
  if (a.place === undefined && b.place === undefined) return wordsOf(a.message) === wordsOf(b.message);
  return textOf(a.place) === textOf(b.place);
}

/** What is kept of a failure to know it again in edited code. */
export type KnownFailure = Pick<Outcome, "kind" | "thread" | "message" | "errorName">;

/** {@link isSameFailure} where the code was edited in between, so that places have moved: the words have to do. */
export function isLikeFailure(a: KnownFailure, b: KnownFailure): boolean {
  if (a.kind !== b.kind) return false;
  if (OF_THE_RUN.has(a.kind)) return true;
  return a.thread === b.thread && a.errorName === b.errorName && wordsOf(a.message) === wordsOf(b.message);
}

function textOf(place: Place | undefined): string {
  return place === undefined ? "" : `${place.file}:${place.line}:${place.column}`;
}

function wordsOf(message: string): string {
  return message.replace(/\d+([.,]\d+)*/g, "#");
}
