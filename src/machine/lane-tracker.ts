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
 * Follows each thread from step to step and closes a span whenever what it does changes:
 * begin -> ready; ready, waiting -> running (1, a step of its own); running -> waiting (2, a call blocks);
 * running -> ready -> running (3, others had steps in between, or time passed); anything -> ended (4).
 */
export class LaneTracker {
  readonly #steps: readonly Step[];
  readonly #open = new Map<number, OpenSpan>();
  readonly #spans: TimelineSpan[] = [];

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  /** The thread is there, since just after `step`. */
  begin(lane: number, step: number): void {
    this.#open.set(lane, { kind: "ready", from: step, to: step, text: "" });
  }

  /** `step` is one of the thread's own. */
  run(lane: number, step: number): void {
    const open = this.#open.get(lane);
    if (open?.kind === "running" && this.#continues(open.to, step)) {
      open.to = step;
      return;
    }
    const before: TimelineSpan | undefined =
      open?.kind === "running" ? { lane, kind: "ready", from: open.to, to: step, text: "" } : undefined;
    this.#close(lane, step);
    if (before !== undefined) this.#spans.push(before);
    this.#open.set(lane, { kind: "running", from: step, to: step, text: "" });
  }

  /** From `step` on the thread waits. */
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

  /** A span without a step after its first covers nothing, unless the thread ran in it. */
  #close(lane: number, step: number): void {
    const open = this.#open.get(lane);
    if (open === undefined) return;
    const { kind, from, text } = open;
    if (kind === "running") this.#spans.push({ lane, kind, from, to: open.to, text });
    else if (Math.max(0, from) < step) this.#spans.push({ lane, kind, from, to: step, text });
  }
}
