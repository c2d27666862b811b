/** What several measurements come to. */
export interface Spread {
  readonly median: number;
  readonly worst: number;
}

/** Of at least one number; the worst is the largest. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  return { median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, worst: sorted.at(-1) ?? 0 };
}
