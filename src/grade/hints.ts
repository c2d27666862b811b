import type { OutcomeKind } from "#abi";
import type { HintFor } from "#course";

/** The hint for a failing check: for this check and outcome, then this check, then this outcome, then the check's own. */
export function findHint(
  hints: readonly HintFor[],
  failed: { readonly check: string; readonly outcome: OutcomeKind },
  own: string | undefined,
): string | undefined {
  const fits = (hint: HintFor): boolean =>
    (hint.check === undefined || hint.check === failed.check) &&
    (hint.outcome === undefined || hint.outcome === failed.outcome);
  const weight = (hint: HintFor): number =>
    (hint.check === undefined ? 0 : 2) + (hint.outcome === undefined ? 0 : 1);
  let best: HintFor | undefined;
  for (const hint of hints) {
    if (fits(hint) && (best === undefined || weight(hint) > weight(best))) best = hint;
  }
  return best?.hint ?? own;
}
