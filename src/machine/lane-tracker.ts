import type { Step } from "./steps.ts";
import type { TimelineSpan } from "./timeline.ts";

type Kind = TimelineSpan["kind"];

interface OpenSpan {
  readonly kind: Kind;
  readonly from: number;
  /** Of a running span: its last step. */
  to: number;
  readonly text: string;
}

/**
 * Follows each lane, of a thread or a task, from step to step and closes a span whenever what it does changes:
 * begin -> ready; ready, waiting -> running (1, a step of its own); running -> waiting (2, a call blocks, or a poll is
 * not ready); waiting -> ready (3, a task is woken); running -> ready -> running (4, others had steps in between, or
 * time passed); anything -> ended (5). A thread is `driving` instead of running where a task of its acts.
 */
export class LaneTracker {
  readonly #steps: readonly Step[];
  readonly #open = new Map<number, OpenSpan>();
  readonly #spans: TimelineSpan[] = [];

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  /** It is there, since just after `step`. */
  begin(lane: number, step: number): void {
    this.#open.set(lane, { kind: "ready", from: step, to: step, text: "" });
  }

  has(lane: number): boolean {
    return this.#open.has(lane);
  }

  /** `step` is one of the lane's own. Nothing happens where it has ended. */
  run(lane: number, step: number, kind: "running" | "driving" = "running"): void {
    const open = this.#open.get(lane);
    if (open === undefined) return;
    const continues = coversSteps(open.kind) && this.#continues(open.to, step);
    if (continues && (open.kind === kind || open.to === step)) {
      open.to = step;
      return;
    }
    this.#close(lane, step);
    if (coversSteps(open.kind) && !continues)
      this.#spans.push({ lane, kind: "ready", from: open.to, to: step, text: "" });
    this.#open.set(lane, { kind, from: step, to: step, text: "" });
  }

  /** From `step` on it waits. */
  wait(lane: number, step: number, kind: Kind, text: string): void {
    this.#close(lane, step);
    this.#open.set(lane, { kind, from: step, to: step, text });
  }

  end(lane: number): void {
    const open = this.#open.get(lane);
    if (open !== undefined) this.#close(lane, Math.max(open.from, open.to));
    this.#open.delete(lane);
  }

  /** Closes what is open at the end of the run; spans by lane, then in order. */
  finish(): readonly TimelineSpan[] {
    for (const lane of this.#open.keys()) this.#close(lane, this.#steps.length);
    return this.#spans.toSorted((a, b) => a.lane - b.lane || a.from - b.from || a.to - b.to);
  }

  #continues(last: number, step: number): boolean {
    return last === step || (last + 1 === step && this.#steps[last]?.timeNs === this.#steps[step]?.timeNs);
  }

  /** A span without a step after its first covers nothing, unless the lane ran in it. */
  #close(lane: number, step: number): void {
    const open = this.#open.get(lane);
    if (open === undefined) return;
    const { kind, from, text } = open;
    if (coversSteps(kind)) this.#spans.push({ lane, kind, from, to: open.to, text });
    else if (Math.max(0, from) < step) this.#spans.push({ lane, kind, from, to: step, text });
  }
}

/** Whether a span covers the steps at its ends, not what lies between them. */
export function coversSteps(kind: Kind): boolean {
  return kind === "running" || kind === "driving";
}
