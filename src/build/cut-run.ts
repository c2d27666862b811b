import type { TraceKind } from "#abi";
import type { Program } from "#compile";
import { showRun, type ShownRun } from "#grade";
import { recordSteps, type RunResult } from "#machine";

/** A recorded run as it stood when its first `after` steps were done; undefined where it has no more than these. */
export function cutRun(result: RunResult, program: Program, after: number): ShownRun | undefined {
  const { trace } = result;
  const record = recordSteps(result, program);
  if (trace === undefined || record === null || record.steps.length <= after) return undefined;
  const events = trace.events.slice(
    0,
    record.stepOf.findIndex((step) => step >= after),
  );
  const made = (kind: TraceKind) =>
    new Set(events.flatMap((event) => (event.kind === kind ? [event.object] : [])));
  const [spawned, created] = [made("spawned"), made("task-created")];
  const threads = trace.threads.filter(({ id }) => id === 0 || spawned.has(id));
  // Objects are known by their places in the list. A task that is not there yet has no lane, as roots have none.
  const objects = trace.objects.map((object) =>
    object.type === "task" && !created.has(object.id) ? { ...object, isRoot: true as const } : object,
  );
  const printed = result.printed.slice(0, events.filter(({ kind }) => kind === "printed").length);
  const outcome = { kind: "passed", message: "", thread: -1 } as const;
  return showRun({ ...result, outcome, printed, trace: { ...trace, events, threads, objects } }, program);
}
