import type { LostRun, ShownRun } from "#grade";

/** The run, with a mark at the step from which on it was lost. */
export function markLost(run: ShownRun, lost: LostRun | null): ShownRun {
  if (lost === null) return run;
  return { ...run, marks: [...(run.marks ?? []), { step: lost.step, role: "lost from here" }] };
}

/** When a run was lost, as JSON tells it: `step` counts from 1, as the printed steps do; null where nothing can be said. */
export function toLostJson(lost: LostRun | null) {
  if (lost === null) return null;
  const { step, choices, proved, curve } = lost;
  return { step: step + 1, choices, proved, curve };
}

/** The sentence, where there is one. */
export function describeLost(lost: LostRun | null): string[] {
  return lost === null ? [] : [lost.sentence];
}
