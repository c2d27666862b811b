import type { RunResult } from "#machine";

/** What a run took, in numbers. */
export interface RunCounts {
  /** Threads that it made; the first is not among them. */
  readonly threads: number;
  /** The most threads that were there at one time, the first among them. */
  readonly threadsAlive: number;
  /** Tasks that it spawned. */
  readonly tasks: number;
  readonly calls: number;
}

/** A thread or a task that came to its end. */
export interface RunEnd {
  readonly timeNs: number;
  readonly kind: "thread" | "task";
  readonly name: string;
}

/** Counts what a recorded run made. */
export function countRun({ trace, calls }: RunResult): RunCounts {
  let alive = 1;
  let threadsAlive = 1;
  let threads = 0;
  let tasks = 0;
  for (const { kind, object, task } of trace?.events ?? []) {
    if (kind === "spawned") {
      threads += 1;
      alive += 1;
      threadsAlive = Math.max(threadsAlive, alive);
    } else if (kind === "ended" || (kind === "panicked" && task === 0)) alive -= 1;
    else if (kind === "task-created" && trace?.objects[object - 1]?.isRoot !== true) tasks += 1;
  }
  return { threads, threadsAlive, tasks, calls };
}

/** When each thread and each spawned task of a recorded run ended, also by a panic or by being dropped. */
export function listEnds({ trace }: RunResult): readonly RunEnd[] {
  const ended = new Set<number>();
  return (trace?.events ?? []).flatMap(({ timeNs, kind, thread, task, object }): RunEnd[] => {
    if (kind === "ended" || (kind === "panicked" && task === 0))
      return [{ timeNs, kind: "thread", name: trace?.threads[thread]?.name ?? "" }];
    if (kind !== "task-ended" && kind !== "task-panicked" && kind !== "task-dropped") return [];
    const info = trace?.objects[object - 1];
    if (info === undefined || info.isRoot === true || ended.has(object)) return [];
    ended.add(object);
    return [{ timeNs, kind: "task", name: info.name ?? "" }];
  });
}
