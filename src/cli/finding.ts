/** One thing that was verified. */
export interface Finding {
  /** The exercise's slug; `content` for what concerns lessons. */
  readonly exercise: string;
  readonly what: string;
  readonly ok: boolean;
  /** What was found, or what is wrong. */
  readonly found: string;
}
