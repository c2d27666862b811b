import { CALLS, type Trace, type TraceEvent } from "#abi";
import { LaneTracker } from "./lane-tracker.ts";
import type { StepRecord } from "./steps.ts";
import type { TimelineSpan } from "./timeline.ts";

/** What everybody in a run was doing, in steps instead of columns. */
export function findSpans(trace: Trace, record: StepRecord): readonly TimelineSpan[] {
  const finder = new SpanFinder(trace, record);
  for (const [at, event] of trace.events.entries()) finder.see(event, record.stepOf[at] ?? 0);
  return finder.finish();
}

/**
 * Follows threads by their calls, and tasks by their polls. The lane of a thread that runs an executor shows what
 * the thread does: it runs code of its own (the future of a `blockOn` too), polls a task, is idle, or is blocked.
 */
class SpanFinder {
  readonly #trace: Trace;
  readonly #record: StepRecord;
  readonly #tracker: LaneTracker;
  /** Tasks that are being polled; true where they were woken meanwhile. */
  readonly #polled = new Map<number, boolean>();
  /** Threads whose executor has nothing to poll. */
  readonly #idle = new Set<number>();
  /** What the future of a thread's `blockOn` waits for. */
  readonly #rootWaits = new Map<number, string>();

  constructor(trace: Trace, record: StepRecord) {
    this.#trace = trace;
    this.#record = record;
    this.#tracker = new LaneTracker(record.steps);
    this.#tracker.begin(0, -1);
  }

  finish(): readonly TimelineSpan[] {
    return this.#tracker.finish();
  }

  see(event: TraceEvent, step: number): void {
    const { thread, task, kind, object } = event;
    const lane = this.#laneOf(thread, task);
    const told = this.#record.steps[step];
    if (told?.thread === thread && told.task === task && told.timeNs === event.timeNs) {
      this.#tracker.run(lane, step);
      if (task !== 0) this.#tracker.run(this.#laneOf(thread, 0), step, "driving");
    } else if (kind === "resumed") this.#tracker.wait(lane, step, "ready", "");
    if (kind === "spawned") this.#tracker.begin(this.#laneOf(object, 0), step);
    else if (kind === "ended" || (kind === "panicked" && task === 0)) this.#tracker.end(lane);
    else if (kind === "blocked") this.#block(event, lane, step);
    else if (kind.startsWith("task-")) this.#seeTask(event, step);
  }

  #block(event: TraceEvent, lane: number, step: number): void {
    const { thread, call, task } = event;
    const { words } = this.#record;
    if (call === CALLS.taskNext) {
      this.#idle.add(thread);
      const waits = this.#rootWaits.get(thread) ?? "waits until one of its tasks is woken";
      return this.#tracker.wait(lane, step, "idle", waits);
    }
    const [kind, text] = [waitKind(call), words.waiting(event)];
    this.#tracker.wait(lane, step, kind, text);
    if (task !== 0) this.#tracker.wait(this.#laneOf(thread, 0), step, kind, `${words.actor(event)} ${text}`);
  }

  #seeTask(event: TraceEvent, step: number): void {
    const { kind, object: task, detail } = event;
    const { thread = 0, isRoot = false } = this.#trace.objects[task - 1] ?? {};
    if (kind === "task-woken") return this.#wake(task, thread, detail === "clock" ? step + 1 : step);
    if (kind === "task-polled") {
      this.#idle.delete(thread);
      this.#polled.set(task, false);
    } else if (kind === "task-suspended") {
      const waits = this.#record.words.taskWaits(event) || "waits to be woken";
      const again = this.#polled.get(task) === true;
      this.#polled.delete(task);
      if (isRoot) this.#rootWaits.set(thread, waits);
      else if (again) this.#ready(task, thread, step);
      else this.#waits(task, thread, step, waits);
    } else if (isRoot) this.#rootWaits.delete(thread);
    else if (kind === "task-created") this.#begin(task, thread, step);
    else if (kind !== "task-aborted") this.#end(task, thread, step);
  }

  /** The executor of a woken task is no longer idle, though others may go first. */
  #wake(task: number, thread: number, step: number): void {
    if (this.#idle.delete(thread)) this.#tracker.wait(this.#laneOf(thread, 0), step, "ready", "");
    if (this.#polled.has(task)) this.#polled.set(task, true);
    else this.#ready(task, thread, step);
  }

  #begin(task: number, thread: number, step: number): void {
    const lane = this.#laneOf(thread, task);
    if (!this.#isShared(lane)) this.#tracker.begin(lane, step);
    else if (!this.#tracker.has(lane)) this.#waits(task, thread, step, "");
  }

  #ready(task: number, thread: number, step: number): void {
    const lane = this.#laneOf(thread, task);
    if (task !== 0 && lane !== this.#laneOf(thread, 0) && !this.#isShared(lane))
      this.#tracker.wait(lane, step, "ready", "");
  }

  #waits(task: number, thread: number, step: number, waits: string): void {
    const lane = this.#laneOf(thread, task);
    this.#tracker.wait(lane, step, "waiting", this.#isShared(lane) ? "" : waits);
  }

  #end(task: number, thread: number, step: number): void {
    this.#polled.delete(task);
    const lane = this.#laneOf(thread, task);
    if (this.#isShared(lane)) this.#waits(task, thread, step, "");
    else this.#tracker.end(lane);
  }

  /** Only their polls can be told apart from nothing. */
  #isShared(lane: number): boolean {
    return this.#record.words.actors.lanes[lane]?.task === -1;
  }

  #laneOf(thread: number, task: number): number {
    return this.#record.words.actors.laneOf(thread, task);
  }
}

function waitKind(call: number): TimelineSpan["kind"] {
  if (call === CALLS.sleep) return "sleeping";
  return call === CALLS.work ? "working" : "blocked";
}
