import type { BugName, OutcomeKind } from "#abi";
import type { HintFor } from "#course";

/** What failed, and the name of the mistake where the run shows one. */
export interface FailedCheck {
  readonly check: string;
  readonly outcome: OutcomeKind;
  readonly bug?: BugName;
}

/**
 * The hint for a failing check that fits best: the check counts most, then the mistake, then the outcome; where none
 * fits, the check's own.
 */
export function findHint(
  hints: readonly HintFor[],
  failed: FailedCheck,
  own: string | undefined,
): string | undefined {
  const fits = (hint: HintFor): boolean =>
    (hint.check === undefined || hint.check === failed.check) &&
    (hint.bug === undefined || hint.bug === failed.bug) &&
    (hint.outcome === undefined || hint.outcome === failed.outcome);
  const weight = (hint: HintFor): number =>
    (hint.check === undefined ? 0 : 4) +
    (hint.bug === undefined ? 0 : 2) +
    (hint.outcome === undefined ? 0 : 1);
  let best: HintFor | undefined;
  for (const hint of hints) {
    if (fits(hint) && (best === undefined || weight(hint) > weight(best))) best = hint;
  }
  return best?.hint ?? own;
}
