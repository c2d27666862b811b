/** Every sentence a learner reads about how a run ended. The kernel says what happened; this says what that is called. */
import { formatPlace, type OutcomeKind } from "#abi";
import type { Outcome } from "#machine";

/** A short name for each outcome, to stand before its message. */
export const OUTCOME_TITLES: Readonly<Record<OutcomeKind, string>> = {
  passed: "Passed",
  panic: "Panic",
  "check-failed": "Check failed",
  deadlock: "Deadlock",
  stuck: "Stuck for ever",
  leak: "Left behind",
  starved: "Starved",
  "out-of-fuel": "Endless loop",
  "out-of-memory": "Out of memory",
  "over-limit": "Over a limit",
  misuse: "Misuse",
  inconclusive: "Undecided",
  nondeterministic: "Our fault",
};

/** What to say where the machine gives no message of its own. */
const FALLBACKS: Readonly<Record<OutcomeKind, string>> = {
  passed: "The run passed.",
  panic: "The program panicked.",
  "check-failed": "An expectation of this check does not hold.",
  deadlock: "Threads wait for each other in a circle. Nobody can go on.",
  stuck: "A thread waits for something that will never happen.",
  leak: "A thread was still there long after everything else had ended.",
  starved: "A poll held its executor too long.",
  "out-of-fuel": "The program ran an endless loop, or one far too long.",
  "out-of-memory": "The program used more memory than a thread has here.",
  "over-limit": "The program went beyond a limit of the simulated computer.",
  misuse: "The program used something in a way that Rust would not compile.",
  inconclusive: "The run was cut before it came to its end, so nothing is decided.",
  nondeterministic: "The simulated computer did not repeat itself. That is our fault, not yours.",
};

/**
 * What happened, for the learner: the author's words as they are; for everything else the outcome's name, the
 * machine's words with the threads' names, and the place where it is in the learner's own files.
 */
export function describeOutcome(outcome: Outcome, hidden: readonly string[] = []): string {
  const message = outcome.message === "" ? FALLBACKS[outcome.kind] : outcome.message;
  if (outcome.kind === "check-failed") return message;
  const title = `${OUTCOME_TITLES[outcome.kind]}: `;
  const text = message.startsWith(title) ? message : title + message;
  const { place } = outcome;
  if (place === undefined || hidden.includes(place.file) || message.includes(`${place.file}:`)) return text;
  return `${text} (${formatPlace(place)})`;
}
