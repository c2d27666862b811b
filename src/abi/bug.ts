/** The mistakes that a failing run can be recognised to show. A closed union: hints are keyed by these names. */
export const BUG_NAMES = [
  "lost-update",
  "check-then-act",
  "use-before-init",
  "lost-wake-up",
  "wrong-waiter",
  "if-for-while",
  "lock-order-inversion",
  "wait-cycle",
  "executor-blocked",
  "aba",
  "sleep-as-synchronisation",
  "dropped-message",
  "spinning",
  "stale-copy",
  "leak",
] as const;

export type BugName = (typeof BUG_NAMES)[number];

/** What a failing run shows, told from its trace. */
export interface Bug {
  readonly name: BugName;
  /** One or two sentences with the program's own names and lines. */
  readonly sentence: string;
  /** The events that show it, in the order in which they happened. */
  readonly witnesses: readonly BugWitness[];
}

export interface BugWitness {
  /** Its place in the trace. */
  readonly event: number;
  /** What it did there: "read", "wrote in between". */
  readonly role: string;
}
