import type { Timeline } from "#worker";
import { formatTime, plural } from "../exercise/words.ts";

/** A timeline in one sentence. The steps themselves stand beside it as a list. */
export function summarize({ lanes, columns }: Timeline): string {
  const skipped = columns.reduce((sum, column) => sum + column.skipped, 0);
  const steps = plural(columns.length + skipped, "step");
  const names = lanes.map((lane) => lane.name).join(", ");
  const threads = lanes.length === 1 ? "one thread" : `${lanes.length} threads`;
  return `Timeline of ${threads}, ${names}: ${steps} in ${formatTime(columns.at(-1)?.timeNs ?? 0)} of virtual time.`;
}
