import { inspect } from "./inspect.ts";

/** Milliseconds as whole nanoseconds; a clear error for what is no duration. */
export function toNs(ms: number, what: string): number {
  if (typeof ms !== "number" || !(ms >= 0) || ms > MAX_MS)
    throw new RangeError(
      `${what} needs a number of milliseconds from 0 to ${MAX_MS}, got ${typeof ms === "string" ? JSON.stringify(ms) : inspect(ms)}`,
    );
  // Never rounded down to nothing: a loop that waits for "what is left" must come to its end.
  return ms > 0 ? Math.max(1, Math.round(ms * 1_000_000)) : 0;
}

/** Longest duration, ms: 100 days, far beyond any run, well within exact integers of nanoseconds. */
const MAX_MS = 8_640_000_000;
