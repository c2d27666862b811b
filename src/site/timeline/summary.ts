import type { Timeline } from "#worker";
import { formatTime, plural } from "../exercise/words.ts";

type Lanes = Timeline["lanes"];

/** `2 threads, main, w` and, where a thread runs tasks, `one thread, main (tasks: a, b)`. */
function describeLanes(lanes: Lanes): string {
  const threads = lanes.filter((lane) => lane.task === 0);
  const names = threads.map(({ thread, name }) => {
    const tasks = lanes.filter((lane) => lane.thread === thread && lane.task !== 0);
    return tasks.length === 0 ? name : `${name} (tasks: ${tasks.map((task) => task.name).join(", ")})`;
  });
  const count = threads.length === 1 ? "one thread" : `${threads.length} threads`;
  return [count, ...names].join(", ");
}

/** A timeline in one sentence. The steps themselves stand beside it as a list. */
export function summarize({ lanes, columns }: Timeline): string {
  const skipped = columns.reduce((sum, column) => sum + column.skipped, 0);
  const steps = plural(columns.length + skipped, "step");
  return `Timeline of ${describeLanes(lanes)}: ${steps} in ${formatTime(columns.at(-1)?.timeNs ?? 0)} of virtual time.`;
}
